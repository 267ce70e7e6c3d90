/**
 * How long to wait before trying again, in milliseconds: a second after the first failure, twice as long after each
 * further one up to `longest`, and less by up to a half, so that those who failed together do not come back together.
 * @param failures how often it failed in a row, from 1
 * @param random a number from 0 to 1
 */
export function backoff(failures: number, longest: number, random: number): number {
  const wait = Math.min(longest, 1000 * 2 ** (failures - 1))
  return Math.round(wait * (1 - random / 2))
}
