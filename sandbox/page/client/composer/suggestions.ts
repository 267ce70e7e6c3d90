import type { Choice } from '../../protocol.ts'
import type { CommandView, OptionView, Person } from '../../state/page-state.ts'
import type { Knowledge } from '../live-state.ts'

/** Something the composer offers. */
export interface Suggestion {
  readonly label: string
  readonly hint: string
  readonly value: string | number | boolean
}

/** How many are offered at once. */
const OFFERED = 25

/** Commands of which a word begins as is typed after the `/`. */
export function commandsFor(typed: string, commands: readonly CommandView[]): CommandView[] {
  const wanted = typed.toLowerCase().trim()
  return commands.filter(
    ({ path }) => path.startsWith(wanted) || path.split(' ').some((word) => word.startsWith(wanted)),
  )
}

/** Options that are not given yet and begin as is typed. */
export function optionsFor(
  typed: string,
  options: readonly OptionView[],
  given: readonly string[],
): OptionView[] {
  return options.filter(({ name }) => !given.includes(name) && name.startsWith(typed.toLowerCase()))
}

/** Values for an option that the client knows by itself. */
export function valuesFor({ sort, choices }: OptionView, typed: string, know: Knowledge): Suggestion[] {
  switch (sort) {
    case 'toggle':
      return matching(typed, [
        { label: 'True', hint: '', value: true },
        { label: 'False', hint: '', value: false },
      ])
    case 'user':
      return users(typed, know)
    case 'channel': {
      const channels = know.guild?.channels ?? []
      return matching(
        typed,
        channels.map(({ id, name, sort: kind }) => ({ label: `#${name}`, hint: kind, value: id })),
      )
    }
    case 'role': {
      const roles = know.guild?.roles ?? []
      return matching(
        typed,
        roles.map(({ id, name }) => ({
          label: name.startsWith('@') ? name : `@${name}`,
          hint: '',
          value: id,
        })),
      )
    }
    default:
      return matching(typed, choices.map(fromChoice))
  }
}

export function fromChoice({ name, value }: Choice): Suggestion {
  return { label: name, hint: '', value }
}

function users(typed: string, know: Knowledge): Suggestion[] {
  const people = know.guild?.people ?? []
  const offered = matching(
    typed,
    people
      .filter(({ group }) => group !== undefined)
      .map((person) => ({ label: person.name, hint: person.username, value: person.id })),
  )
  if (offered.length > 0 || !/^\d{15,21}$/.test(typed)) return offered
  // Who has left is found by their id alone.
  return [{ label: known(know.person(typed)), hint: typed, value: typed }]
}

function known(person: Person | undefined): string {
  return person?.name ?? 'Somebody by their id'
}

function matching(typed: string, all: readonly Suggestion[]): Suggestion[] {
  const wanted = typed.toLowerCase().replace(/^[@#]/, '')
  const begins = ({ label, hint }: Suggestion) =>
    [label.replace(/^[@#]/, ''), hint].some((name) => name.toLowerCase().startsWith(wanted))
  const holds = ({ label, hint }: Suggestion) => `${label} ${hint}`.toLowerCase().includes(wanted)
  const first = all.filter(begins)
  return [...first, ...all.filter((each) => !begins(each) && holds(each))].slice(0, OFFERED)
}
