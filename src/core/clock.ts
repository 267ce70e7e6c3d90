/** Where the time comes from. Handed in, so that tests can live through 45 days in a moment. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Resolves after so many milliseconds; rejects when the signal aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
