import { momentIn } from '../time/moment.ts'
import { DAY } from '../time/units.ts'

/** The key of the change that sets or removes a member's timeout. */
export const TIMEOUT_KEY = 'communication_disabled_until'

/**
 * How long a timeout can be at most, in milliseconds.
 * https://docs.discord.com/developers/resources/guild#modify-guild-member
 */
export const LONGEST_TIMEOUT = 28 * DAY

/** A change as Discord sent it. */
interface SentChange {
  readonly key: string
  readonly old_value?: unknown
  readonly new_value?: unknown
}

/**
 * When a timeout ends, as an entry sets it (`new_value`) or as it was before (`old_value`), in milliseconds since the
 * Unix epoch; undefined where Discord does not say.
 */
export function timeoutEnd(
  { changes }: { readonly changes: readonly SentChange[] },
  side: 'old_value' | 'new_value',
): number | undefined {
  return momentIn(changes.find(({ key }) => key === TIMEOUT_KEY)?.[side])
}

/**
 * Whether a new value of a member's timeout times them out. A date in the past does not: Discord accepts any date, and
 * some clients remove timeouts with one. A value that cannot be read counts as a date in the future.
 * @param at when the value was set, in milliseconds since the Unix epoch
 */
export function timesOut(newValue: unknown, at: number): boolean {
  if (newValue === undefined || newValue === null || newValue === '') return false
  const end = momentIn(newValue)
  return end === undefined || end > at
}
