/** A Discord id: a decimal number of up to 64 bits, kept as text so that no digit is lost. */
export type Snowflake = string

/** Milliseconds from the Unix epoch to the first second of 2015, where snowflakes begin. */
const DISCORD_EPOCH = 1_420_070_400_000n

/** The largest integer SQLite can hold, less one, so that there is always a next: the year 2084. */
const LARGEST = 2n ** 63n - 2n

/** The largest id there can be. */
export const LARGEST_SNOWFLAKE: Snowflake = String(LARGEST)

/** Whether a value is a snowflake written as Discord writes it: digits, no leading zero, 63 bits at most. */
export function isSnowflake(value: unknown): value is Snowflake {
  return typeof value === 'string' && /^(0|[1-9]\d{0,18})$/.test(value) && BigInt(value) <= LARGEST
}

/** When a snowflake was made, in milliseconds since the Unix epoch. */
export function timeOf(id: Snowflake): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH)
}

/** The lowest snowflake that can be made at a moment (milliseconds since the Unix epoch). */
export function firstIdAt(time: number): Snowflake {
  const sinceEpoch = BigInt(Math.floor(time)) - DISCORD_EPOCH
  return sinceEpoch > 0n ? String(sinceEpoch << 22n) : '0'
}

/** The highest snowflake that can be made before a moment (milliseconds since the Unix epoch). */
export function lastIdBefore(time: number): Snowflake {
  return String(BigInt(firstIdAt(time)) - 1n)
}

/** The snowflake that follows another. */
export function idAfter(id: Snowflake): Snowflake {
  return String(BigInt(id) + 1n)
}

/** Orders snowflakes from the oldest to the newest, as `Array#sort` wants it. */
export function compareIds(a: Snowflake, b: Snowflake): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** The older of two snowflakes. */
export function minId(a: Snowflake, b: Snowflake): Snowflake {
  return compareIds(a, b) <= 0 ? a : b
}

/** The newer of two snowflakes. */
export function maxId(a: Snowflake, b: Snowflake): Snowflake {
  return compareIds(a, b) >= 0 ? a : b
}
