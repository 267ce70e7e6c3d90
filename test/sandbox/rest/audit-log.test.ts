import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as threads from '../../../sandbox/actions/threads.ts'
import { type OpenDiscord, openDiscord } from '../../support/open-discord.ts'
import { invalidForm } from '../../support/sandbox/form-errors.ts'
import { type Answer, idsIn, listIn, RestClient } from '../../support/sandbox/rest-client.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** Kicks members a minute apart, by three moderators in rotation. Returns the ids of the entries, oldest first. */
function kickEveryMinute({ clock, actor, town }: OpenDiscord, count: number): string[] {
  for (let index = 0; index < count; index++) {
    members.kick(actor(index % 3), town.members[index % 5]?.id ?? '')
    clock.advance(MINUTE)
  }
  return town.guild.log
    .since()
    .slice(-count)
    .map(({ id }) => id)
}

function readLog({ rest, town }: OpenDiscord, query: Record<string, string | number> = {}): Promise<Answer> {
  const parameters = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))
  return rest.get(`/guilds/${town.guild.id}/audit-logs?${parameters}`)
}

async function idsFor(here: OpenDiscord, query: Record<string, string | number> = {}): Promise<string[]> {
  return idsIn(await readLog(here, query), 'audit_log_entries')
}

test('an entry is returned with all fields and the users it refers to', async () => {
  const here = await openDiscord()
  const { town } = here
  const [alice, marble] = [town.moderators[0], town.members[0]]
  members.kick(here.actor(0), marble?.id ?? '', 'Asked to stop three times')
  const { status, body } = await readLog(here)
  expect(status).toBe(200)
  expect(body).toEqual({
    audit_log_entries: [
      {
        id: town.guild.log.since()[0]?.id,
        user_id: alice?.id,
        target_id: marble?.id,
        action_type: 20,
        reason: 'Asked to stop three times',
      },
    ],
    users: [alice, marble],
    integrations: [],
    webhooks: [],
    guild_scheduled_events: [],
    threads: [],
    application_commands: [],
    auto_moderation_rules: [],
  })
})

test('an empty log returns an empty page', async () => {
  const { body } = await readLog(await openDiscord())
  expect(body).toMatchObject({ audit_log_entries: [], users: [], threads: [] })
})

test('without parameters the newest 50 entries are returned, newest first', async () => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 60)
  expect(await idsFor(here)).toEqual(ids.slice(-50).reverse())
})

test.each([1, 7, 100])('limit %i returns that many entries', async (limit) => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 120)
  expect(await idsFor(here, { limit })).toEqual(ids.slice(-limit).reverse())
})

test('before returns older entries, newest first, without the given one', async () => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 20)
  expect(await idsFor(here, { before: ids[10] ?? '', limit: 4 })).toEqual(ids.slice(6, 10).reverse())
})

test('after returns newer entries, oldest first, without the given one', async () => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 20)
  expect(await idsFor(here, { after: ids[10] ?? '', limit: 4 })).toEqual(ids.slice(11, 15))
})

test('after=0 starts at the oldest entry', async () => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 60)
  expect(await idsFor(here, { after: 0 })).toEqual(ids.slice(0, 50))
})

test('before and after accept ids of no entry', async () => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 5)
  const between = String(BigInt(ids[2] ?? '') + 1n)
  expect(await idsFor(here, { before: between })).toEqual(ids.slice(0, 3).reverse())
  expect(await idsFor(here, { after: between })).toEqual(ids.slice(3))
})

test('with both, after is ignored', async () => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 10)
  expect(await idsFor(here, { before: ids[8] ?? '', after: ids[5] ?? '' })).toEqual(ids.slice(0, 8).reverse())
})

test('an empty range returns no entries', async () => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 5)
  expect(await idsFor(here, { before: ids[0] ?? '' })).toEqual([])
  expect(await idsFor(here, { after: ids[4] ?? '' })).toEqual([])
})

test.each([
  ['back', 'before'],
  ['forth', 'after'],
] as const)('page by page %s, every entry is read once', async (_, bound) => {
  const here = await openDiscord()
  const ids = kickEveryMinute(here, 43)
  const read: string[] = []
  let page = await idsFor(here, bound === 'before' ? { limit: 10 } : { after: 0, limit: 10 })
  while (page.length > 0) {
    read.push(...page)
    page = await idsFor(here, { [bound]: page.at(-1) ?? '', limit: 10 })
  }
  expect(read).toEqual(bound === 'before' ? ids.toReversed() : ids)
})

