import { type CommandRequest, subcommand } from '../../src/command/command.ts'
import { integerOption } from '../../src/command/option.ts'
import { PUNISHMENTS } from '../../src/core/audit-log/punishments.ts'
import { bansOf } from '../../src/core/query/member-status.ts'
import { FIRST_PAGE, PAGE_LENGTH, type Page } from '../../src/core/query/page.ts'
import type { Repeats } from '../../src/core/query/ranking.ts'
import { filterOf } from '../../src/core/query/saved-query.ts'
import { DAY } from '../../src/core/time/units.ts'
import { describeFilter } from '../../src/view/list/describe.ts'
import { repeatsReply } from '../../src/view/list/repeats.ts'
import { namedInRepeat } from '../../src/view/named-ids.ts'
import { goToIds, goToPageButton } from '../components/go-to-button.ts'
import { historyMenu } from '../components/history-menu.ts'
import { pageIds } from '../components/page-button.ts'
import { commonOptions } from './common-options.ts'
import { memberStatusEntries } from './member-status-entries.ts'
import { queryDraft } from './query-draft.ts'

const { action, since, until, public: isPublic } = commonOptions

/** How often something was done to a target that is listed. */
const DEFAULT_MIN = 2

export const repeats = subcommand({
  name: 'repeats',
  description: 'Find members who were kicked, banned or timed out repeatedly, or any repeated action',
  options: {
    action,
    since,
    until,
    min: integerOption(`Minimum times (default ${DEFAULT_MIN})`, 1, 1000),
    public: isPublic,
  },
  draft: ({ min = DEFAULT_MIN, ...args }, context) => {
    const { filter, ...draft } = queryDraft(args, context, 90 * DAY)
    return { ...draft, filter: { kinds: PUNISHMENTS, ...filter }, min }
  },
  async answer(request) {
    const { query, number, archive, coverage, notice } = request
    const { guildId, askerId } = query
    const { found, page } = await readPage(request)
    const names = await archive.names(guildId, found.top.flatMap(namedInRepeat))
    const top = found.top.map((repeat) =>
      repeat.targetType === 'user' ? { ...repeat, targetType: names.authorClass(repeat.targetId) } : repeat,
    )
    const members = top.filter(({ targetType }) => targetType === 'user').map(({ targetId }) => targetId)
    const acts = await memberStatusEntries(request, members)
    return repeatsReply({
      repeats: { ...found, top },
      about: describeFilter(query, names),
      bans: new Map([...acts].map(([id, { entries, lastAct }]) => [id, bansOf(entries, lastAct)])),
      query,
      page,
      coverage,
      names,
      notice,
      pageId: pageIds(request),
      goToId: goToIds(request, goToPageButton),
      historyMenuId: historyMenu.toCustomId(askerId, number),
    })
  },
})

/** Reads a page of targets; the first one if there is none, because entries were deleted since the list was asked. */
async function readPage({
  query,
  page,
  archive,
}: Pick<CommandRequest, 'query' | 'page' | 'archive'>): Promise<{
  readonly found: Repeats
  readonly page: Page
}> {
  const { guildId, min = DEFAULT_MIN } = query
  const skip = page.index * PAGE_LENGTH
  const found = await archive.repeats(guildId, filterOf(query), { min, skip, limit: PAGE_LENGTH })
  if (found.top.length > 0 || page.index === 0) return { found, page }
  return readPage({ query, page: FIRST_PAGE, archive })
}
