import { isSnowflake, type Snowflake } from '../snowflake.ts'

/** What can be done from an entry that is shown whole: to a list, or to what was before and after it. */
const FROM_ENTRY = ['around', 'actor', 'target', 'sides'] as const
export type EntryActionName = (typeof FROM_ENTRY)[number]

/** What can be done with a question: show one of its entries, go on from it, or do what it asked to confirm. */
const FROM_QUESTION = ['entry', 'history', 'through', 'confirm'] as const
type QuestionPress = (typeof FROM_QUESTION)[number]

/** What a button or a menu under an answer does when it is used. */
export type ComponentAction =
  | { readonly does: 'turn'; readonly asker: Snowflake; readonly question: number; readonly turn: Page }
  | { readonly does: QuestionPress; readonly asker: Snowflake; readonly question: number }
  | { readonly does: 'window'; readonly asker: Snowflake; readonly question: number; readonly days: number }
  | { readonly does: EntryActionName; readonly asker: Snowflake; readonly entry: Snowflake }

/** A page of a list: which it is, counted from 0, and the entry it lies past, going on or going back. */
export interface Page {
  readonly index: number
  readonly cursor?: { readonly id: Snowflake; readonly going: 'on' | 'back' }
}

export const FIRST_PAGE: Page = { index: 0 }

/** How many entries a page of a list has. */
export const PAGE_LENGTH = 10

/** The press as a Discord `custom_id`. It names a question or an entry, so it stays under 100 characters. */
export function toCustomId(action: ComponentAction): string {
  if ('entry' in action) return [action.does, action.asker, action.entry].join(':')
  const parts = [action.does, action.asker, action.question]
  if (action.does === 'window') return [...parts, action.days].join(':')
  if (action.does !== 'turn') return parts.join(':')
  const { index: page, cursor: past } = action.turn
  return [...parts, page, ...(past ? [past.going, past.id] : [])].join(':')
}

/** Reads a `custom_id` back; undefined for one that is not ours. */
export function parseCustomId(customId: string): ComponentAction | undefined {
  const [does, asker, number, pageNumber, going, id] = customId.split(':')
  const [query, page] = [Number(number), Number(pageNumber)]
  if (!isSnowflake(asker)) return undefined
  const fromEntry = FROM_ENTRY.find((each) => each === does)
  if (fromEntry) return isSnowflake(number) ? { does: fromEntry, asker, entry: number } : undefined
  if (!Number.isSafeInteger(query)) return undefined
  const fromQuestion = FROM_QUESTION.find((each) => each === does)
  if (fromQuestion) return { does: fromQuestion, asker, question: query }
  if (does === 'window') return isDays(page) ? { does, asker, question: query, days: page } : undefined
  if (does !== 'turn' || !Number.isSafeInteger(page) || page < 0) return undefined
  if (going === undefined) return { does, asker, question: query, turn: { index: page } }
  if ((going !== 'on' && going !== 'back') || !isSnowflake(id)) return undefined
  return { does, asker, question: query, turn: { index: page, cursor: { id, going } } }
}

function isDays(days: number): boolean {
  return Number.isSafeInteger(days) && days > 0 && days <= 3650
}