/** Two kicks and a ban by Alice, and a kick by Bruno. Alice's last kick has the same target as Bruno's. */
function fourEntries({ clock, actor, town }: OpenDiscord) {
  const [marble = '', quill = ''] = town.members.map(({ id }) => id)
  members.kick(actor(0), marble)
  clock.advance(MINUTE)
  members.kick(actor(1), quill)
  clock.advance(MINUTE)
  members.ban(actor(0), marble)
  clock.advance(MINUTE)
  members.kick(actor(0), quill)
  const [first = '', second = '', third = '', fourth = ''] = town.guild.log.since().map(({ id }) => id)
  return { ids: { first, second, third, fourth }, alice: actor(0).actorId, bruno: actor(1).actorId, quill }
}

test('user_id filters by executor, not by target', async () => {
  const here = await openDiscord()
  const { ids, alice, bruno, quill } = fourEntries(here)
  expect(await idsFor(here, { user_id: alice })).toEqual([ids.fourth, ids.third, ids.first])
  expect(await idsFor(here, { user_id: bruno })).toEqual([ids.second])
  expect(await idsFor(here, { user_id: quill })).toEqual([])
})

test('target_id filters by target', async () => {
  const here = await openDiscord()
  const { ids, alice, quill } = fourEntries(here)
  expect(await idsFor(here, { target_id: quill })).toEqual([ids.fourth, ids.second])
  expect(await idsFor(here, { target_id: alice })).toEqual([])
})

test('action_type filters by action type', async () => {
  const here = await openDiscord()
  const { ids } = fourEntries(here)
  expect(await idsFor(here, { action_type: 22 })).toEqual([ids.third])
  expect(await idsFor(here, { action_type: 72 })).toEqual([])
})

test('filters and ranges can be combined', async () => {
  const here = await openDiscord()
  const { ids, alice } = fourEntries(here)
  expect(await idsFor(here, { user_id: alice, action_type: 20 })).toEqual([ids.fourth, ids.first])
  expect(await idsFor(here, { user_id: alice, after: ids.first })).toEqual([ids.third, ids.fourth])
  expect(await idsFor(here, { user_id: alice, limit: 1, before: ids.fourth })).toEqual([ids.third])
})

