import { momentIn } from './moment.ts'

/** The key of the change that times a member out, or lifts it. */
export const TIMEOUT_KEY = 'communication_disabled_until'

/**
 * Whether a member is timed out by setting their timeout to a value. One that is over already is none: Discord takes
 * any date, and clients lift a timeout so too. What cannot be read is set all the same, to an unknown date.
 * @param at when it was set, in milliseconds since the Unix epoch
 */
export function timesOut(newValue: unknown, at: number): boolean {
  if (newValue === undefined || newValue === null || newValue === '') return false
  const end = momentIn(newValue)
  return end === undefined || end > at
}
