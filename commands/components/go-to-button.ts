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
import type { Page } from '../../src/core/query/page.ts'
import type { SavedQuery } from '../../src/core/query/saved-query.ts'
import { maxId, minId, type Snowflake } from '../../src/core/snowflake.ts'
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
  ({ text, query }, request) => ({ index: 0, at: boundTyped(text, query, request) }),
)

/** **Go to…** under a list that is not in the order of time: shows the page with a number. */
export const goToPageButton = goTo(
  'gopage',
  { title: 'Go to a page', label: 'Page', description: 'The number of a page, such as 12', maxLength: 20 },
  ({ text, pages }) => {
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

/** A button whose form accepts the number of a page. @param pageFor the page that another text means */
function goTo(name: string, form: Form, pageFor: (typed: Typed, request: ComponentRequest) => Page) {
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
      const index = indexTyped(text, pages)
      const page = index === undefined ? pageFor({ text, query, pages }, request) : { index }
      return answerPage({ query, number, page }, request)
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
 * The bound of a time in a list, on the way through it: the end of a day where the newest entries come first, and its
 * start otherwise. The id of an entry means that entry.
 * @throws UserError for a text that is not a time
 */
function boundTyped(text: string, query: SavedQuery, { guildId, context }: ComponentRequest): Snowflake {
  const newestFirst = query.order === 'newest'
  const [near, far] = newestFirst ? (['until', 'since'] as const) : (['since', 'until'] as const)
  // Times are in the zone that the list shows them in.
  const parsing = { now: context.now, guildId, timeZone: query.timeZone }
  const parsed = parseBound(text, near, parsing)
  if (parsed.type === 'rejected') {
    throw new UserError(
      `“${escapeMarkdown(text, 80)}” ${parsed.reason}. Type a page such as \`12\`, or a time such as \`yesterday\`, ` +
        '`2026-08-01` or `2026-08-01 14:00`.',
    )
  }
  // A window excludes the id that bounds it, so the entry with that id lies between both bounds.
  const other = parseBound(text, far, parsing)
  if (other.type === 'rejected') return parsed.bound
  return newestFirst ? maxId(parsed.bound, other.bound) : minId(parsed.bound, other.bound)
}
