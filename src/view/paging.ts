import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { PAGE_LENGTH, type Press, type Turn, toCustomId } from '../core/query/component-action.ts'
import type { Question } from '../core/query/saved-query.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { written } from '../core/text/numbers.ts'

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>

/** A page of a list: the question, its number, and how many items the whole list has. */
export interface Paged {
  readonly question: Question
  /** What the archive finds the question by. */
  readonly number: number
  readonly turn: Turn
  readonly total: number
}

/** The buttons that turn pages, in a row; none where there is but one page. */
export function pageRow(
  { question: { askerId: asker }, number: question, turn, total }: Paged,
  edges?: { readonly first: Snowflake; readonly last: Snowflake },
): Row[] {
  if (total <= PAGE_LENGTH) return []
  const to = (page: number, going: 'on' | 'back'): Press => {
    const past = page > 0 && edges && { id: going === 'on' ? edges.last : edges.first, going }
    return { does: 'turn', asker, question, turn: { page, ...(past && { past }) } }
  }
  const components = [
    button('Previous', to(Math.max(turn.page - 1, 0), 'back'), turn.page === 0),
    button('Next', to(turn.page + 1, 'on'), (turn.page + 1) * PAGE_LENGTH >= total),
  ]
  return [{ type: ComponentType.ActionRow, components }]
}

export function button(label: string, press: Press, disabled = false): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    disabled,
    custom_id: toCustomId(press),
  }
}

/** Where in its list a page stands: `11–20 of 1,234`; `11 of 11` where it shows but one. */
export function position({ turn, total }: Paged, shown: number): string {
  const first = turn.page * PAGE_LENGTH + 1
  const shownTo = shown > 1 ? `–${written(first + shown - 1)}` : ''
  return `${written(first)}${shownTo} of ${written(total)}`
}
