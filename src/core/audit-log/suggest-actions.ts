import { areSameKinds, eitherKinds, hasKinds, type Kinds } from '../query/filter.ts'
import { ACTIONS, actionOf } from './action.ts'
import { ACTION_NAMES, type ActionName, findKinds, fold, nameOfKinds, namesIn } from './action-names.ts'

/** A list of actions that a typed text can become. */
export interface ActionList {
  /** The whole list, as the option `action` accepts it. */
  readonly text: string
  /** The one that was completed. */
  readonly last: ActionName
  readonly isAlone: boolean
}

/**
 * The lists that a typed text can become, best first: those before the last comma as they are, and the last completed by
 * each name that matches and is not in the list yet. Empty if one before the last comma does not exist.
 * @param seen the kinds that occurred in the guild
 * @param longest how long a list may be. In a longer one, those before the last are written as numbers where they have
 *   one, and a list that is still too long is left out
 */
export function completeActions(typed: string, seen: ReadonlySet<number>, longest: number): ActionList[] {
  const names = namesIn(typed)
  const before = names.slice(0, -1).filter((name) => name !== '')
  const chosen = before.map(findKinds).filter((kinds) => kinds !== undefined)
  if (chosen.length < before.length) return []
  const listed = chosen.reduce<Kinds>(eitherKinds, { anyOf: [] })
  const known = [...new Set(chosen.map(nameOfKinds))]
  return suggestActions(names.at(-1) ?? '', seen)
    .filter(({ kinds }) => !hasKinds(listed, kinds))
    .flatMap((last) => {
      const text = [known, known.map((name) => numberOf(name) ?? name)]
        .map((earlier) => [...earlier, last.name].join(', '))
        .find((list) => list.length <= longest)
      return text === undefined ? [] : [{ text, last, isAlone: known.length === 0 }]
    })
}

/** The number of the action type that a name stands for, if it stands for one. */
function numberOf(name: string): string | undefined {
  const kinds = findKinds(name)
  const [first] = kinds && 'anyOf' in kinds ? kinds.anyOf : []
  if (!kinds || first === undefined) return undefined
  const type = String(actionOf(first).type)
  const ofType = findKinds(type)
  return ofType && areSameKinds(kinds, ofType) ? type : undefined
}

/**
 * The names that match a typed text, best first: names that begin with it, then names whose common name does, names
 * with a word that does, and names that contain it. Among equal matches, kinds that occurred in the guild come first.
 */
function suggestActions(typed: string, seen: ReadonlySet<number>): ActionName[] {
  const wanted = fold(typed)
  const distanceOf = ({ name, also = '' }: ActionName): number => {
    const words = `${name} ${also}`
    if (fold(name).startsWith(wanted)) return 0
    if (also !== '' && fold(also).startsWith(wanted)) return 1
    if (words.split(/\P{L}+/u).some((word) => fold(word).startsWith(wanted))) return 2
    return fold(words).includes(wanted) ? 3 : 4
  }
  const isSeen = ({ kinds }: ActionName) =>
    'anyOf' in kinds
      ? kinds.anyOf.some((kind) => seen.has(kind))
      : [...seen].some((kind) => !ACTIONS.has(kind))
  return ACTION_NAMES.map((action) => ({
    action,
    distance: distanceOf(action),
    unseen: Number(!isSeen(action)),
  }))
    .filter((candidate) => candidate.distance < 4)
    .sort((a, b) => a.distance - b.distance || a.unseen - b.unseen)
    .map(({ action }) => action)
}