test.each([
  ['limit', '0', 'NUMBER_TYPE_MIN', 'int value should be greater than or equal to 1.'],
  ['limit', '-5', 'NUMBER_TYPE_MIN', 'int value should be greater than or equal to 1.'],
  ['limit', '101', 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 100.'],
  ['limit', '1.5', 'NUMBER_TYPE_COERCE', 'Value "1.5" is not int.'],
  ['limit', 'all', 'NUMBER_TYPE_COERCE', 'Value "all" is not int.'],
  ['limit', '', 'NUMBER_TYPE_COERCE', 'Value "" is not int.'],
  ['action_type', 'kick', 'NUMBER_TYPE_COERCE', 'Value "kick" is not int.'],
  ['user_id', 'alice', 'NUMBER_TYPE_COERCE', 'Value "alice" is not snowflake.'],
  ['target_id', '@me', 'NUMBER_TYPE_COERCE', 'Value "@me" is not snowflake.'],
  ['before', 'now', 'NUMBER_TYPE_COERCE', 'Value "now" is not snowflake.'],
  ['after', '-1', 'NUMBER_TYPE_COERCE', 'Value "-1" is not snowflake.'],
])('%s=%s is rejected with the parameter and the reason', async (key, value, code, message) => {
  const { status, body } = await readLog(await openDiscord(), { [key]: value })
  expect(status).toBe(400)
  expect(body).toEqual(invalidForm(key, [code, message]))
})

test('all errors of a query are reported together', async () => {
  const { body } = await readLog(await openDiscord(), { limit: 0, before: 'now' })
  expect(body).toEqual({
    message: 'Invalid Form Body',
    code: 50035,
    errors: {
      limit: {
        _errors: [{ code: 'NUMBER_TYPE_MIN', message: 'int value should be greater than or equal to 1.' }],
      },
      before: { _errors: [{ code: 'NUMBER_TYPE_COERCE', message: 'Value "now" is not snowflake.' }] },
    },
  })
})

test.each([
  ['45 days by default', {}, 45],
  ['the configured number of days', { retentionDays: 3 }, 3],
])('an entry is stored for %s, to the millisecond', async (_, options, days) => {
  const here = await openDiscord(options)
  const [first = '', second = ''] = kickEveryMinute(here, 2)
  here.clock.advance(days * DAY - 2 * MINUTE)
  expect(await idsFor(here)).toEqual([second, first])
  here.clock.advance(1)
  expect(await idsFor(here)).toEqual([second])
  expect(await idsFor(here, { after: 0 })).toEqual([second])
  expect(await idsFor(here, { before: second })).toEqual([])
  here.clock.advance(MINUTE)
  expect(await idsFor(here)).toEqual([])
})

test('executors and targets are listed once each, without unknown users', async () => {
  const here = await openDiscord()
  const { actor, town } = here
  const [marble, quill] = town.members
  members.kick(actor(0), marble?.id ?? '')
  members.kick(actor(0), quill?.id ?? '')
  members.kick(actor(1), marble?.id ?? '')
  members.kick(actor(1), '111111111111111111')
  members.bulkBan(actor(2), [quill?.id ?? ''])
  const users = idsIn(await readLog(here), 'users')
  const [alice, bruno] = town.moderators
  expect(users.toSorted()).toEqual([alice?.id, bruno?.id, marble?.id, quill?.id].toSorted())
})

test('a page lists only users of its own entries', async () => {
  const here = await openDiscord()
  kickEveryMinute(here, 3)
  const { town } = here
  expect(idsIn(await readLog(here, { limit: 1 }), 'users')).toEqual([
    town.moderators[2]?.id,
    town.members[2]?.id,
  ])
})

test('existing threads are listed once each, with all fields', async () => {
  const here = await openDiscord()
  const { actor, town } = here
  const [general = ''] = town.channels
  const kept = threads.createThread(actor(0), general, 'Chapter 1')
  const gone = threads.createThread(actor(0), general, 'Chapter 2')
  threads.archiveThread(actor(0), kept.id)
  threads.deleteThread(actor(0), gone.id)
  const returned = listIn(await readLog(here), 'threads')
  expect(returned).toEqual([
    { ...kept, thread_metadata: { ...kept.thread_metadata, archived: true, locked: true } },
  ])
})

test('a merged entry is returned with its current count at its old position', async () => {
  const here = await openDiscord()
  const { clock, actor, town } = here
  const [general = ''] = town.channels
  const [marble, quill] = town.members
  messages.deleteMessage(actor(0), general, marble?.id ?? '')
  clock.advance(MINUTE)
  members.kick(actor(0), quill?.id ?? '')
  clock.advance(MINUTE)
  messages.deleteMessage(actor(0), general, marble?.id ?? '')
  const [newest, grown] = listIn(await readLog(here), 'audit_log_entries')
  expect(newest).toMatchObject({ action_type: 20 })
  expect(grown).toMatchObject({ action_type: 72, options: { channel_id: general, count: '2' } })
})

test('without View Audit Log the answer is 50013', async () => {
  const here = await openDiscord()
  const { guild, roles } = here.town
  guild.roles.set(roles.custos.id, { ...roles.custos, permissions: '0' })
  const { status, body } = await readLog(here)
  expect(status).toBe(403)
  expect(body).toEqual({ message: 'Missing Permissions', code: 50013 })
})

test('for an unknown guild, or one without the bot, the answer is 10004', async () => {
  const here = await openDiscord()
  here.town.guild.members.delete(here.town.bot.id)
  const unknown = { message: 'Unknown Guild', code: 10004 }
  expect(await readLog(here)).toMatchObject({ status: 404, body: unknown })
  expect(await here.rest.get('/guilds/111111111111111111/audit-logs')).toMatchObject({
    status: 404,
    body: unknown,
  })
})

test.each([
  ['no token', undefined],
  ['a token nobody has', 'guessed'],
])('with %s the answer is 401', async (_, token) => {
  const { discord, town } = await openDiscord()
  const { status, body } = await new RestClient(discord.api, token).get(`/guilds/${town.guild.id}/audit-logs`)
  expect(status).toBe(401)
  expect(body).toEqual({ message: '401: Unauthorized', code: 0 })
})

test('an entry that is added late is sorted by its id', async () => {
  const here = await openDiscord()
  const { clock, discord, town } = here
  const lateId = discord.world.newId(clock.now() + 30_000)
  const [first = '', second = ''] = kickEveryMinute(here, 2)
  discord.world.log(town.guild, { id: lateId, user_id: null, target_id: null, action_type: 21 })
  expect(await idsFor(here)).toEqual([second, lateId, first])
  expect(await idsFor(here, { after: first })).toEqual([lateId, second])
})

test('entries since a time are exact to the millisecond', async () => {
  const here = await openDiscord()
  const start = here.clock.now()
  const [first, second] = kickEveryMinute(here, 2)
  const since = (time: number) => here.town.guild.log.since(time).map(({ id }) => id)
  expect(since(start)).toEqual([first, second])
  expect(since(start + 1)).toEqual([second])
})

test('a guild’s log contains only its own entries', async () => {
  const here = await openDiscord()
  const { discord, actor, town } = here
  const other = discord.world.addGuild('Next door', town.moderators[0]?.id ?? '')
  const ids = kickEveryMinute(here, 2)
  members.kick({ ...actor(0), guild: other }, town.members[4]?.id ?? '')
  expect(await idsFor(here)).toEqual(ids.toReversed())
})
