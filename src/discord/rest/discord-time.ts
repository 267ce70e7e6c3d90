import { type REST, RequestMethod, Routes } from 'discord.js'
import { CLOCK_OFF } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import { LARGEST_SNOWFLAKE, timeOf } from '../../core/snowflake.ts'
import { DAY } from '../../core/time/units.ts'
import type { DiscordClock } from '../../sync/time/discord-clock.ts'
import { onResponse } from './on-response.ts'

/** What is derived from a date lies within a day of it, in milliseconds. */
const MARGIN = DAY

type Response = { readonly headers: Pick<Headers, 'get'> }

/**
 * When a response was sent by its `Date` header, in milliseconds since the Unix epoch.
 * @returns undefined without a valid date, or for one that no snowflake can have, which is not Discord's time
 */
export function dateOf({ headers }: Response): number | undefined {
  const date = Date.parse(headers.get('date') ?? '')
  return date >= timeOf('0') && date < timeOf(LARGEST_SNOWFLAKE) - MARGIN ? date : undefined
}

/**
 * Sets a clock by the `Date` header of every response, and logs when the host's clock is off and when it is right again.
 */
export function followDiscordTime(rests: readonly REST[], clock: DiscordClock, log: Log): void {
  let wasOff = false
  const follow = (response: Response) => {
    const date = dateOf(response)
    if (date === undefined) return
    clock.update(date)
    const { hostAhead } = clock
    const isOff = Math.abs(hostAhead) > CLOCK_OFF
    if (isOff === wasOff) return
    wasOff = isOff
    if (isOff)
      log.warn(
        { aheadBySeconds: Math.round(hostAhead / 1000) },
        'The host’s clock is wrong. Discord’s time is used instead.',
      )
    else log.info({}, 'The host’s clock agrees with Discord’s again.')
  }
  for (const rest of rests) onResponse(rest, follow)
}

/**
 * Fetches Discord's time, with a request that costs next to nothing.
 * @returns milliseconds since the Unix epoch
 * @throws Error when Discord does not answer, or answers without a valid date
 */
export async function fetchTime(rest: REST, signal: AbortSignal): Promise<number> {
  const response = await rest.queueRequest({
    method: RequestMethod.Get,
    fullRoute: Routes.gateway(),
    signal,
  })
  await response.text()
  const date = dateOf(response)
  if (date === undefined) throw new Error('Discord’s response has no valid date.')
  return date
}
