import { type REST, RESTEvents } from 'discord.js'
import type { Log } from '../core/log.ts'
import type { DiscordClock } from '../sync/discord-clock.ts'

/** How far the host's clock may be off before that is logged, in milliseconds. */
const WORTH_SAYING = 60_000

/** Keeps a clock to Discord's time, which the `Date` header of every answer tells, and logs when the host's is off. */
export function keepTime(rest: REST, clock: DiscordClock, log: Log): void {
  let saidAhead = 0
  rest.on(RESTEvents.Response, (_, { headers }) => {
    const date = Date.parse(headers.get('date') ?? '')
    if (Number.isNaN(date)) return
    clock.hear(date)
    const { hostAhead } = clock
    if (Math.abs(hostAhead - saidAhead) <= WORTH_SAYING) return
    saidAhead = hostAhead
    const seconds = Math.round(hostAhead / 1000)
    if (seconds === 0) log.info({}, 'The clock of this machine agrees with Discord’s again.')
    else
      log.warn(
        { aheadBySeconds: seconds },
        'The clock of this machine is off; Discord’s time is used instead.',
      )
  })
}
