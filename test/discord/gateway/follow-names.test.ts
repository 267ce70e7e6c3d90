import { expect, test } from 'vitest'
import type { ArchiveUpdate } from '../../../src/core/archive.ts'
import { compareIds, firstIdAt, LARGEST_SNOWFLAKE } from '../../../src/core/snowflake.ts'
import { listenForNames } from '../../../src/discord/gateway/follow-names.ts'
import { GatewayEvents } from '../../../src/discord/gateway/gateway-events.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const GUILD = '1564237482688512200'

function follow() {
  const clock = new ManualClock()
  const events = new GatewayEvents(new RecordedLog())
  const update: ArchiveUpdate[] = []
  listenForNames(events, clock, (news) => update.push(news))
  const tell = (t: string, d: unknown) => events.take({ op: 0, t, s: 1, d }, { index: 0, count: 1 })
  return { now: firstIdAt(clock.now()), learnt: update, tell }
}

test.each<[string, object, boolean]>([
  ['whole', {}, true],
  ['of no list of roles', { roles: null }, false],
  ['of no roles, not even @everyone', { roles: [] }, false],
  ['of a role that is null', { roles: [null] }, false],
  ['of a channel without an id', { channels: [{ name: 'general' }] }, false],
])('only a guild that lists all it has tells what is gone: one %s', (_, odd, tells) => {
  const { learnt: update, now, tell } = follow()
  tell('GUILD_CREATE', {
    id: GUILD,
    name: 'Town',
    roles: [{ id: GUILD }],
    channels: [{ id: '3', type: 0 }],
    ...odd,
  })
  expect(update.map(({ snapshotAt }) => snapshotAt)).toEqual([tells ? now : undefined])
})

test('a name from an interaction with an id from the future does not outlast later names', () => {
  const { learnt: update, now, tell } = follow()
  tell('INTERACTION_CREATE', {
    id: LARGEST_SNOWFLAKE,
    application_id: '2',
    token: 'a-token',
    type: 2,
    guild_id: GUILD,
    member: { user: { id: '4' } },
    channel: { id: '3', type: 0, name: 'general' },
    data: { name: 'audit', type: 1 },
  })
  const [observation] = update.flatMap(({ names = [] }) => names)
  expect(observation?.name).toBe('general')
  expect(compareIds(observation?.at ?? LARGEST_SNOWFLAKE, now)).toBeLessThanOrEqual(0)
})
