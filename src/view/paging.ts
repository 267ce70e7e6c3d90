import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { type Cursor, PAGE_LENGTH, type Page } from '../core/query/page.ts'
import type { SavedQuery } from '../core/query/saved-query.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { formatNumber } from '../core/text/numbers.ts'

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>

/** A page of a list: its saved query, and how many items the whole list has. */
export interface Paged {
  readonly query: SavedQuery
  readonly page: Page
  readonly total: number
  /** The custom id of a button that shows another page. */
  readonly pageId: (page: Page) => string
  /** The custom id of a button that asks which page of so many to show; absent where there is none. */
  readonly goToId?: (pages: number) => string
}

/** A row with the buttons Previous, Next and, from three pages on, Go to…; none if there is only one page. */
export function pageRow(
  { page: { index }, total, pageId, goToId }: Paged,
  edges?: { readonly first: Snowflake; readonly last: Snowflake },
): Row[] {
  if (total <= PAGE_LENGTH) return []
  const to = (target: number, direction: Cursor['direction']): string => {
    const cursor = target > 0 && edges && { id: direction === 'next' ? edges.last : edges.first, direction }
    return pageId({ index: target, ...(cursor && { cursor }) })
  }
  const pages = Math.ceil(total / PAGE_LENGTH)
  const components = [
    button('Previous', to(Math.max(index - 1, 0), 'previous'), index === 0),
    button('Next', to(index + 1, 'next'), index + 1 >= pages),
    ...(goToId && pages > 2 ? [button('Go to…', goToId(pages))] : []),
  ]
  return [{ type: ComponentType.ActionRow, components }]
}

export function button(label: string, customId: string, disabled = false): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    disabled,
    custom_id: customId,
  }
}

/**
 * The position of a page in its list: `11–20 of 1,234`, or `11 of 11` if it shows one item.
 * @param of what the list is; by default how many items it has
 */
export function position({ page, total }: Paged, shown: number, of = formatNumber(total)): string {
  const first = page.index * PAGE_LENGTH + 1
  const shownTo = shown > 1 ? `–${formatNumber(first + shown - 1)}` : ''
  return `${formatNumber(first)}${shownTo} of ${of}`
}
