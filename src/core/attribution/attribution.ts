import { FORMS } from './forms.ts'
import type { Person } from './person.ts'

/** Discord accepts reasons of 512 characters, which are at most 1,024 UTF-16 units. A longer text is not a reason. */
const LONGEST_REASON = 1024

/**
 * Some bots format reasons, though Discord shows the marks as they are. Single marks are left, since names contain
 * them.
 */
const MARKDOWN = /\*\*|`/g

/**
 * Whom a bot acted for, by the reason it wrote: the id of a user, or a name in lower case that has to be looked up;
 * undefined where the reason names nobody.
 *
 * A moderator types part of the reason and could name somebody else in it. Bots write the moderator before or after the
 * typed text, each in its own form, and typed text that imitates such a form cannot be told apart. So if a reason names
 * two people in the forms of bots, neither counts. People in ordinary sentences and bare names count only if nobody is
 * named in the form of a bot.
 */
export function attributionIn(reason: string): string | undefined {
  if (reason.length > LONGEST_REASON) return undefined
  const text = reason.normalize('NFC').replaceAll(MARKDOWN, '').trim()
  const found = FORMS.map(({ find, isCertain }) => ({ people: find(text), isCertain }))
  const certain = found.flatMap(({ people, isCertain }) => people.filter(isCertain))
  return certain.length > 0 ? agreed(certain) : nameOf(found.flatMap(({ people }) => people)[0])
}

/** The one person that all of these are, if they are the same. */
function agreed(people: readonly Person[]): string | undefined {
  const first = people.find(({ id }) => id !== undefined) ?? people[0]
  return first && people.every((person) => isSame(first, person)) ? nameOf(first) : undefined
}

function isSame(one: Person, other: Person): boolean {
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id
  return one.name !== undefined && one.name === other.name
}

function nameOf(person: Person | undefined): string | undefined {
  return person?.id ?? person?.name
}
