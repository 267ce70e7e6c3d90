import { expect, onTestFinished, test, vi } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { missingAccess, unknown } from '../../../sandbox/rest/errors.ts'
import {
  AUDIT_LOG,
  always,
  apiErrorFault,
  CLOUDFLARE_JSON,
  onFirstRequest,
  type RestFault,
  rateLimitFault,
} from '../../../sandbox/rest/faults.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../../support/read.ts'

const MINUTE = 60_000
const LIMITED = 'Reading the audit log was postponed: Discord limits requests.'

/** Stops the host's time, by which rate limits are measured, until the test moves it. */
function stopTime(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24, 12) })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** Lets time pass, for the bot and for rate limits. */
function advance({ clock }: OpenCustos, milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds)
  clock.advance(milliseconds)
}

/** Makes every read of a log fail. @returns how many there were so far */
function failReads({ discord }: OpenCustos, fault: RestFault): () => number {
  let reads = 0
  discord.fault = (_, path) => {
    if (!AUDIT_LOG.test(path)) return undefined
    reads++
    return fault
  }
  return () => reads
}

test('Missing Access means that View Audit Log is missing', async () => {
  const here = await openCustos({ days: 1 })
  await here.log.waitFor(READ)
  failReads(here, apiErrorFault(missingAccess()))
  const { message } = await here.moderator.command('audit recent')
  expect(textOf(message)).toContain('**View Audit Log** permission')
})

test('a response from Cloudflare means that Discord could not be read', async () => {
  const here = await openCustos({ days: 1 })
  await here.log.waitFor(READ)
  failReads(here, CLOUDFLARE_JSON)
  const { message } = await here.moderator.command('audit recent')
  expect(textOf(message)).toContain('⚠️ Discord could not be read. This reply is as of')
  expect(textOf(message)).not.toContain('View Audit Log')
  const { message: status } = await here.moderator.command('audit status')
  expect(fieldOf(status, 'Permission')).toBe('not known: the log could not be read')
  here.discord.fault = undefined
  here.clock.advance(3000)
  const { message: again } = await here.moderator.command('audit recent')
  expect(textOf(again)).not.toContain('⚠️')
})

test('a guild that Discord does not know is not read until Discord sends it again, and replies say so', async () => {
  const here = await openCustos({ days: 1 })
  const { clock, discord, log, moderator, town } = here
  await log.waitFor(READ)
  const reads = failReads(here, apiErrorFault(unknown.guild()))
  for (let count = 0; count < 5; count++) {
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).toContain('⚠️ Discord says that Custos is not in this server. Invite it again.')
  }
  const { message: status } = await moderator.command('audit status')
  expect(fieldOf(status, 'Live')).toBe('no: Discord says that Custos is not in this server')
  for (let hours = 0; hours < 30; hours++) clock.advance(60 * MINUTE)
  await moderator.command('audit recent')
  expect(reads()).toBe(1)

  discord.fault = undefined
  members.kick(here.actor(0), town.members[0]?.id ?? '')
  discord.gateway.announceJoin(town.guild.id, town.bot.id)
  await log.waitFor(READ, 2)
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
  expect(textOf(message)).not.toContain('⚠️')
})

test('in a guild that Discord does not know and that was never read, the reply says so', async () => {
  const { moderator } = await openCustos({
    prepare: ({ discord }) => {
      discord.fault = always(AUDIT_LOG, apiErrorFault(unknown.guild()))
    },
  })
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toBe(
    'Discord says that Custos is not in this server. Invite it again, and run the command again.',
  )
})

test('a limit is reported with its end, and nothing is read before it', async () => {
  stopTime()
  const here = await openCustos({ days: 1 })
  const { clock, discord, log, moderator, town } = here
  await log.waitFor(READ)
  const wait = 600_000
  const reads = failReads(here, rateLimitFault('user', wait / 1000))
  const end = (clock.now() + wait) / 1000
  for (let count = 0; count < 5; count++) {
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).toContain(
      `⚠️ Discord limits how often Custos can read. Reading continues <t:${end}:R>. This reply is as of`,
    )
    expect(textOf(message)).not.toContain('could not be read')
  }
  members.kick(here.actor(0), town.members[0]?.id ?? '')
  advance(here, wait - 2000)
  await moderator.command('audit recent')
  expect(reads()).toBe(1)

  discord.fault = undefined
  advance(here, 4000)
  await log.waitFor(READ, 2)
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
  expect(textOf(message)).not.toContain('⚠️')
})

test('a limit where nothing was ever read is reported with its end', async () => {
  const { clock, moderator, log } = await openCustos({
    prepare: ({ discord }) => {
      discord.fault = always(AUDIT_LOG, rateLimitFault('user', 600))
    },
  })
  await log.waitFor(LIMITED)
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toBe(
    `Discord limits how often Custos can read. Reading continues <t:${clock.now() / 1000 + 600}:R>. Nothing of this server’s audit log is stored yet. Try again then.`,
  )
})

test('a short limit delays the reply, and is not reported', async () => {
  const here = await openCustos({ days: 1 })
  await here.log.waitFor(READ)
  here.discord.fault = onFirstRequest(AUDIT_LOG, rateLimitFault('user', 0.01))
  const { message } = await here.moderator.command('audit recent')
  expect(textOf(message)).not.toContain('⚠️')
})
