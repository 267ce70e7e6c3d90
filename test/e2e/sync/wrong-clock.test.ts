import { describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import { AUDIT_LOG } from '../../../sandbox/rest/faults.ts'
import { firstIdAt, lastIdBefore } from '../../../src/core/snowflake.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { testArchive } from '../../support/archive/shared-archive.ts'
import type { AtEnd } from '../../support/at-end.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { entriesHeld } from '../../support/entries-held.ts'
import { GUILD_PURGED, READ, REMOVED_FROM_GUILD, RETENTION_APPLIED } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf } from '../../support/read.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ADDED_BACK = 'Added back to a server. Its data is kept.'

const messages = ({ log }: Pick<OpenCustos, 'log'>) => log.lines.map(({ message }) => message)

/** A guild with 60 days of history, all of it in the archive. */
async function filled(atEnd: AtEnd): Promise<OpenCustos & { readonly path: string }> {
  const path = archiveFile(atEnd)
  const here = await openCustos(
    {
      days: 59,
      perDay: 19,
      retentionDays: 60,
      archiveUrl: `sqlite:${path}`,
      environment: { RETENTION_DAYS: '60' },
    },
    atEnd,
  )
  await here.log.waitFor(READ)
  return { ...here, path }
}

/** Lets a day pass, and its maintenance. */
async function passADay({ clock }: OpenCustos): Promise<void> {
  const round = clock.slept(DAY)
  clock.advance(DAY)
  await round
}

const misdate = (discord: Discord, offset: number) => {
  discord.dateHeader = (now) => now + offset
}

function setClocksAhead({ host, discord }: OpenCustos): void {
  host.ahead = 100 * DAY
  misdate(discord, 100 * DAY)
}

function setClocksRight({ host, discord }: OpenCustos): void {
  host.ahead = 0
  misdate(discord, 0)
}

describe.concurrent('a start while the host’s clock and the Date of every response are 100 days ahead', () => {
  test('deletes nothing, and new entries are stored', async ({ onTestFinished: atEnd }) => {
    const here = await filled(atEnd)
    const { town, actor, log, clock } = here
    const before = town.guild.log.since().length
    expect(before).toBeGreaterThan(1000)
    expect(await entriesHeld(here)).toBe(before)
    await here.stopBot()
    setClocksAhead(here)
    const maintained = clock.slept(DAY)
    await here.startBot()
    await maintained
    members.kick(actor(0), town.members[0]?.id ?? '')
    await log.waitFor(READ, 2)
    expect(await entriesHeld(here)).toBe(before + 1)

    setClocksRight(here)
    await here.restart()
    await log.waitFor(READ, 3)
    expect(await entriesHeld(here)).toBe(before + 1)
    expect(messages(here)).not.toContain(RETENTION_APPLIED)
    const { message } = await here.moderator.command('audit recent')
    expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
    expect(footersOf(message)[0]).toContain('All time · Complete since')
  })

  test('deletes at most a day early over the next five days', async ({ onTestFinished: atEnd }) => {
    const here = await filled(atEnd)
    const { town, clock } = here
    await here.stopBot()
    setClocksAhead(here)
    const maintained = clock.slept(DAY)
    await here.startBot()
    await maintained
    for (let day = 0; day < 5; day++) await passADay(here)
    const bound = clock.now() - 60 * DAY
    const all = town.guild.log.since(clock.now() - 100 * DAY).length
    expect(await entriesHeld(here)).toBeGreaterThanOrEqual(town.guild.log.since(bound + DAY).length)
    expect(await entriesHeld(here)).toBeLessThan(all)
  })

  test('purges no server that the bot was just removed from', async ({ onTestFinished: atEnd }) => {
    const here = await filled(atEnd)
    const { town, discord, log, clock } = here
    const before = await entriesHeld(here)
    town.guild.members.delete(town.bot.id)
    discord.gateway.announceLeave(town.guild.id, town.bot.id)
    await log.waitFor(REMOVED_FROM_GUILD)
    await here.stopBot()
    setClocksAhead(here)
    for (let starts = 0; starts < 3; starts++) {
      const maintained = clock.slept(DAY)
      await here.startBot()
      await maintained
      await here.stopBot()
    }
    setClocksRight(here)
    await here.startBot()
    town.guild.addMember(town.bot.user, [town.roles.custos.id], clock.now())
    discord.gateway.announceJoin(town.guild.id, town.bot.id)
    await log.waitFor(ADDED_BACK)
    expect(await entriesHeld(here)).toBe(before)
    expect(messages(here)).not.toContain(GUILD_PURGED)
  })
})

