/** The beginning of a time as Discord writes it. `Date.parse` accepts other texts as well, such as `1`. */
const DATED = /^\d{4,6}-\d{2}-\d{2}/

/** A time that Discord sent in ISO 8601, in milliseconds since the Unix epoch; undefined for any other value. */
export function momentIn(sent: unknown): number | undefined {
  if (typeof sent !== 'string' || !DATED.test(sent)) return undefined
  const moment = Date.parse(sent)
  return Number.isNaN(moment) ? undefined : moment
}
