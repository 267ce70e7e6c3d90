import type { Choice } from '../../protocol.ts'
import type { CommandView, OptionView } from '../../state/page-state.ts'
import type { LiveState } from '../live-state.ts'

/** Something the composer suggests. */
export interface Suggestion {
  readonly label: string
  /** Shown beside the label. */
  readonly hint: string
  readonly value: string | number | boolean
}

/** How many suggestions are listed at most. */
const MAX_SUGGESTIONS = 25

/** Commands with a word that starts with the text after the `/`. */
export function commandsFor(typed: string, commands: readonly CommandView[]): CommandView[] {
  const wanted = typed.toLowerCase().trim()
  return commands.filter(
    ({ path }) => path.startsWith(wanted) || path.split(' ').some((word) => word.startsWith(wanted)),
  )
}

/** Options that are not given yet and start with the text. */
export function optionsFor(
  typed: string,
  options: readonly OptionView[],
  given: readonly string[],
): OptionView[] {
  return options.filter(({ name }) => !given.includes(name) && name.startsWith(typed.toLowerCase()))
}

/** Values that the client suggests without the bot. */
export function valuesFor({ type, choices }: OptionView, typed: string, state: LiveState): Suggestion[] {
  switch (type) {
    case 'boolean':
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
  const members = (state.guild?.users ?? []).filter(({ group }) => group !== undefined)
  const suggestions = matching(
    typed,
    members.map(({ id, name, username }) => ({ label: name, hint: username, value: id })),
  )
  if (suggestions.length > 0 || !/^\d{15,21}$/.test(typed)) return suggestions
  // Users who are not members are found by id only.
  return [{ label: state.user(typed)?.name ?? 'Unknown user', hint: typed, value: typed }]
}

/** Suggestions that start with the text, followed by those that contain it. */
function matching(typed: string, all: readonly Suggestion[]): Suggestion[] {
  const wanted = typed.toLowerCase().replace(/^[@#]/, '')
  const starts = ({ label, hint }: Suggestion) =>
    [label.replace(/^[@#]/, ''), hint].some((name) => name.toLowerCase().startsWith(wanted))
  const contains = ({ label, hint }: Suggestion) => `${label} ${hint}`.toLowerCase().includes(wanted)
  const first = all.filter(starts)
  return [...first, ...all.filter((each) => !starts(each) && contains(each))].slice(0, MAX_SUGGESTIONS)
}
