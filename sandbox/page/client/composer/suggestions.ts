import type { Choice } from '../../protocol.ts'
import type { CommandView, MemberView, OptionView } from '../../state/page-state.ts'
import type { LiveState } from '../live-state.ts'

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
export function valuesFor(
  { type: sort, choices }: OptionView,
  typed: string,
  state: LiveState,
): Suggestion[] {
  switch (sort) {
    case 'toggle':
      return matching(typed, [
        { label: 'True', hint: '', value: true },
        { label: 'False', hint: '', value: false },
      ])
    case 'user':
      return users(typed, state)
    case 'channel': {
      const channels = state.guild?.channels ?? []
      return matching(
        typed,
        channels.map(({ id, name, type: kind }) => ({ label: `#${name}`, hint: kind, value: id })),
      )
    }
    case 'role': {
      const roles = state.guild?.roles ?? []
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

function users(typed: string, state: LiveState): Suggestion[] {
  const people = state.guild?.members ?? []
  const suggested = matching(
    typed,
    people
      .filter(({ group }) => group !== undefined)
      .map((person) => ({ label: person.name, hint: person.username, value: person.id })),
  )
  if (suggested.length > 0 || !/^\d{15,21}$/.test(typed)) return suggested
  // Who has left is found by their id alone.
  return [{ label: known(state.member(typed)), hint: typed, value: typed }]
}

function known(person: MemberView | undefined): string {
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
