import { REST } from 'discord.js'
import { expect, onTestFinished, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { createAuditLogSource } from '../../../src/discord/rest/audit-log.ts'
import { createLogClients } from '../../../src/discord/rest/log-clients.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { LogUnavailable } from '../../../src/sync/audit-log-source.ts'
import { HostClock } from '../../support/manual-clock.ts'
import { openDiscord, TOKEN } from '../../support/open-discord.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const HOUR = 3_600_000

/** How long a page may take. */
const PAGE_TIMEOUT = 20_000

/** The log of a guild, read by a host whose clock is nine hours ahead of Discord's. */
async function openSource() {
  const here = await openDiscord()
  const { clock, discord, town, actor } = here
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const rateLimits = new RateLimits(clock)
  const rest = new REST({ api: discord.api, retries: 0, rejectOnRateLimit: rateLimits.rejects })
  rest.setToken(TOKEN)
  const source = createAuditLogSource({
    restFor: createLogClients({ rest, api: discord.api, token: TOKEN, rateLimits }),
    rateLimits,
    clock: new HostClock(clock, 9 * HOUR),
    log: new RecordedLog(),
    signal: stopping.signal,
  })
  const kick = (times: number) => {
    for (let count = 0; count < times; count++) members.kick(actor(0), town.members[count % 30]?.id ?? '')
  }
  const ids = () => town.guild.log.since().map(({ id }) => id)
  return { ...here, source, kick, ids, guildId: town.guild.id }
}

test('a page has the time of Discord’s clock in whole seconds, not that of the host’s', async () => {
  const { clock, source, guildId } = await openSource()
  clock.advance(1700)
  expect((await source.read(guildId)).at).toBe(clock.now() - 700)
})

test('a page has the newest entries, newest first, or those before one of them', async () => {
  const { source, kick, ids, guildId } = await openSource()
  kick(130)
  const all = ids().reverse()
  const first = await source.read(guildId)
  expect(first.entries.map(({ id }) => id)).toEqual(all.slice(0, 100))
  expect(first.ends).toEqual({ newest: all[0], oldest: all[99] })
  const second = await source.read(guildId, { before: first.ends?.oldest ?? '0' })
  expect(second.entries.map(({ id }) => id)).toEqual(all.slice(100))
})

test('a page of one action type has only its entries, and does not wait for another page', async () => {
  const { discord, source, kick, guildId, town, actor } = await openSource()
  kick(130)
  members.ban(actor(0), town.members[0]?.id ?? '')
  let requests = 0
  discord.fault = () => (requests++ === 0 ? 'silence' : undefined)
  source.read(guildId).catch(() => {})
  await expect.poll(() => requests).toBe(1)
  const { entries, isShort } = await source.read(guildId, { actionType: 22 })
  expect([entries.map(({ kind }) => kind), isShort]).toEqual([[22], true])
})

test('a page is short if Discord has nothing older', async () => {
  const { source, kick, guildId } = await openSource()
  kick(99)
  expect((await source.read(guildId)).isShort).toBe(true)
  kick(1)
  expect((await source.read(guildId)).isShort).toBe(false)
})

test('a page before the oldest entry is empty, even if Discord returns the newest entries', async () => {
  const { discord, source, kick, ids, guildId } = await openSource()
  kick(3)
  const [oldest] = ids()
  const page = await source.read(guildId, { before: oldest ?? '0' })
  expect([page.entries, page.ends]).toEqual([[], undefined])
  const audit_log_entries = ids().map((id) => ({ id, action_type: 20, user_id: '7', target_id: '8' }))
  discord.fault = () => ({ status: 200, body: JSON.stringify({ audit_log_entries }) })
  const wrong = await source.read(guildId, { before: oldest ?? '0' })
  expect([wrong.entries, wrong.ends]).toEqual([[], undefined])
})

test('an entry without an action type is skipped, but counts for where the page ends', async () => {
  const { discord, source, guildId } = await openSource()
  const audit_log_entries = [
    { id: '300', action_type: null, user_id: '7' },
    { id: '200', action_type: 20, user_id: '7', target_id: '8' },
    { id: '100', action_type: null, user_id: '7' },
  ]
  discord.fault = () => ({ status: 200, body: JSON.stringify({ audit_log_entries }) })
  const page = await source.read(guildId)
  expect(page.entries.map(({ id }) => id)).toEqual(['200'])
  expect(page.ends).toEqual({ newest: '300', oldest: '100' })
})

test('an id older than the guild does not say how far a page reaches', async () => {
  const { discord, source, kick, ids, guildId } = await openSource()
  kick(3)
  const entries = ['1', ...ids()].map((id) => ({ id, action_type: 20, user_id: '7', target_id: '8' }))
  discord.fault = () => ({ status: 200, body: JSON.stringify({ audit_log_entries: entries.toReversed() }) })
  const page = await source.read(guildId)
  expect(page.ends).toEqual({ newest: ids().at(-1), oldest: ids()[0] })
  expect(page.entries).toHaveLength(4)
})

test('the oldest entry of the log is found, if there is one', async () => {
  const { source, kick, ids, guildId } = await openSource()
  expect(await source.oldest(guildId)).toBeUndefined()
  kick(3)
  expect(await source.oldest(guildId)).toBe(ids()[0])
})

test.each([
  ['403', { status: 403, body: '{"message":"Missing Permissions","code":50013}' }, 'forbidden'],
  ['401', { status: 401, body: '{"message":"401: Unauthorized","code":0}' }, 'unauthorized'],
  ['500', { status: 500 }, 'unreadable'],
  ['200 without an audit log', { status: 200, body: '{"entries":[]}' }, 'unreadable'],
] as const)('a response of %s is not a log', async (_, answer, reason) => {
  const { discord, source, guildId } = await openSource()
  discord.fault = () => answer
  const failure = await source.read(guildId).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(LogUnavailable)
  expect(failure).toMatchObject({ reason })
})

test('a log without a response within twenty seconds is unreadable', async () => {
  const { clock, discord, source, guildId } = await openSource()
  discord.fault = () => 'silence'
  const asleep = clock.slept(PAGE_TIMEOUT)
  const page = source.read(guildId)
  await asleep
  clock.advance(PAGE_TIMEOUT)
  await expect(page).rejects.toMatchObject({ name: 'LogUnavailable', reason: 'unreadable' })
})

test('invalid parts of a page do not prevent the rest from being read', async () => {
  const { discord, source, guildId } = await openSource()
  const entry = { id: '1564393200418818188', action_type: 20, user_id: '7', target_id: '8' }
  const user = { id: '7', username: 'ada', global_name: { first: 'Ada' }, bot: 'no' }
  const odd: readonly unknown[] = [null, 'odd', 7, {}, [null], [{}], [{ id: null, name: null }], [[[]]]]
  for (const part of odd) {
    const lists = ['threads', 'webhooks', 'integrations', 'guild_scheduled_events', 'application_commands']
    const body = {
      audit_log_entries: [null, 'odd', [], { id: 12 }, entry, { id: '...', action_type: 20 }],
      users: [part, user],
      ...Object.fromEntries(lists.map((list) => [list, part])),
    }
    discord.fault = () => ({ status: 200, body: JSON.stringify(body) })
    const { entries, names } = await source.read(guildId)
    expect(entries.map(({ id }) => id)).toEqual([entry.id])
    expect(names.map(({ id, name }) => [id, name])).toEqual([['7', 'ada']])
  }
})

test.each([
  [
    'an entry that is nested too deeply',
    `[{"id":"1564393200418818188","action_type":20,"options":${deep('{"a":', '}')}}]`,
  ],
  ['an infinite count', '[{"id":"1564393200418818188","action_type":72,"options":{"count":1e400}}]'],
])('%s is read without what cannot be stored', async (_, list) => {
  const { discord, source, guildId } = await openSource()
  discord.fault = () => ({ status: 200, body: `{"audit_log_entries":${list}}` })
  const { entries } = await source.read(guildId)
  expect(entries).toMatchObject([{ id: '1564393200418818188', count: null }])
})

/** Ten thousand nested objects. */
function deep(open: string, close: string): string {
  return `${open.repeat(10_000)}1${close.repeat(10_000)}`
}
