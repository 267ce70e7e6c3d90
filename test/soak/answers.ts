import type { Reply } from '../../sandbox/member-client/reply.ts'
import { numberIn, textOf } from '../support/read.ts'

/** What a reply says if the archive is out of reach. */
export const ARCHIVE_DOWN = /archive cannot be reached|archive is busy|could not save what it read/

/** What a reply says if its read failed. */
export const UNREAD = /could not be read|cannot read|limits how often Custos can read|not in this server/

/** Whether a reply says that something is missing. */
export function isPartial(text: string): boolean {
  return UNREAD.test(text) || /still reading|Incomplete/.test(text)
}

/** How many entries a reply to `/audit recent` says there are; not a number if it does not. */
export function totalIn(text: string): number {
  return /No entries were found/.test(text) ? 0 : numberIn(/of ([\d,]+), newest first/.exec(text)?.[1])
}

/** Whether the reply is more than “thinking” or the progress of a read. */
export function isAnswered({ interaction }: Reply): boolean {
  const shown = interaction.outcomes.findLast(({ type }) => type === 'shown' || type === 'edited')
  return (
    shown !== undefined && 'message' in shown && !textOf(shown.message).startsWith('Reading the audit log')
  )
}
