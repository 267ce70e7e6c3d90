import { describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import { AUDIT_LOG } from '../../../sandbox/rest/faults.ts'
import { firstIdAt, lastIdBefore } from '../../../src/core/snowflake.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { testArchive } from '../../support/archive/shared-archive.ts'
import type { AtEnd } from '../../support/at-end.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { GUILD_PURGED, READ, REMOVED_FROM_GUILD, RETENTION_APPLIED } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, numberIn } from '../../support/read.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const BACK = 'Added back to a server. Its data is kept.'

async function held({ moderator }: Pick<OpenCustos, 'moderator'>): Promise<number> {
  return numberIn(fieldOf((await moderator.command('audit status')).message, 'Entries held'))
}

const messages = ({ log }: Pick<OpenCustos, 'log'>) => log.lines.map(({ message }) => message)

/** A guild with 60 days of history, all of it in the archive. */
async function filled(atEnd: AtEnd): Promise<OpenCustos & { readonly path: string }> {
  const path = archiveFile(atEnd)
  const here = await openCustos(
    { days: 59, perDay: 19, retentionDays: 60, archivePath: path, environment: { RETENTION_DAYS: '60' } },
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

const dates = (discord: Discord, off: number) => {
  discord.dateHeader = (now) => now + off
}

function goWrong({ host, discord }: OpenCustos): void {
  host.ahead = 100 * DAY
  dates(discord, 100 * DAY)
}

function goRight({ host, discord }: OpenCustos): void {
  host.ahead = 0
  dates(discord, 0)
}

describe.concurrent('a start while the machine’s clock and the Date of every answer are 100 days ahead', () => {
  test('erases nothing, and new entries are stored', async ({ onTestFinished: atEnd }) => {
    const here = await filled(atEnd)
    const { town, actor, log, clock } = here
    const before = town.guild.log.since().length
    expect(before).toBeGreaterThan(1000)
    expect(await held(here)).toBe(before)
    await here.stopBot()
    goWrong(here)
    const tidied = clock.slept(DAY)
    await here.startBot()
    await tidied
    members.kick(actor(0), town.members[0]?.id ?? '')
    await log.waitFor(READ, 2)
    expect(await held(here)).toBe(before + 1)

    goRight(here)
    await here.restart()
    await log.waitFor(READ, 3)
    expect(await held(here)).toBe(before + 1)
    expect(messages(here)).not.toContain(RETENTION_APPLIED)
    const { message } = await here.moderator.command('audit recent')
    expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
    expect(footersOf(message)[0]).toContain('All time · Complete since')
  })

  test('and days under it removes no more than the days that passed', async ({ onTestFinished: atEnd }) => {
    const here = await filled(atEnd)
    const { town, clock } = here
    await here.stopBot()
    goWrong(here)
    const tidied = clock.slept(DAY)
    await here.startBot()
    await tidied
    for (let day = 0; day < 5; day++) await passADay(here)
    const bound = clock.now() - 60 * DAY
    const all = town.guild.log.since(clock.now() - 100 * DAY).length
    expect(await held(here)).toBeGreaterThanOrEqual(town.guild.log.since(bound + DAY).length)
    expect(await held(here)).toBeLessThan(all)
  })

  test('purges no server that the bot was just removed from', async ({ onTestFinished: atEnd }) => {
    const here = await filled(atEnd)
    const { town, discord, log, clock } = here
    const before = await held(here)
    town.guild.members.delete(town.bot.id)
    discord.gateway.announceLeave(town.guild.id, town.bot.id)
    await log.waitFor(REMOVED_FROM_GUILD)
    await here.stopBot()
    goWrong(here)
    for (let starts = 0; starts < 3; starts++) {
      const tidied = clock.slept(DAY)
      await here.startBot()
      await tidied
      await here.stopBot()
    }
    goRight(here)
    await here.startBot()
    town.guild.addMember(town.bot.user, [town.roles.custos.id], clock.now())
    discord.gateway.announceJoin(town.guild.id, town.bot.id)
    await log.waitFor(BACK)
    expect(await held(here)).toBe(before)
    expect(messages(here)).not.toContain(GUILD_PURGED)
  })
})

test.concurrent('where the clocks are right, only what is too old is removed at the start', async ({
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
  expect(await held(here)).toBe(before)
})

test.concurrent('what an earlier version erased under a clock that was ahead is read again, as far as Discord has it', async ({
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
  expect(await held(here)).toBe(town.guild.log.since(clock.now() - 60 * DAY).length)
})

test.concurrent('a single response with an odd Date changes nothing', async ({ onTestFinished: atEnd }) => {
  const here = await openCustos({ days: 5 }, atEnd)
  const { discord, clock, log, moderator, town } = here
  await log.waitFor(READ)
  for (const off of [100 * DAY, -100 * DAY, null]) {
    let answers = 0
    discord.dateHeader = (now) => (answers++ > 0 ? now : off === null ? null : now + off)
    clock.advance(HOUR)
    await log.waitFor(READ)
    const { message } = await moderator.command('audit status')
    expect(fieldOf(message, 'Clock')).toBeUndefined()
    expect(fieldOf(message, 'Holes')).toBe('none')
    expect(await held(here)).toBe(town.guild.log.since().length)
  }
})

test.concurrent('a name that came with an odd Date does not stay the newest', async ({
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
  const offered = await moderator.autocomplete('audit target', 'on', 'Renamed')
  expect(offered.map(({ value }) => value)).toContain(other.userId)
})
