import { type CommandRequest, subcommand } from '../../src/command/command.ts'
import { integerOption } from '../../src/command/option.ts'
import { PUNISHMENTS } from '../../src/core/audit-log/punishments.ts'
import { FIRST_PAGE, PAGE_LENGTH, type Page } from '../../src/core/query/page.ts'
import { DEFAULT_MIN, readRepeats } from '../../src/core/query/read-repeats.ts'
import { DAY } from '../../src/core/time/units.ts'
import { describeFilter } from '../../src/view/list/describe.ts'
import { repeatsReply } from '../../src/view/list/repeats.ts'
import { goToIds, goToPageButton } from '../components/go-to-button.ts'
import { historyMenu } from '../components/history-menu.ts'
import { pageIds } from '../components/page-button.ts'
import { commonOptions } from './common-options.ts'
import { queryDraft } from './query-draft.ts'

const { action, since, until, public: isPublic } = commonOptions

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
    const { query, number, coverage, notice } = request
    const { repeats, names, bans, page } = await readPage(request)
    return repeatsReply({
      repeats,
      about: describeFilter(query, names),
      bans,
      query,
      page,
      coverage,
      names,
      notice,
      pageId: pageIds(request),
      goToId: goToIds(request, goToPageButton),
      historyMenuId: historyMenu.toCustomId(query.askerId, number),
    })
  },
})

/** Reads a page of targets; the first one if there is none, because entries were deleted since the list was asked. */
async function readPage({
  query,
  page,
  archive,
}: Pick<CommandRequest, 'query' | 'page' | 'archive'>): Promise<
  Awaited<ReturnType<typeof readRepeats>> & { readonly page: Page }
> {
  const found = await readRepeats(query, archive, { skip: page.index * PAGE_LENGTH, limit: PAGE_LENGTH })
  if (found.repeats.top.length > 0 || page.index === 0) return { ...found, page }
  return readPage({ query, page: FIRST_PAGE, archive })
}
