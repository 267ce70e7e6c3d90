/** Where Discord's time comes from: handed in, so that tests can live through 45 days. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = { now: Date.now }
