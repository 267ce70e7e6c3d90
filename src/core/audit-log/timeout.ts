import { momentIn } from '../time/moment.ts'

/** The key of the change that times a member out, or lifts it. */
export const TIMEOUT_KEY = 'communication_disabled_until'

/**
 * Whether setting a member's timeout to a value times them out. A date that is past does not: Discord accepts any date,
 * and some clients lift timeouts with one. A value that cannot be read counts as a later date.
 * @param at when it was set, in milliseconds since the Unix epoch
 */
export function timesOut(newValue: unknown, at: number): boolean {
  if (newValue === undefined || newValue === null || newValue === '') return false
  const end = momentIn(newValue)
  return end === undefined || end > at
}
