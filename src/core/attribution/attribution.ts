import { namedFirst, namedLast, saidAt, saidInPassing, saidSetOff } from './forms.ts'
import type { Person } from './person.ts'

/** Discord takes reasons of 512 characters, which are at most twice as many in UTF-16: nothing longer is a reason. */
const LONGEST_REASON = 1024

/** Some bots format reasons, though Discord shows them as they are. Single marks are left: names hold them. */
const MARKDOWN = /\*\*|`/g

/**
 * Whom a reason says an act was done for: the id of a user, or a name in lower case that has to be looked up.
 *
 * A moderator types part of the reason and could name somebody else in it. Bots put the moderator first or last, in a
 * form of their own, and what is typed cannot be told from it where it copies such a form. So where two people are
 * named as bots name them, neither is believed; prose and lone words count only where nobody is named so.
 */
export function attributionIn(reason: string): string | undefined {
  if (reason.length > LONGEST_REASON) return undefined
  const text = reason.normalize('NFC').replaceAll(MARKDOWN, '').trim()
  const said = saidAt(text)
  const first = said ? undefined : namedFirst(text)
  const last = namedLast(text)
  const written = [
    said,
    first?.by === 'name' ? undefined : first,
    ...saidSetOff(text),
    last?.by === 'username' ? undefined : last,
  ].filter((person) => person !== undefined)
  return written.length > 0 ? agreed(written) : nameOf(saidInPassing(text)[0] ?? last ?? first)
}

function agreed(people: readonly Person[]): string | undefined {
  const whole = people.find(({ id }) => id !== undefined) ?? people[0]
  return whole && people.every((person) => isSame(whole, person)) ? nameOf(whole) : undefined
}

function isSame(one: Person, other: Person): boolean {
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id
  return one.name !== undefined && one.name === other.name
}

function nameOf(person: Person | undefined): string | undefined {
  return person?.id ?? person?.name
}
