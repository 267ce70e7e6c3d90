import { expect, onTestFinished, test, vi } from 'vitest'
import * as members from '../../sandbox/actions/members.ts'
import { MemberClient } from '../../sandbox/member-client/member-client.ts'
import { ApiError, missingAccess, missingPermissions, unknown } from '../../sandbox/rest/errors.ts'
import {
  always,
  apiErrorFault,
  CLOUDFLARE_JSON,
  cloudflareFault,
  onFirstRequest,
  type RestFault,
  rateLimitFault,
} from '../../sandbox/rest/faults.ts'
import type { Town } from '../../sandbox/town/town.ts'
import type { Guild } from '../../sandbox/world/guild.ts'
import { type OpenCustos, openCustos } from '../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../support/read.ts'

const MINUTE = 60_000
const READ = 'The audit log is read.'
const LIMITED = 'The audit log may not be read for now: Discord limits requests.'
const AUDIT_LOG = /^\/guilds\/\d+\/audit-logs$/

/** Lets the computer's time, which rates go by, pass only when the test says so. */
function stopTime(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 24, 12) })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** Lets time pass, for the bot and for the clients that obey rates. */
function advance({ clock }: OpenCustos, milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds)
  clock.advance(milliseconds)
}

/** Another guild with the bot, which nothing was ever done in. */
function neighbour({ discord, bot, moderators, roles }: Town, name: string): Guild {
  const { world } = discord
  const guild = world.addGuild(name, moderators[0]?.id ?? '')
  guild.roles.set(roles.custos.id, roles.custos)
  guild.addMember(bot.user, [roles.custos.id], world.now())
  for (const user of moderators) guild.addMember(user, [], world.now())
  return guild
}

/** Lets a trouble befall every reading, and gives how many there were. */
function troubleReadings({ discord }: OpenCustos, trouble: RestFault): () => number {
  let readings = 0
  discord.fault = (_, path) => {
    if (!AUDIT_LOG.test(path)) return undefined
    readings++
    return trouble
  }
  return () => readings
}

test.each([
  ['Missing Access', missingAccess()],
  ['Missing Permissions', missingPermissions()],
])('%s means that View Audit Log is missing', async (_, error) => {
  const here = await openCustos({ days: 1 })
  await here.log.heard(READ)
  troubleReadings(here, apiErrorFault(error))
  const { message } = await here.moderator.command('audit recent')
  expect(textOf(message)).toContain('**View Audit Log** permission')
})

test.each([
  ['Cloudflare’s 40333', CLOUDFLARE_JSON],
  ['a page of Cloudflare’s', cloudflareFault(403, 1020)],
  ['a page of Cloudflare’s that bans the address', cloudflareFault(403, 1015)],
  ['a 403 of no kind', apiErrorFault(new ApiError(403, 0, '403: Forbidden'))],
  ['a 403 that asks for two factors', apiErrorFault(new ApiError(403, 60003, 'Two factor is required'))],
  [
    'JSON in the clothes of HTML',
    { status: 403, body: '{"code": 50013}', headers: { 'Content-Type': 'text/html' } },
  ],
  ['a page instead of a 500', cloudflareFault(500, 520)],
  ['an overload', apiErrorFault(new ApiError(503, 130000, 'API resource is currently overloaded'))],
  ['a 404 of another kind', apiErrorFault(unknown.channel())],
] as const)('%s does not: Discord could not be read', async (_, trouble) => {
  const here = await openCustos({ days: 1 })
  await here.log.heard(READ)
  troubleReadings(here, trouble)
  const { message } = await here.moderator.command('audit recent')
  expect(textOf(message)).toContain('⚠️ Discord could not be read. This is what I knew at')
  expect(textOf(message)).not.toContain('View Audit Log')
  const { message: status } = await here.moderator.command('audit status')
  expect(fieldOf(status, 'Permission')).toBe('not known: the last reading failed')
  here.discord.fault = undefined
  here.clock.advance(3000)
  const { message: again } = await here.moderator.command('audit recent')
  expect(textOf(again)).not.toContain('⚠️')
})

