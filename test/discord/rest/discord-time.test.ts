import { REST } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { dateOf, followDiscordTime } from '../../../src/discord/rest/discord-time.ts'
import { DiscordClock } from '../../../src/sync/time/discord-clock.ts'
import { HostClock } from '../../support/manual-clock.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const OFF = 'The host’s clock is wrong. Discord’s time is used instead.'
const AGREES = 'The host’s clock agrees with Discord’s again.'

/** A host whose clock can be moved. Each time, it sends a request to Discord. */
async function openHost() {
  const { clock, discord } = await openDiscord()
  const rest = new REST({ api: discord.api }).setToken(TOKEN)
  const host = new HostClock(clock)
  const discordClock = new DiscordClock(host)
  const log = new RecordedLog()
  followDiscordTime([rest], discordClock, log)
  return {
    log,
    /** Moves the host's clock so many seconds ahead. Returns how far Custos's time is off, in milliseconds. */
    moved: async (seconds: number): Promise<number> => {
      host.ahead = seconds * 1000
      await rest.get('/users/@me')
      return discordClock.now() - clock.now()
    },
  }
}

describe('a clock', () => {
  test('that is right is not logged', async () => {
    const { log, moved } = await openHost()
    for (const seconds of [0, 4, -4, 59, -59]) await moved(seconds)
    expect(log.lines).toEqual([])
  })

  test.each([600, -600, 9 * 3600])(
    'that is %i seconds ahead is corrected, and logged once',
    async (seconds) => {
      const { log, moved } = await openHost()
      expect(Math.abs(await moved(seconds))).toBeLessThan(1000)
      await moved(seconds + 20)
      expect(log.lines).toEqual([{ level: 'warn', facts: { aheadBySeconds: seconds }, message: OFF }])
    },
  )

  test('that is set to within a minute is logged as right again', async () => {
    const { log, moved } = await openHost()
    for (const seconds of [600, 30, 20, 0]) await moved(seconds)
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', OFF],
      ['info', AGREES],
    ])
  })

  test('that is off again is logged again', async () => {
    const { log, moved } = await openHost()
    for (const seconds of [600, 0, -600]) await moved(seconds)
    expect(log.lines.map(({ facts, message }) => [facts, message])).toEqual([
      [{ aheadBySeconds: 600 }, OFF],
      [{}, AGREES],
      [{ aheadBySeconds: -600 }, OFF],
    ])
  })
})

test.each(['Fri, 31 Dec 9999 23:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'soon', ''])(
  'the invalid date %j is ignored',
  (date) => {
    expect(dateOf({ headers: new Headers({ date }) })).toBeUndefined()
  },
)