test.concurrent('with correct clocks, only entries that are too old are deleted at the start', async ({
  onTestFinished: atEnd,
}) => {
  const here = await filled(atEnd)
  const { town, clock, log } = here
  const guildId = town.guild.id
  const before = town.guild.log.since().length
  await here.stopBot()
  const archive = await testArchive(here.path, atEnd)
  const old = [61, 70, 300].map((days) => ({ id: firstIdAt(clock.now() - days * DAY), action_type: 22 }))
  await archive.record([{ guildId, from: 'gateway', entries: entriesOf(guildId, old) }])
  expect(await archive.countHeld(guildId)).toBe(before + 3)
  await archive.close()
  await here.startBot()
  await log.waitFor(RETENTION_APPLIED)
  expect(log.lines.find(({ message }) => message === RETENTION_APPLIED)?.facts).toMatchObject({ removed: 3 })
  expect(await entriesHeld(here)).toBe(before)
})

test.concurrent('what an earlier version deleted by a clock that was ahead is read again, as far as Discord has it', async ({
  onTestFinished: atEnd,
}) => {
  const here = await filled(atEnd)
  const { town, clock, log, actor } = here
  const guildId = town.guild.id
  await here.stopBot()
  const archive = await testArchive(here.path, atEnd)
  await archive.applyRetention(guildId, lastIdBefore(clock.now() + 40 * DAY), 0)
  expect(await archive.countHeld(guildId)).toBe(0)
  await archive.close()
  await here.startBot()
  await log.waitFor('A retention bound set by a wrong clock was lowered. New entries are stored again.')
  await log.waitFor(READ, 2)
  members.kick(actor(0), town.members[0]?.id ?? '')
  await here.moderator.command('audit recent')
  expect(await entriesHeld(here)).toBe(town.guild.log.since(clock.now() - 60 * DAY).length)
})

test.concurrent('a single response with an odd Date changes nothing', async ({ onTestFinished: atEnd }) => {
  const here = await openCustos({ days: 5 }, atEnd)
  const { discord, clock, log, moderator, town } = here
  await log.waitFor(READ)
  for (const offset of [100 * DAY, -100 * DAY, null]) {
    let answers = 0
    discord.dateHeader = (now) => (answers++ > 0 ? now : offset === null ? null : now + offset)
    clock.advance(HOUR)
    await log.waitFor(READ)
    const { message } = await moderator.command('audit status')
    expect(fieldOf(message, 'Clock')).toBeUndefined()
    expect(fieldOf(message, 'Holes')).toBe('none')
    expect(await entriesHeld(here)).toBe(town.guild.log.since().length)
  }
})

test.concurrent('a name from a response with an odd Date is replaced by the next name', async ({
  onTestFinished: atEnd,
}) => {
  const here = await openCustos({ days: 5 }, atEnd)
  const { discord, log, moderator, other, actor, town } = here
  await log.waitFor(READ)
  const victim = town.members[0]?.id ?? ''
  const rename = (name: string) => {
    const user = discord.world.users.get(other.userId)
    if (user) user.global_name = name
  }
  rename('Once')
  members.kick(actor(1), victim)
  discord.dateHeader = (now, path) => (AUDIT_LOG.test(path) ? now + 100 * DAY : undefined)
  await moderator.command('audit recent')
  discord.dateHeader = undefined
  rename('Renamed')
  here.clock.advance(HOUR)
  members.kick(actor(1), victim)
  await moderator.command('audit recent')
  const suggested = await moderator.autocomplete('audit target', 'on', 'Renamed')
  expect(suggested.map(({ value }) => value)).toContain(other.userId)
})