test('a guild that Discord does not know is left alone until it comes back, and who asks there is told', async () => {
  const here = await openCustos({ days: 1 })
  const { clock, discord, log, moderator, town } = here
  await log.heard(READ)
  const readings = troubleReadings(here, apiErrorFault(unknown.guild()))
  for (let count = 0; count < 5; count++) {
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).toContain('⚠️ Discord says that I am not in this server. Invite me again.')
  }
  const { message: status } = await moderator.command('audit status')
  expect(fieldOf(status, 'Live')).toBe('no: Discord says that I am not in this server')
  for (let hours = 0; hours < 30; hours++) clock.advance(60 * MINUTE)
  await moderator.command('audit recent')
  expect(readings()).toBe(1)

  discord.fault = undefined
  members.kick(here.actor(0), town.members[0]?.id ?? '')
  discord.gateway.announceJoin(town.guild.id, town.bot.id)
  await log.heard(READ, 2)
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
  expect(textOf(message)).not.toContain('⚠️')
})

test('where nothing was ever read, a guild that Discord does not know gets a plain sentence', async () => {
  const { moderator } = await openCustos({
    prepare: ({ discord }) => {
      discord.fault = always(AUDIT_LOG, apiErrorFault(unknown.guild()))
    },
  })
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toBe('Discord says that I am not in this server. Invite me again, and ask again.')
})

test.each([
  ['for the route', rateLimitFault('user', 600), 600_000],
  ['for the guild, whoever asks', rateLimitFault('shared', 600), 600_000],
  ['for all the bot does', rateLimitFault('global', 600), 600_000],
  ['by Cloudflare', cloudflareFault(429, 1015, 600), 600_000],
  ['by Cloudflare, which does not say for how long', cloudflareFault(429, 1015), MINUTE],
] as const)('a limit %s is told with its end, and nothing is read before it', async (_, trouble, wait) => {
  stopTime()
  const here = await openCustos({ days: 1 })
  const { clock, discord, log, moderator, town } = here
  await log.heard(READ)
  const readings = troubleReadings(here, trouble)
  const end = (clock.now() + wait) / 1000
  for (let count = 0; count < 5; count++) {
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).toContain(`⚠️ Discord lets me read again <t:${end}:R>. This is what I knew at`)
    expect(textOf(message)).not.toContain('could not be read')
  }
  members.kick(here.actor(0), town.members[0]?.id ?? '')
  advance(here, wait - 2000)
  await moderator.command('audit recent')
  expect(readings()).toBe(1)

  discord.fault = undefined
  advance(here, 4000)
  await log.heard(READ, 2)
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
  expect(textOf(message)).not.toContain('⚠️')
})

test('a limit where nothing was ever read is told with its end', async () => {
  const { clock, moderator, log } = await openCustos({
    prepare: ({ discord }) => {
      discord.fault = always(AUDIT_LOG, rateLimitFault('user', 600))
    },
  })
  await log.heard(LIMITED)
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toBe(
    `Discord lets me read again <t:${clock.now() / 1000 + 600}:R>, and I know nothing of this server yet. Ask again then.`,
  )
})

test('a short limit is waited for, and not told', async () => {
  const here = await openCustos({ days: 1 })
  await here.log.heard(READ)
  here.discord.fault = onFirstRequest(AUDIT_LOG, rateLimitFault('user', 0.01))
  const { message } = await here.moderator.command('audit recent')
  expect(textOf(message)).not.toContain('⚠️')
})

test('200 servers are answered while a global limit of ten minutes stands on readings', async () => {
  const neighbours: Guild[] = []
  const here = await openCustos({
    // The start leaves them unread.
    environment: { READS_PER_MINUTE: '1' },
    prepare: (town) => {
      for (let count = 0; count < 200; count++) neighbours.push(neighbour(town, `Guild ${count}`))
    },
  })
  const { clock, discord, moderator, town } = here
  const readings = troubleReadings(here, rateLimitFault('global', 600))
  await moderator.command('audit recent')
  const answers = neighbours.map((guild) => {
    const context = { guild, channelId: town.channels[0] ?? '', applicationId: town.bot.id }
    return new MemberClient(discord, moderator.userId, context).command('audit recent')
  })
  const said = (await Promise.all(answers)).map(({ message, timings }) => [textOf(message), timings])
  const sentence =
    `Discord lets me read again <t:${clock.now() / 1000 + 600}:R>, and I know nothing of this server yet. ` +
    'Ask again then.'
  expect(said).toEqual(neighbours.map(() => [sentence, { firstResponse: 0, answer: 0 }]))
  expect(readings()).toBe(1)
})
