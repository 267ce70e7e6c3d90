import { subcommand } from '../../src/command/command.ts'
import { userOption } from '../../src/command/option.ts'
import { DELETES, deleteTotals, SINGLE_DELETES } from '../../src/core/query/deletes.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { DAY } from '../../src/core/time/units.ts'
import {
  COUNT_LINES,
  headline,
  inBulk,
  numberField,
  rankingField,
  unitsField,
} from '../../src/view/list/counts.ts'
import { describeFilter } from '../../src/view/list/describe.ts'
import { listReply } from '../../src/view/list/list.ts'
import { namedInRanking } from '../../src/view/named-ids.ts'
import { button } from '../../src/view/paging.ts'
import { markdownFormatter } from '../../src/view/text/formatter.ts'
import { allChannelsButton } from '../components/all-channels-button.ts'
import { commonOptions } from './common-options.ts'
import { readListPage } from './list-page.ts'
import { queryDraft } from './query-draft.ts'

const OPTIONS = { executorId: 'by', targetId: 'author', channelId: 'channel' } as const

const { since, until, by, channel, public: isPublic } = commonOptions

export const deletes = subcommand({
  name: 'deletes',
  description: 'Count deleted messages: by whom, where and whose',
  options: {
    since,
    until,
    by,
    author: userOption('Author of the deleted messages'),
    channel,
    public: isPublic,
  },
  draft({ author, ...args }, context) {
    const draft = queryDraft(args, context, 7 * DAY)
    const kinds = author === undefined ? DELETES : SINGLE_DELETES
    return {
      ...draft,
      filter: {
        ...draft.filter,
        kinds,
        ...(author !== undefined && { targetId: author, targetType: 'user' }),
      },
    }
  },
  async answer(request) {
    const { query, number, archive } = request
    const { guildId } = query
    const filter = filterOf(query)
    const { targetId: author } = filter
    const most = { most: 'units', top: COUNT_LINES } as const
    const [{ page, kinds }, moderators, channels, authors] = await Promise.all([
      readListPage(request),
      archive.rank(guildId, filter, { by: 'executor', ...most }),
      archive.rank(guildId, filter, { by: 'channel', ...most }),
      archive.rank(guildId, { ...filter, kinds: SINGLE_DELETES }, { by: 'target', ...most }),
    ])
    const ranked = [moderators, channels, authors].flatMap(namedInRanking)
    const named = await archive.names(guildId, author === undefined ? ranked : [author, ...ranked])
    const formatter = markdownFormatter(named)
    const { entries, units, bulk } = deleteTotals(kinds)
    return listReply({
      ...page,
      title: headline(units, { noun: 'message', rest: ' deleted' }, request),
      about: [
        describeFilter(
          { ...query, filter: { ...filter, kinds: undefined, targetId: undefined } },
          page.names,
        ),
        author &&
          `messages by ${formatter.user(author)}, without bulk deletes: Discord does not record their authors`,
      ]
        .filter(Boolean)
        .join(' · '),
      options: OPTIONS,
      fields: [
        unitsField('Messages deleted', units, request, inBulk({ bulk, units })),
        numberField('Log entries', entries, request),
        rankingField('By moderator', moderators, formatter.user, request),
        rankingField('By channel', channels, formatter.channel, request),
        rankingField('By author', authors, formatter.user, request, {
          remark: bulk > 0 ? '*bulk deletes not included*' : undefined,
        }),
      ],
      buttons:
        filter.channelId === undefined
          ? []
          : [button('All channels', allChannelsButton.toCustomId(query.askerId, number))],
    })
  },
})
