/** How a moment begins as Discord writes it. JavaScript also reads other texts as dates, such as `1`. */
const DATED = /^\d{4,6}-\d{2}-\d{2}/

/**
 * A moment as Discord sends it (ISO 8601), in milliseconds since the Unix epoch.
 * @returns undefined for whatever is no date
 */
export function momentIn(sent: unknown): number | undefined {
  if (typeof sent !== 'string' || !DATED.test(sent)) return undefined
  const moment = Date.parse(sent)
  return Number.isNaN(moment) ? undefined : moment
}
