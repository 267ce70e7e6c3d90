import { kindsNamed, nameOfKinds, namesIn } from '../../audit-log/action-names.ts'
import { UserError } from '../../errors.ts'
import { MINUTE } from '../../time/units.ts'
import { findPreset, PRESET_RULES } from '../presets.ts'
import type { Alert } from '../watch.ts'

/** What an alert counts where the member sets nothing else. */
const DEFAULTS = { count: 5, within: 10 * MINUTE }

/**
 * Parses what an alert is about: a ready rule, or actions, groups and categories separated by commas.
 * @returns the rule, and how often in which time, in milliseconds, makes a burst by default
 * @throws UserError for a text that is neither
 */
export function parseRule(typed: string): Pick<Alert, 'rule' | 'count' | 'within'> {
  const preset = findPreset(typed)
  if (preset) {
    const { count, within } = PRESET_RULES[preset]
    return { rule: { type: 'preset', preset }, count, within }
  }
  const among = namesIn(typed)
    .map(findPreset)
    .find((each) => each !== undefined)
  if (among) {
    throw new UserError(
      `**${PRESET_RULES[among].label}** is a ready rule, which cannot be combined with other actions. Set two alerts.`,
    )
  }
  const kinds = kindsNamed(typed)
  return { rule: { type: 'actions', kinds, names: nameOfKinds(kinds) }, ...DEFAULTS }
}
