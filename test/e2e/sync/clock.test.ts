import { describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { archiveUrl } from '../../support/archive/archive-url.ts'
import { isDelete, messagesIn } from '../../support/entries/truth.ts'
import { READ, RETENTION_APPLIED } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, numberIn } from '../../support/read.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const OFF = 'The host’s clock is wrong. Discord’s time is used instead.'

const OFFSETS = [72 * HOUR, -72 * HOUR]

describe.concurrent('with the host’s clock off', () => {
  test.for(OFFSETS)(
    'by %i ms, nothing is lost or called complete too soon',
    async (hostAhead, { onTestFinished }) => {
      const here = await openCustos({ days: 5, perDay: 40, hostAhead }, onTestFinished)
      const { clock, discord, town, actor, moderator, log } = here
      await log.waitFor(READ)
      // More than a page of entries without events.
      discord.gateway.losesEvent = () => true
      clock.advance(HOUR / 2)
      for (let count = 0; count < 250; count++) members.kick(actor(0), town.members[count % 30]?.id ?? '')
      discord.gateway.losesEvent = () => false
      discord.gateway.invalidate()
      // After the first read, and the one that was due meanwhile.
      await log.waitFor(READ, 3)
      const { message } = await moderator.command('audit recent')
      const all = town.guild.log.since()
      expect(footersOf(message)[0]).toContain(`of ${all.length}, newest first · All time · Complete since`)
      expect(entryIdsOf(message)[0]).toBe(all.at(-1)?.id)
    },
  )

  test.for(OFFSETS)('by %i ms, 24h means the last 24 hours', async (hostAhead, { onTestFinished }) => {
    const { clock, town, moderator } = await openCustos({ days: 5, perDay: 40, hostAhead }, onTestFinished)
    const { message } = await moderator.command('audit deletes', { since: '24h' })
    const deletes = town.guild.log.since(clock.now() - DAY).filter(isDelete)
    expect(numberIn(fieldOf(message, 'Messages deleted'))).toBe(messagesIn(deletes))
    expect(footersOf(message)[0]).toContain('Complete since')
  })
})

test('an id newer than a slow host’s clock is accepted', async () => {
  const { town, actor, moderator, log } = await openCustos({ hostAhead: -2 * MINUTE })
  await log.waitFor(READ)
  messages.bulkDelete(actor(0), town.channels[0] ?? '', 3)
  messages.bulkDelete(actor(0), town.channels[0] ?? '', 4)
  const [first] = town.guild.log.since()
  const { message } = await moderator.command('audit deletes', { since: first?.id ?? '' })
  expect(numberIn(fieldOf(message, 'Messages deleted'))).toBe(4)
})

test('retention deletes nothing because of the host’s clock', async () => {
  const { moderator, log, restart } = await openCustos({
    days: 5,
    hostAhead: 400 * DAY,
    archiveUrl: await archiveUrl(),
    environment: { RETENTION_DAYS: '60' },
  })
  await log.waitFor(READ)
  const before = fieldOf((await moderator.command('audit status')).message, 'Entries held')
  await restart()
  const after = fieldOf((await moderator.command('audit status')).message, 'Entries held')
  expect(numberIn(before)).toBeGreaterThan(0)
  expect(after).toBe(before)
  expect(log.lines.map(({ message }) => message)).not.toContain(RETENTION_APPLIED)
})

test('a wrong clock is reported in the status and in the log', async () => {
  const { moderator, log } = await openCustos({ hostAhead: 9 * HOUR })
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Clock')).toBe(
    'The clock of the machine that Custos runs on is 9 hours ahead. Custos uses Discord’s time instead.',
  )
  const warnings = log.lines.filter((line) => line.message === OFF)
  expect(warnings).toEqual([{ level: 'warn', facts: { aheadBySeconds: 9 * 3600 }, message: OFF }])
})

test('a correct clock is not mentioned', async () => {
  const { moderator, log } = await openCustos()
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Clock')).toBeUndefined()
  expect(log.lines.map((line) => line.message)).not.toContain(OFF)
})
