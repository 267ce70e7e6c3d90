import { FORMS } from './forms.ts'
import type { Person } from './person.ts'

/** Discord accepts reasons of 512 characters, which are at most 1,024 UTF-16 units. Longer texts are not searched. */
const LONGEST_REASON = 1024

/** Markdown that some bots put into reasons, where Discord does not render it. Single marks can be part of a name. */
const MARKDOWN = /\*\*|`/g

/**
 * Finds whom a bot acted for in the reason that it wrote.
 *
 * A moderator types part of the reason and could name somebody else in it. Bots write the moderator before or after the
 * typed text, each in its own form, and a moderator can type such a form. So if a reason names two people in the forms
 * of bots, neither counts. People in ordinary sentences and bare names count only if nobody is named in the form of a
 * bot.
 * @returns the id of a user, or a name in lower case that has to be looked up; undefined if the reason names nobody
 */
export function attributionIn(reason: string): string | undefined {
  if (reason.length > LONGEST_REASON) return undefined
  const text = reason.normalize('NFC').replaceAll(MARKDOWN, '').trim()
  const found = FORMS.map(({ find, isCertain }) => ({ people: find(text), isCertain }))
  const certain = found.flatMap(({ people, isCertain }) => people.filter(isCertain))
  return certain.length > 0 ? onlyPerson(certain) : nameOf(found.flatMap(({ people }) => people)[0])
}

/** The id or name of the person that all of these are, if they are the same. */
function onlyPerson(people: readonly Person[]): string | undefined {
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
