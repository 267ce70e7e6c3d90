import { DAY } from './time/units.ts'

/**
 * A Discord id: a decimal number of up to 64 bits, as a string so that no digit is lost.
 * https://docs.discord.com/developers/reference#snowflakes
 */
export type Snowflake = string

/** The first second of 2015, where snowflakes begin, in milliseconds since the Unix epoch. */
const DISCORD_EPOCH = 1_420_070_400_000n

/** The largest integer in SQLite less one, so that every id has a next one. It is in the year 2084. */
const LARGEST = 2n ** 63n - 2n

/** The largest id that Custos accepts. */
export const LARGEST_SNOWFLAKE: Snowflake = String(LARGEST)

/** Whether a value is a snowflake as Discord writes it: digits without a leading zero, at most 63 bits. */
export function isSnowflake(value: unknown): value is Snowflake {
  return typeof value === 'string' && /^(0|[1-9]\d{0,18})$/.test(value) && BigInt(value) <= LARGEST
}

/** When a snowflake was created, in milliseconds since the Unix epoch. */
export function timeOf(id: Snowflake): number {
  return Number((BigInt(id) >> 22n) + DISCORD_EPOCH)
}

/** The UTC day of a snowflake, in days since the Unix epoch. */
export function dayOf(id: Snowflake): number {
  return Math.floor(timeOf(id) / DAY)
}

/**
 * The lowest snowflake of a moment, which is in milliseconds since the Unix epoch; for a moment after all of them, the
 * number after the largest.
 */
export function firstIdAt(time: number): Snowflake {
  const first = (BigInt(Math.floor(time)) - DISCORD_EPOCH) << 22n
  if (first <= 0n) return '0'
  return String(first <= LARGEST ? first : LARGEST + 1n)
}

/** The highest snowflake before a moment, which is in milliseconds since the Unix epoch; `0` if there is none. */
export function lastIdBefore(time: number): Snowflake {
  const first = BigInt(firstIdAt(time))
  return first > 0n ? String(first - 1n) : '0'
}

/** The next snowflake after another. */
export function idAfter(id: Snowflake): Snowflake {
  return String(BigInt(id) + 1n)
}

/** Compares snowflakes for sorting, oldest first. */
export function compareIds(a: Snowflake, b: Snowflake): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** The older of two snowflakes. */
export function minId(a: Snowflake, b: Snowflake): Snowflake {
  return compareIds(a, b) <= 0 ? a : b
}

/** The oldest of some snowflakes; undefined if there are none. */
export function oldestId(ids: readonly Snowflake[]): Snowflake | undefined {
  const [first, ...rest] = ids
  return first && rest.reduce(minId, first)
}

/** The newer of two snowflakes. */
export function maxId(a: Snowflake, b: Snowflake): Snowflake {
  return compareIds(a, b) >= 0 ? a : b
}
