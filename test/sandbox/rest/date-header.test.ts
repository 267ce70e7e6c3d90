import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { timeOf } from '../../../src/core/snowflake.ts'
import { type OpenDiscord, openDiscord } from '../../support/open-discord.ts'

const DAY = 86_400_000

/** The `Date` header of a response, in milliseconds. */
async function dateOf({ discord }: OpenDiscord, path = '/gateway'): Promise<number> {
  const { headers } = await fetch(`${discord.api}/v10${path}`)
  return Date.parse(headers.get('date') ?? '')
}

test.each(['/gateway', '/gateway/bot', '/guilds/1/audit-logs'])(
  'every response has a Date header: %s',
  async (path) => {
    const here = await openDiscord()
    expect(await dateOf(here, path)).toBe(here.clock.now())
  },
)

test.each([-3 * DAY, 100 * DAY])(
  'Discord’s clock may be off by %i ms from the one it was given, and its ids with it',
  async (ahead) => {
    const here = await openDiscord()
    const { clock, discord, actor, town } = here
    discord.world.ahead = ahead
    members.kick(actor(0), town.members[0]?.id ?? '')
    const now = clock.now() + ahead
    expect(await dateOf(here)).toBe(now)
    expect(timeOf(town.guild.log.since(0).at(-1)?.id ?? '')).toBe(now)
  },
)

test('the Date header can be wrong or missing while ids have the right time', async () => {
  const here = await openDiscord()
  const { clock, discord, actor, town } = here
  discord.dateHeader = (now, path) => (path === '/gateway' ? now + 100 * DAY : undefined)
  expect(await dateOf(here)).toBe(clock.now() + 100 * DAY)
  expect(await dateOf(here, '/gateway/bot')).toBe(clock.now())
  members.kick(actor(0), town.members[0]?.id ?? '')
  expect(timeOf(town.guild.log.since(0).at(-1)?.id ?? '')).toBe(clock.now())
})
