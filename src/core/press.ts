import { isSnowflake, type Snowflake } from './snowflake.ts'

/** What a button or a menu under a list does when it is used. */
export type Press =
  | { readonly does: 'turn'; readonly asker: Snowflake; readonly question: number; readonly turn: Turn }
  | { readonly does: 'entry'; readonly asker: Snowflake; readonly question: number }

/** A page of a list: which it is, counted from 0, and the entry it lies past, going on or going back. */
export interface Turn {
  readonly page: number
  readonly past?: { readonly id: Snowflake; readonly going: 'on' | 'back' }
}

export const FIRST_PAGE: Turn = { page: 0 }

/** How many entries a page of a list has. */
export const PAGE_LENGTH = 10

/** The press as a Discord `custom_id`. It names a question the archive keeps, so it stays under 100 characters. */
export function toCustomId(press: Press): string {
  const parts = [press.does, press.asker, press.question]
  if (press.does === 'entry') return parts.join(':')
  const { page, past } = press.turn
  return [...parts, page, ...(past ? [past.going, past.id] : [])].join(':')
}

/** Reads a `custom_id` back; undefined for one that is not ours. */
export function readCustomId(customId: string): Press | undefined {
  const [does, asker, number, pageNumber, going, id] = customId.split(':')
  const [question, page] = [Number(number), Number(pageNumber)]
  if (!isSnowflake(asker) || !Number.isSafeInteger(question)) return undefined
  if (does === 'entry') return { does, asker, question }
  if (does !== 'turn' || !Number.isSafeInteger(page) || page < 0) return undefined
  if (going === undefined) return { does, asker, question, turn: { page } }
  if ((going !== 'on' && going !== 'back') || !isSnowflake(id)) return undefined
  return { does, asker, question, turn: { page, past: { id, going } } }
}
