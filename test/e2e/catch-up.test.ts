import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import * as messages from '../../sandbox/actions/messages.ts'
import { archiveFile } from '../support/archive-file.ts'
import { openCustos } from '../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, textOf } from '../support/read.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const READ = 'The audit log is read.'

test('a bot that comes after the fact counts everything Discord still keeps', async () => {
  const { moderator, town, clock } = await openCustos({ days: 60, perDay: 40 })
  const kept = town.guild.log.since(clock.now() - 45 * DAY)
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toBe(
    `1–10 of ${kept.length.toLocaleString('en')}, newest first · All that is known · Complete since 10 Oct 2026`,
  )
})

test('a guild that was never read says how far the reading is while a moderator waits', async () => {
  const { discord, moderator, town, clock } = await openCustos({
    days: 30,
    perDay: 40,
    prepare: (founded) => {
      founded.discord.rateLimits.routes.set('GET /guilds/:id/audit-logs', { limit: 5, window: 1500 })
    },
  })
  const seen = moderator.send('audit recent')
  const answered = seen.answered().then(() => true)
  // Every two seconds the moderator is told, once there is something to tell.
  while (!(await Promise.race([answered, sleep(20)]))) clock.advance(2000)
  const { message } = seen
  expect(textOf(message)).toMatch(/^Reading the audit log: [\d,]+ entries, back to \d+ \w+ 2026…$/)
  discord.rateLimits.routes.clear()
  await seen.until(() => textOf(message).startsWith('Audit log'))
  expect(footersOf(message)[0]).toContain(`of ${town.guild.log.since().length.toLocaleString('en')}, `)
})

test('a restart registers nothing anew and loses nothing', async () => {
  const { discord, moderator, town, actor, clock, log, stopBot, startBot } = await openCustos({
    days: 3,
    archivePath: archiveFile(),
  })
  await log.heard(READ)
  await stopBot()
  clock.advance(HOUR)
  for (let count = 0; count < 130; count++) members.kick(actor(0), town.members[count % 30]?.id ?? '')
  clock.advance(HOUR)
  const commands = [...town.bot.commands.values()]
  await startBot()
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toBe(
    `1–10 of ${town.guild.log.since().length}, newest first · All that is known · Complete since 10 Oct 2026`,
  )
  expect([...discord.world.application(town.bot.id).commands.values()]).toEqual(commands)
  expect(log.lines.findLast(({ message: line }) => line === 'The commands are registered.')?.facts).toEqual({
    changed: false,
  })
})

test('after a restart nothing that events alone had told of is taken on trust', async () => {
  const { discord, moderator, town, actor, clock, stopBot, startBot } = await openCustos({
    archivePath: archiveFile(),
    // The background reads one page and no more.
    environment: { READS_PER_MINUTE: '1' },
  })
  await moderator.command('audit recent')
  discord.gateway.losesEvent = () => true
  members.kick(actor(0), town.members[0]?.id ?? '')
  discord.gateway.losesEvent = () => false
  for (let count = 0; count < 120; count++) members.kick(actor(1), town.members[count % 30]?.id ?? '')
  await moderator.autocomplete('audit entry', 'id', '')
  await stopBot()
  clock.advance(3 * DAY)
  await startBot()
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain('of 121, ')
})

test('entries that are older than Discord keeps stay in the archive', async () => {
  const { moderator, town, actor, clock } = await openCustos({ archivePath: archiveFile() })
  members.kick(actor(0), town.members[0]?.id ?? '')
  const before = await moderator.command('audit recent')
  clock.advance(50 * DAY)
  members.kick(actor(0), town.members[1]?.id ?? '')
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual([town.guild.log.since().at(-1)?.id, ...entryIdsOf(before.message)])
})

test('while the bot was away for longer than Discord keeps, the hole is stated', async () => {
  const { moderator, town, actor, clock, log, stopBot, startBot } = await openCustos({
    archivePath: archiveFile(),
  })
  members.kick(actor(0), town.members[0]?.id ?? '')
  await moderator.command('audit recent')
  await log.heard(READ)
  await stopBot()
  clock.advance(100 * DAY)
  members.kick(actor(0), town.members[1]?.id ?? '')
  await startBot()
  const { message } = await moderator.command('audit user', { user: actor(0).actorId, since: '2026-11-01' })
  expect(fieldOf(message, 'Actions')).toBe('2')
  expect(footersOf(message)[0]).toMatch(
    /Incomplete: nothing is known from 24 Nov 2026, 1\d:\d\d UTC to 18 Jan 2027, 12:00 UTC$/,
  )
})

test('those who ask at the same time share one reading of Discord', async () => {
  const { discord, moderator, other, log, clock } = await openCustos({ days: 2 })
  await log.heard(READ)
  clock.advance(HOUR / 2)
  let reads = 0
  discord.fault = (_, path) => {
    if (path.endsWith('/audit-logs')) reads++
    return undefined
  }
  await Promise.all(
    [moderator, other, moderator, other, moderator].map((each) => each.command('audit deletes')),
  )
  expect(reads).toBeLessThanOrEqual(2)
})

test('an answer takes one reading of Discord in a guild that is followed', async () => {
  const { discord, moderator, log, clock, actor, town } = await openCustos({ days: 2 })
  await log.heard(READ)
  clock.advance(HOUR / 2)
  messages.bulkDelete(actor(0), town.channels[0] ?? '', 3)
  const reads: string[] = []
  discord.fault = (_, path) => {
    if (path.endsWith('/audit-logs')) reads.push(path)
    return undefined
  }
  await moderator.command('audit deletes')
  expect(reads).toHaveLength(1)
})
