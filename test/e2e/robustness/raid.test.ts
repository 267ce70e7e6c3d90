import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import { AUDIT_LOG } from '../../../sandbox/rest/faults.ts'
import { isDelete } from '../../support/entries/truth.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { fieldOf, footersOf, textOf } from '../../support/read.ts'

const HOUR = 3_600_000

/** How long a reply waits for Discord if the stream was broken, in milliseconds. */
const PATIENCE = 3000

/** A guild in which hundreds are banned, on a Discord that answers reads slowly. */
async function raided(during: (here: OpenCustos, raid: () => void) => void): Promise<OpenCustos> {
  const here = await openCustos({ days: 2 })
  const { discord, clock, log, actor, town } = here
  await log.waitFor(READ)
  clock.advance(HOUR / 2)
  discord.rateLimits.routes.set('GET /guilds/:id/audit-logs', { limit: 1, window: 300 })
  during(here, () => {
    for (let count = 0; count < 700; count++)
      members.ban(actor(0), town.members[count % 30]?.id ?? '', 'Raid')
  })
  return here
}

/** Runs a command, and lets it time out while pages are being read. */
async function runDuringRead({ clock, discord, moderator }: OpenCustos, command = 'recent', pages = 1) {
  const waiting = clock.slept(PATIENCE)
  const reply = moderator.send(`audit ${command}`)
  await waiting
  // Pages are requested one at a time: the next request means that a page has arrived.
  await requested(discord, pages + 1)
  clock.advance(PATIENCE)
  const { message } = await reply.answered()
  return message
}

/** How many messages were deleted in the last week. */
function messagesDeleted({ clock, town }: OpenCustos): number {
  const deletes = town.guild.log.since(clock.now() - 7 * 24 * HOUR).filter(isDelete)
  return deletes.reduce((sum, { options }) => sum + Number(options?.count ?? 1), 0)
}

/** Resolves once that many more pages have been requested. */
function requested(discord: Discord, pages: number): Promise<void> {
  return new Promise((resolve) => {
    let left = pages
    discord.fault = (_, path) => {
      if (AUDIT_LOG.test(path) && --left === 0) resolve()
      return undefined
    }
  })
}

test('in a raid received live, a reply takes a request or two, and one more if a count can have grown', async () => {
  const here = await raided((_, raid) => raid())
  const { actor, discord, moderator, town } = here
  await moderator.command('audit recent')
  discord.rateLimits.routes.clear()
  const reads: string[] = []
  discord.fault = (_, path) => {
    if (AUDIT_LOG.test(path)) reads.push(path)
    return undefined
  }
  const { message } = await moderator.command('audit recent')
  // The background may read the newest page at the same time.
  expect(reads.length).toBeLessThanOrEqual(2)
  expect(textOf(message)).not.toMatch(/could not be read|still reading|Incomplete/)
  expect(footersOf(message)[0]).toContain(`of ${town.guild.log.since().length.toLocaleString('en')}, `)
  const [channel = ''] = town.channels
  messages.deleteMessage(actor(1), channel, town.members[0]?.id ?? '')
  for (let count = 0; count < 100; count++) members.ban(actor(0), town.members[count % 30]?.id ?? '', 'Raid')
  messages.deleteMessage(actor(1), channel, town.members[0]?.id ?? '')
  reads.length = 0
  const deletes = await moderator.command('audit deletes')
  expect(reads.length).toBeLessThanOrEqual(4)
  expect(fieldOf(deletes.message, 'Messages deleted')).toMatch(new RegExp(`^${messagesDeleted(here)}\n`))
  reads.length = 0
  await moderator.command('audit deletes', { until: 'yesterday' })
  expect(reads.length).toBeLessThanOrEqual(2)
})

test('in a raid, a reply needs no alarm if Discord sends the newest page but no counts', async () => {
  const here = await raided((_, raid) => raid())
  const { actor, discord, moderator, town } = here
  discord.rateLimits.routes.clear()
  await moderator.command('audit deletes')
  messages.deleteMessage(actor(1), town.channels[0] ?? '', town.members[0]?.id ?? '')
  for (let count = 0; count < 100; count++) members.ban(actor(0), town.members[count % 30]?.id ?? '', 'Raid')
  discord.fault = (_, path, { action_type }) =>
    AUDIT_LOG.test(path) && action_type !== undefined ? { status: 500 } : undefined
  for (let times = 0; times < 2; times++) {
    const { message } = await moderator.command('audit deletes')
    expect(textOf(message).match(/.*(could not be read|Incomplete).*/g)).toBeNull()
  }
  discord.fault = undefined
  const { message } = await moderator.command('audit deletes')
  expect(fieldOf(message, 'Messages deleted')).toMatch(new RegExp(`^${messagesDeleted(here)}\n`))
})

test('in a raid that was missed, such a reply says that the log is still being read, and what is missing', async () => {
  const here = await raided(({ discord, town }, raid) => {
    discord.gateway.setAvailable(town.guild.id, false)
    raid()
    discord.gateway.setAvailable(town.guild.id, true)
  })
  const message = await runDuringRead(here)
  expect(textOf(message)).not.toContain('could not be read')
  expect(textOf(message)).toContain('still reading')
  expect(footersOf(message)[0]).toContain('Incomplete: nothing is known ')
})
