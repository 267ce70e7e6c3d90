/** Where the time comes from. Handed in, so that tests can live through 45 days in a moment. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Resolves after so many milliseconds; rejects when the signal aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** How far the machine's clock may be off from Discord's before it is said, in milliseconds. */
export const CLOCK_OFF = 60_000
