import { subcommand } from '../../src/command/command.ts'
import { user as userOption } from '../../src/command/option.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { sumOf } from '../../src/core/query/tally.ts'
import { formatNumber } from '../../src/core/text/numbers.ts'
import { COUNT_LINES, numberField, rankingField } from '../../src/view/list/counts.ts'
import { describeFilter } from '../../src/view/list/describe.ts'
import { listReply } from '../../src/view/list/list.ts'
import { namedInRanking } from '../../src/view/named-ids.ts'
import { markdownFormatter } from '../../src/view/text/formatter.ts'
import { listed } from './list.ts'
import { common } from './options.ts'
import { DAY, draftOf } from './query.ts'

const SINGLE = 72
const BULK = 73

const OPTIONS = { executorId: 'by', targetId: 'author', channelId: 'channel' } as const

const { since, until, by, channel, public: everyone } = common

export const deletes = subcommand({
  name: 'deletes',
  description: 'How many messages were deleted, by whom, where and whose, and each entry',
  options: { since, until, by, author: userOption('Whose messages were deleted'), channel, public: everyone },
  ask({ author, ...args }, asked) {
    const draft = draftOf(args, asked, 7 * DAY)
    // Discord does not tell whose messages a bulk delete took.
    const kinds = { anyOf: author === undefined ? [SINGLE, BULK] : [SINGLE] }
    return {
      ...draft,
      filter: {
        ...draft.filter,
        kinds,
        ...(author !== undefined && { targetId: author, targetType: 'user' }),
      },
    }
  },
  async answer(asking) {
    const { query, archive } = asking
    const { guildId } = query
    const filter = filterOf(query)
    const { targetId: author } = filter
    const most = { most: 'units', top: COUNT_LINES } as const
    const [{ page, kinds }, moderators, channels, authors] = await Promise.all([
      listed(asking),
      archive.rank(guildId, filter, { by: 'executor', ...most }),
      archive.rank(guildId, filter, { by: 'channel', ...most }),
      archive.rank(guildId, { ...filter, kinds: { anyOf: [SINGLE] } }, { by: 'target', ...most }),
    ])
    const ranked = [moderators, channels, authors].flatMap(namedInRanking)
    const named = await archive.names(guildId, author === undefined ? ranked : [author, ...ranked])
    const formatter = markdownFormatter(named)
    const { entries, units } = sumOf(kinds)
    const bulk = sumOf(kinds.filter(({ key }) => key === BULK)).units
    return listReply({
      ...page,
      title: 'Deleted messages',
      about: [
        describeFilter(
          { ...query, filter: { ...filter, kinds: undefined, targetId: undefined } },
          page.names,
        ),
        author &&
          `messages by ${formatter.user(author)}; bulk deletes are left out, for Discord does not tell whose they were`,
      ]
        .filter(Boolean)
        .join(' · '),
      options: OPTIONS,
      fields: [
        numberField('Messages deleted', units, asking, inBulk(bulk, units)),
        numberField('Log entries', entries, asking),
        rankingField('By moderator', moderators, formatter.user, asking),
        rankingField('By channel', channels, formatter.channel, asking),
        rankingField('By author', authors, formatter.user, asking, {
          remark: bulk > 0 ? '*not told for bulk deletes*' : undefined,
        }),
      ],
    })
  },
})

function inBulk(bulk: number, all: number): string | undefined {
  if (bulk === 0) return undefined
  return bulk === all ? 'all of them in bulk' : `${formatNumber(bulk)} of them in bulk`
}
