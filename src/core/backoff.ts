interface Backoff {
  /** The wait after the first failure, in milliseconds; a second by default. */
  readonly first?: number
  /** The longest wait, in milliseconds. */
  readonly longest: number
  /** A number from 0 to 1. The wait is shorter by up to a half, so that not everything that failed retries at once. */
  readonly random?: number
}

/**
 * How long to wait before a retry, in milliseconds: twice as long after each failure.
 * @param failures how often it failed in a row, from 1
 */
export function backoff(failures: number, { first = 1000, longest, random = 0 }: Backoff): number {
  const wait = Math.min(longest, first * 2 ** (failures - 1))
  return Math.round(wait * (1 - random / 2))
}
