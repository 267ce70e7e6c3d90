import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { type ComponentAction, PAGE_LENGTH, type Page, toCustomId } from '../core/query/component-action.ts'
import type { SavedQuery } from '../core/query/saved-query.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { formatNumber } from '../core/text/numbers.ts'

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>

/** A page of a list: its saved query, and how many items the whole list has. */
export interface Paged {
  readonly query: SavedQuery
  /** The number of the saved query in the archive. */
  readonly number: number
  readonly page: Page
  readonly total: number
}

/** A row with the buttons Previous and Next; none if there is only one page. */
export function pageRow(
  { query: { askerId: asker }, number: query, page: turn, total }: Paged,
  edges?: { readonly first: Snowflake; readonly last: Snowflake },
): Row[] {
  if (total <= PAGE_LENGTH) return []
  const to = (page: number, going: 'on' | 'back'): ComponentAction => {
    const past = page > 0 && edges && { id: going === 'on' ? edges.last : edges.first, going }
    return { does: 'turn', asker, question: query, turn: { index: page, ...(past && { cursor: past }) } }
  }
  const components = [
    button('Previous', to(Math.max(turn.index - 1, 0), 'back'), turn.index === 0),
    button('Next', to(turn.index + 1, 'on'), (turn.index + 1) * PAGE_LENGTH >= total),
  ]
  return [{ type: ComponentType.ActionRow, components }]
}

export function button(
  label: string,
  action: ComponentAction,
  disabled = false,
): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    disabled,
    custom_id: toCustomId(action),
  }
}

/** The position of a page in its list: `11–20 of 1,234`, or `11 of 11` if it shows one item. */
export function position({ page, total }: Paged, shown: number): string {
  const first = page.index * PAGE_LENGTH + 1
  const shownTo = shown > 1 ? `–${formatNumber(first + shown - 1)}` : ''
  return `${formatNumber(first)}${shownTo} of ${formatNumber(total)}`
}
