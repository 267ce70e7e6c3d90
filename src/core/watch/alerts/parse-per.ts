import { AUTOMATIC_KINDS, actionOf } from '../../audit-log/action.ts'
import { UserError } from '../../errors.ts'
import type { Alert } from '../watch.ts'
import { kindsOfAlert } from './actions.ts'

/**
 * Whose actions an alert counts together: by default those of a moderator. What AutoMod does has no moderator, so it is
 * counted for the member it is done to.
 * @param chosen what the member chose
 * @throws UserError if the actions of a moderator were to be counted and there are none
 */
export function parsePer(rule: Alert['rule'], chosen: Alert['per'] | undefined): Alert['per'] {
  if (!isAboutAutoMod(rule)) return chosen ?? 'moderator'
  if (chosen !== 'moderator') return chosen ?? 'target'
  throw new UserError(
    'No moderator does what AutoMod does, so it cannot be counted by moderator. Choose `per:target` to be warned when one ' +
      'member sets AutoMod off that often, or `per:server`.',
  )
}

/** Whether a rule is about nothing but AutoMod, and about more than changes to its rules. */
function isAboutAutoMod(rule: Alert['rule']): boolean {
  const kinds = kindsOfAlert({ rule })
  if (!('anyOf' in kinds)) return false
  const isAutomatic = (kind: number) => AUTOMATIC_KINDS.includes(kind)
  return (
    kinds.anyOf.some(isAutomatic) &&
    kinds.anyOf.every((kind) => isAutomatic(kind) || actionOf(kind).group === 'AutoMod')
  )
}
