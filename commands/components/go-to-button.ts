import type { CommandRequest } from '../../src/command/command.ts'
import {
  type ComponentRequest,
  component,
  type Form,
  parseInteger,
  requireTyped,
} from '../../src/command/component.ts'
import { requireQuery } from '../../src/command/lookup.ts'
import { UserError } from '../../src/core/errors.ts'
import { pageOf } from '../../src/core/query/page.ts'
import { filterOf, type SavedQuery } from '../../src/core/query/saved-query.ts'
import { sumOf } from '../../src/core/query/tally.ts'
import { maxId, minId } from '../../src/core/snowflake.ts'
import { escapeMarkdown } from '../../src/core/text/escape.ts'
import { formatNumber, pluralize } from '../../src/core/text/numbers.ts'
import { parseBound } from '../../src/core/time/bound.ts'
import { answerPage } from './answer-page.ts'

/** How a page is typed: `12`, `1,033` or `page 12`. An id is longer. */
const PAGE_NUMBER = /^(?:page\s*)?(\d{1,3}(?:,\d{3})+|\d{1,9})$/i

/** What is typed into the form, and the list that it is about. */
interface Typed {
  readonly text: string
  readonly query: SavedQuery
  /** How many pages the list has. */
  readonly pages: number
}

/** **Go to…** under a list of entries: shows the page with a number, or the one where a time begins. */
export const goToButton = goTo(
  'goto',
  {
    title: 'Go to a page or a time',
    label: 'Page or time',
    description: 'A page such as 12, or a time such as yesterday, 2026-08-01 or 2026-08-01 14:00',
    maxLength: 100,
  },
  async ({ text, query, pages }, request) => {
    const index = pageOf(await countBefore(text, query, request))
    return Math.min(index, pages - 1)
  },
)

/** **Go to…** under a list that is not in the order of time: shows the page with a number. */
export const goToPageButton = goTo(
  'gopage',
  { title: 'Go to a page', label: 'Page', description: 'The number of a page, such as 12', maxLength: 20 },
  async ({ text, pages }) => {
    throw new UserError(
      `“${escapeMarkdown(text, 20)}” is not a page. This list is not in the order of time, so type a number ` +
        `from 1 to ${formatNumber(pages)}.`,
    )
  },
)

/** Returns a function that gives the custom id of **Go to…** under a list with some pages. */
export function goToIds({ query, number }: Pick<CommandRequest, 'query' | 'number'>, button = goToButton) {
  return (pages: number) => button.toCustomId(query.askerId, { number, pages })
}

/** A button whose form accepts the number of a page. @param indexOf the index of the page that another text means */
function goTo(
  name: string,
  form: Form,
  indexOf: (typed: Typed, request: ComponentRequest) => Promise<number>,
) {
  return component<{ readonly number: number; readonly pages: number }>({
    name,
    mode: 'update',
    form,
    encode: ({ number, pages }) => [number, pages],
    decode([numberPart, pagesPart]) {
      const [number, pages = 0] = [parseInteger(numberPart), parseInteger(pagesPart)]
      return number === undefined || pages <= 0 ? undefined : { number, pages }
    },
    async handle({ number, pages }, request) {
      const text = requireTyped(request)
      const query = await requireQuery(request, number)
      const index = indexTyped(text, pages) ?? (await indexOf({ text, query, pages }, request))
      return answerPage({ query, number, page: { index } }, request)
    },
  })
}

/** The index of the page whose number was typed; undefined for any other text. @throws UserError beyond the last page */
function indexTyped(text: string, pages: number): number | undefined {
  const [, digits] = PAGE_NUMBER.exec(text) ?? []
  if (digits === undefined) return undefined
  const page = Number(digits.replaceAll(',', ''))
  if (page >= 1 && page <= pages) return page - 1
  throw new UserError(
    `This list has ${pluralize(pages, 'page')}. Type a number from 1 to ${formatNumber(pages)}.`,
  )
}

/**
 * How many entries a list has before the first one of a time, in its order. A day means its last entry where the newest
 * come first, and its first entry otherwise: the one that is met first on the way through the list.
 * @throws UserError for a text that is not a time
 */
async function countBefore(
  text: string,
  query: SavedQuery,
  { archive, guildId, context }: ComponentRequest,
): Promise<number> {
  const newestFirst = query.order === 'newest'
  const { now, timeZone } = context
  const parsed = parseBound(text, newestFirst ? 'until' : 'since', { now, guildId, timeZone })
  if (parsed.type === 'rejected') {
    throw new UserError(
      `“${escapeMarkdown(text, 80)}” ${parsed.reason}. Type a page such as \`12\`, or a time such as \`yesterday\`, ` +
        '`2026-08-01` or `2026-08-01 14:00`.',
    )
  }
  const filter = filterOf(query)
  const { from = '0', to = parsed.bound } = filter
  const before = newestFirst ? { from: maxId(from, parsed.bound) } : { to: minId(to, parsed.bound) }
  return sumOf(await archive.countByKind(guildId, { ...filter, ...before })).entries
}
