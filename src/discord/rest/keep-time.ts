import { type REST, RESTEvents, RequestMethod, Routes } from 'discord.js'
import { CLOCK_OFF } from '../../core/clock.ts'
import type { Log } from '../../core/log.ts'
import type { DiscordClock } from '../../sync/discord-clock.ts'
import { dateOf } from './date-header.ts'

/**
 * Keeps a clock to Discord's time, which the `Date` header of every answer tells, and logs when the host's is off, and
 * when it no longer is.
 */
export function keepTime(rests: readonly REST[], clock: DiscordClock, log: Log): void {
  let wasOff = false
  const hear = (_: unknown, response: { readonly headers: Pick<Headers, 'get'> }) => {
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
        'The clock of this machine is off; Discord’s time is used instead.',
      )
    else log.info({}, 'The clock of this machine agrees with Discord’s again.')
  }
  for (const rest of rests) rest.on(RESTEvents.Response, hear)
}

/**
 * Asks Discord what time it is, by a request that costs next to nothing.
 * @returns milliseconds since the Unix epoch
 * @throws when Discord does not answer, or does not say
 */
export async function askTime(rest: REST, signal: AbortSignal): Promise<number> {
  const response = await rest.queueRequest({
    method: RequestMethod.Get,
    fullRoute: Routes.gateway(),
    signal,
  })
  await response.text()
  const date = dateOf(response)
  if (date === undefined) throw new Error('Discord did not say what time it is.')
  return date
}
