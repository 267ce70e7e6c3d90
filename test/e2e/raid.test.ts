import { expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import * as messages from '../../sandbox/actions/messages.ts'
import type { Discord } from '../../sandbox/discord.ts'
import { type OpenCustos, openCustos } from '../support/open-custos.ts'
import { fieldOf, footersOf, textOf } from '../support/read.ts'

const HOUR = 3_600_000
const READ = 'The audit log is read.'

/** How long an answer waits for Discord where the archive already reaches back. */
const PATIENCE = 3000

/** A server in which hundreds are banned, at a Discord that gives a page now and then. */
async function raided(during: (here: OpenCustos, raid: () => void) => void): Promise<OpenCustos> {
  const here = await openCustos({ days: 2 })
  const { discord, clock, log, actor, town } = here
  await log.heard(READ)
  clock.advance(HOUR / 2)
  discord.rateLimits.routes.set('GET /guilds/:id/audit-logs', { limit: 1, window: 300 })
  during(here, () => {
    for (let count = 0; count < 700; count++)
      members.ban(actor(0), town.members[count % 30]?.id ?? '', 'Raid')
  })
  return here
}

/** Asks, and lets the time run out while pages are coming in. */
async function askInTheMiddle({ clock, discord, moderator }: OpenCustos, command = 'recent', pages = 1) {
  const waiting = clock.slept(PATIENCE)
  const seen = moderator.send(`audit ${command}`)
  await waiting
  // Pages are asked for one after another: with the next request a page has come.
  await requested(discord, pages + 1)
  clock.advance(PATIENCE)
  const { message } = await seen.answered()
  return message
}

/** Resolves once so many pages have been asked for, from now on. */
function requested(discord: Discord, pages: number): Promise<void> {
  return new Promise((resolve) => {
    let left = pages
    discord.fault = (_, path) => {
      if (path.endsWith('/audit-logs') && --left === 0) resolve()
      return undefined
    }
  })
}

test('in a raid that is heard live, an answer whose time runs out while pages come in is whole, without an alarm', async () => {
  const here = await raided((_, raid) => raid())
  const message = await askInTheMiddle(here)
  expect(textOf(message)).not.toMatch(/could not be read|still reading|Incomplete/)
  expect(footersOf(message)[0]).toContain(`of ${here.town.guild.log.since().length.toLocaleString('en')}, `)
})

test('in such a raid, what can have grown without an event is read first', async () => {
  const here = await raided(({ actor, town }, raid) => {
    const [channel = ''] = town.channels
    for (let count = 0; count < 40; count++)
      messages.deleteMessage(actor(1), channel, town.members[0]?.id ?? '')
    raid()
  })
  const message = await askInTheMiddle(here, 'deletes', 2)
  expect(textOf(message)).not.toMatch(/could not be read|still reading|Incomplete/)
  const deletes = here.town.guild.log
    .since(here.clock.now() - 7 * 24 * HOUR)
    .filter(({ action_type }) => action_type === 72 || action_type === 73)
  const deleted = deletes.reduce((sum, { options }) => sum + Number(options?.count ?? 1), 0)
  expect(fieldOf(message, 'Messages deleted')).toMatch(new RegExp(`^${deleted}\n`))
})

test('in a raid that was missed, such an answer says that the log is still being read, and what is missing', async () => {
  const here = await raided(({ discord, town }, raid) => {
    discord.gateway.setAvailable(town.guild.id, false)
    raid()
    discord.gateway.setAvailable(town.guild.id, true)
  })
  const message = await askInTheMiddle(here)
  expect(textOf(message)).not.toContain('could not be read')
  expect(textOf(message)).toContain('still reading')
  expect(footersOf(message)[0]).toContain('Incomplete: nothing is known ')
})
