import { REST } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { dateOf } from '../../../src/discord/rest/date-header.ts'
import { keepTime } from '../../../src/discord/rest/keep-time.ts'
import { DiscordClock } from '../../../src/sync/discord-clock.ts'
import { HostClock } from '../../support/manual-clock.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const OFF = 'The clock of this machine is off; Discord’s time is used instead.'
const AGREES = 'The clock of this machine agrees with Discord’s again.'

/** A machine whose clock can be moved, and that asks Discord something each time. */
async function openMachine() {
  const { clock, discord } = await openDiscord()
  const rest = new REST({ api: discord.api }).setToken(TOKEN)
  const host = new HostClock(clock)
  const discordClock = new DiscordClock(host)
  const log = new RecordedLog()
  keepTime([rest], discordClock, log)
  return {
    log,
    /** Moves the clock so many seconds ahead, asks, and gives what Custos takes Discord's time to be off by. */
    moved: async (seconds: number): Promise<number> => {
      host.ahead = seconds * 1000
      await rest.get('/users/@me')
      return discordClock.now() - clock.now()
    },
  }
}

describe('a clock', () => {
  test('that is right is not spoken of', async () => {
    const { log, moved } = await openMachine()
    for (const seconds of [0, 4, -4, 59, -59]) await moved(seconds)
    expect(log.lines).toEqual([])
  })

  test.each([600, -600, 9 * 3600])(
    'that is %i seconds ahead is corrected, and said to be off once',
    async (seconds) => {
      const { log, moved } = await openMachine()
      expect(Math.abs(await moved(seconds))).toBeLessThan(1000)
      await moved(seconds + 20)
      expect(log.lines).toEqual([{ level: 'warn', facts: { aheadBySeconds: seconds }, message: OFF }])
    },
  )

  test('that is put back to within a minute is said to agree again, though it is not exact', async () => {
    const { log, moved } = await openMachine()
    for (const seconds of [600, 30, 20, 0]) await moved(seconds)
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', OFF],
      ['info', AGREES],
    ])
  })

  test('that goes off again is spoken of again', async () => {
    const { log, moved } = await openMachine()
    for (const seconds of [600, 0, -600]) await moved(seconds)
    expect(log.lines.map(({ facts, message }) => [facts, message])).toEqual([
      [{ aheadBySeconds: 600 }, OFF],
      [{}, AGREES],
      [{ aheadBySeconds: -600 }, OFF],
    ])
  })
})

test.each(['Fri, 31 Dec 9999 23:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'soon', ''])(
  'a Date at which no id can be made, such as %j, is none',
  (date) => {
    expect(dateOf({ headers: new Headers({ date }) })).toBeUndefined()
  },
)
