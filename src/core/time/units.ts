/** Units of time in milliseconds. A day has 24 hours; `length.ts` handles days of 23 and 25. */
export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
