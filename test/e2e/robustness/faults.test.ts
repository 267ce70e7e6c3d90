import { DatabaseSync } from 'node:sqlite'
import { expect, test, vi } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { READ, READ_FAILED } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, numberIn, textOf } from '../../support/read.ts'

const MINUTE = 60_000

/** How long a reply waits for Discord if the archive already covers the window, in milliseconds. */
const PATIENCE = 3000

/** How long it waits at first, because the gateway has sent every entry. */
const LIVE_PATIENCE = 400

function revoke({ town }: Pick<OpenCustos, 'town'>): void {
  const { guild, roles } = town
  guild.roles.set(roles.custos.id, { ...roles.custos, permissions: '0' })
}

test('without View Audit Log the reply says which permission is missing and where to grant it', async () => {
  const { moderator } = await openCustos({ days: 3, prepare: (town) => revoke({ town }) })
  const reply = await moderator.command('audit recent')
  expect(textOf(reply.message)).toBe(
    'Custos cannot read this server’s audit log. Give its role the **View Audit Log** permission, under ' +
      'Server Settings → Roles, and run the command again.',
  )
})

test('after the permission is revoked, the reply comes from the archive and says as of when', async () => {
  const here = await openCustos({ days: 3 })
  const before = await here.moderator.command('audit recent')
  const readAt = here.clock.now() / 1000
  here.clock.advance(30 * MINUTE)
  revoke(here)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)).toEqual(entryIdsOf(before.message))
  expect(textOf(message)).toContain('**View Audit Log** permission')
  expect(textOf(message)).toContain(`This reply is as of <t:${readAt}:f>.`)
})

test.each([
  ['500', { status: 500 }],
  ['502 with a page of HTML', { status: 502, body: '<html>Bad gateway</html>' }],
  ['200 with something that is no audit log', { status: 200, body: '<html>Welcome</html>' }],
] as const)('when Discord answers %s, the reply comes from the archive and says so', async (_, answer) => {
  const { discord, moderator, town, clock, actor } = await openCustos({ days: 3 })
  await moderator.command('audit recent')
  const readAt = clock.now() / 1000
  clock.advance(MINUTE)
  discord.fault = always(AUDIT_LOG, answer)
  const { message } = await moderator.command('audit user', { user: actor(0).actorId })
  const known = town.guild.log.since().filter(({ user_id }) => user_id === actor(0).actorId)
  expect(numberIn(fieldOf(message, 'Actions'))).toBe(known.length)
  expect(textOf(message)).toContain(`Discord could not be read. This reply is as of <t:${readAt}:f>.`)
})

test('a response that is not an audit log is not taken for an empty one', async () => {
  const { discord, moderator, town, log } = await openCustos({
    days: 3,
    prepare: (town) => {
      town.discord.fault = always(AUDIT_LOG, { status: 200, body: 'null' })
    },
  })
  await log.waitFor(READ_FAILED)
  discord.fault = undefined
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)).toHaveLength(10)
  expect(textOf(message)).toContain(`of ${town.guild.log.since().length}, newest first`)
})

test('when Discord does not respond, a reply waits three seconds and no longer', async () => {
  const { discord, moderator, clock } = await openCustos({ days: 3 })
  await moderator.command('audit recent')
  discord.fault = always(AUDIT_LOG, 'silence')
  const reply = moderator.send('audit recent')
  await clock.sleepThrough(LIVE_PATIENCE)
  await clock.sleepThrough(PATIENCE - LIVE_PATIENCE)
  const { message, timings } = await reply.answered()
  expect(textOf(message)).toContain('Discord could not be read.')
  expect(timings).toEqual({ firstResponse: 0, answer: PATIENCE })
})

test('when Discord rate-limits reads, the reply comes from the archive and says until when', async () => {
  const { discord, moderator } = await openCustos({ days: 3 })
  await moderator.command('audit recent')
  discord.rateLimits.routes.set('GET /guilds/:id/audit-logs', { limit: 0, window: 60_000 })
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toMatch(
    /⚠️ Discord limits how often Custos can read\. Reading continues <t:\d+:R>\. This reply is as of/,
  )
  expect(entryIdsOf(message)).toHaveLength(10)
})

test('a guild whose log was never read gets an error while Discord is down, and its reply afterwards', async () => {
  const { discord, moderator, town } = await openCustos({
    days: 3,
    prepare: (town) => {
      town.discord.fault = always(AUDIT_LOG, { status: 503 })
    },
  })
  const down = await moderator.command('audit recent', { public: true })
  expect(textOf(down.message)).toBe(
    'Discord could not be read. Nothing of this server’s audit log is stored yet. Try again in a minute.',
  )
  expect(down.ephemeral).toBe(true)
  discord.fault = undefined
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain(`1–10 of ${town.guild.log.since().length}`)
})

test('a reply that fails is logged with an id, and the user is shown that id', async () => {
  const archivePath = archiveFile()
  const { moderator, log } = await openCustos({ days: 1, archiveUrl: `sqlite:${archivePath}` })
  await log.waitFor(READ)
  const database = new DatabaseSync(archivePath)
  // What follows a first read, such as maintenance, may still be writing.
  await vi.waitFor(() => database.exec('DROP TABLE entry'), { timeout: 10_000 })
  database.close()
  const { message } = await moderator.command('audit recent', { public: true })
  const request =
    /^Something went wrong in Custos\. Try again\. If it happens again, send the operator this incident id: `(\w+)`\.$/.exec(
      textOf(message),
    )?.[1]
  expect(message.ephemeralTo).toBe(moderator.userId)
  expect(log.lines.find(({ message: line }) => line === 'Answering an interaction failed.')).toMatchObject({
    level: 'error',
    facts: { request, command: 'audit recent', err: { message: 'no such table: entry' } },
  })
})

test('an entry is in the reply even if its event was lost', async () => {
  const { discord, moderator, town, actor, clock } = await openCustos({ days: 1 })
  await moderator.command('audit recent')
  clock.advance(MINUTE)
  discord.gateway.losesEvent = () => true
  members.kick(actor(0), town.members[0]?.id ?? '')
  const { message } = await moderator.command('audit recent')
  expect(entryIdsOf(message)[0]).toBe(town.guild.log.since().at(-1)?.id)
})
