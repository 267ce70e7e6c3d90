import { backoff } from '../core/backoff.ts'

interface Options {
  /** The longest pause, in milliseconds, unless Discord asks for more. */
  readonly longest: number
  /** How long Discord asks to wait, in milliseconds. */
  readonly requested?: number | undefined
}

/**
 * How long to wait before a request to Discord is repeated, in milliseconds. Part of it is random, so that not all bots
 * come back at once after an outage.
 * @param failures how often it failed in a row, from 1
 */
export function retryPause(failures: number, { longest, requested = 0 }: Options): number {
  return Math.max(requested, backoff(failures, { longest, random: Math.random() }))
}
