import { subcommand } from '../../src/command/command.ts'
import { required } from '../../src/command/option.ts'
import type { EntityClass } from '../../src/core/names/entity-class.ts'
import type { Names } from '../../src/core/names/names.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { byActionName, sumOf } from '../../src/core/query/tally.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'
import { actionField, COUNT_LINES, numberField, rankingField } from '../../src/view/list/counts.ts'
import { listReply } from '../../src/view/list/list.ts'
import { OPTION_NAMES } from '../../src/view/list/nothing-found.ts'
import { namedInRanking } from '../../src/view/named-ids.ts'
import { markdownFormatter, plainFormatter } from '../../src/view/text/formatter.ts'
import { canBeMentioned, targetIn } from '../../src/view/text/target.ts'
import { listed } from './list.ts'
import { common } from './options.ts'
import { DAY, draftOf } from './query.ts'

const { targetId: _targetId, ...options } = OPTION_NAMES

export const target = subcommand({
  name: 'target',
  description: 'What was done to a member, role, channel or anything else: totals, by whom, and each entry',
  options: { ...common, on: required(common.on) },
  ask: (args, asked) => draftOf(args, asked, 90 * DAY),
  async answer(asking) {
    const { query, archive } = asking
    const { guildId, filter } = query
    const { targetId = '' } = filter
    const [{ page, kinds }, moderators] = await Promise.all([
      listed(asking),
      archive.rank(guildId, filterOf(query), { by: 'executor', most: 'entries', top: COUNT_LINES }),
    ])
    const names = await archive.names(guildId, namedInRanking(moderators))
    return listReply({
      ...page,
      title: `What was done to ${escapeMarkdown(titleOf(targetId, filter.targetType, page.names))}`,
      options,
      fields: [
        numberField('Actions', sumOf(kinds).entries, asking),
        actionField('By action', byActionName(kinds), asking),
        rankingField('By moderator', moderators, markdownFormatter(names).user, asking, { of: 'entries' }),
      ],
    })
  },
})

/** A target by its name. In a title Discord shows no mentions, so one without a known name is called `one member`. */
function titleOf(id: string, type: EntityClass | undefined, names: Names): string {
  const is = type ?? names.meant(id)
  const isNamed = is === undefined || names.get(is, id) !== undefined || names.author(id) === 'webhook'
  if (isNamed || !canBeMentioned(is)) return targetIn(id, is, plainFormatter(names))
  return `one ${is === 'user' ? 'member' : is}`
}
