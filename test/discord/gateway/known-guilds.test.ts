import { expect, test } from 'vitest'
import { KnownGuilds } from '../../../src/discord/gateway/known-guilds.ts'
import type { Payload } from '../../../src/discord/gateway/payload.ts'

const [BOT, GUILD, ROLE, CHANNEL] = ['2', '1564237482688512200', '4', '5']
const [HIDDEN, VIEW] = [1 << 17, '128']

const everyone = { id: GUILD, permissions: '0' }
const custos = { id: ROLE, permissions: VIEW }
const self = { user: { id: BOT }, roles: [ROLE] }
const guild = {
  id: GUILD,
  name: 'Town',
  owner_id: '9',
  roles: [everyone, custos],
  members: [self],
  channels: [{ id: CHANNEL, flags: HIDDEN }],
}

/** A bot in a guild, and the reported changes of its access to the audit log. */
function joined(payload: Payload = guild) {
  const reported: boolean[] = []
  const guilds = new KnownGuilds({
    guildAvailable: () => reported.push(true),
    accessLost: () => reported.push(false),
  })
  guilds.sessionStarted({ botId: BOT, guildIds: [GUILD], isComplete: true, shard: { index: 0, count: 1 } })
  guilds.guildAvailable(GUILD, payload)
  return { guilds, reported }
}

type Change = (guilds: KnownGuilds) => void

test.each<[string, lost: Change, regained: Change]>([
  [
    'the role changes',
    (guilds) => guilds.roleChanged(GUILD, { ...custos, permissions: '0' }),
    (guilds) => guilds.roleChanged(GUILD, custos),
  ],
  [
    'the role is deleted, and the bot becomes the owner',
    (guilds) => guilds.roleDeleted(GUILD, ROLE),
    (guilds) => guilds.guildUpdated(GUILD, { owner_id: BOT }),
  ],
  [
    'the bot loses the role and gets it back',
    (guilds) => guilds.memberUpdated(GUILD, { ...self, roles: [] }),
    (guilds) => guilds.memberUpdated(GUILD, self),
  ],
])('lost access and regained access are reported once each: %s', (_, lost, regained) => {
  const { guilds, reported } = joined()
  for (const change of [lost, lost, regained, regained]) change(guilds)
  expect(reported).toEqual([false, true])
})

test('missing access is reported again when a guild becomes available again', () => {
  const denied = { ...guild, roles: [everyone, { ...custos, permissions: '0' }] }
  const { guilds, reported } = joined(denied)
  guilds.guildAvailable(GUILD, denied)
  expect(reported).toEqual([false, false])
})

test.each<[string, Change]>([
  ['role with null permissions', (guilds) => guilds.roleChanged(GUILD, { id: ROLE, permissions: null })],
  ['role with negative permissions', (guilds) => guilds.roleChanged(GUILD, { id: ROLE, permissions: '-8' })],
  ['id of a deleted role', (guilds) => guilds.roleDeleted(GUILD, null)],
  ['list of the bot’s roles', (guilds) => guilds.memberUpdated(GUILD, { user: { id: BOT }, roles: null })],
  ['user of a member', (guilds) => guilds.memberUpdated(GUILD, { user: null, roles: [] })],
  ['update of a guild', (guilds) => guilds.guildUpdated(GUILD, { name: null, owner_id: null, roles: null })],
  [
    'guild that becomes available',
    (guilds) =>
      guilds.guildAvailable(GUILD, {
        name: null,
        owner_id: null,
        roles: [null],
        members: null,
        channels: null,
      }),
  ],
  ['id of a channel', (guilds) => guilds.channelChanged(GUILD, { id: null, flags: 0 })],
  ['id of a deleted channel', (guilds) => guilds.channelDeleted(GUILD, [CHANNEL])],
])('an invalid %s changes nothing', (_, change) => {
  const { guilds, reported } = joined()
  change(guilds)
  expect([guilds.nameOf(GUILD), guilds.hiddenIn(GUILD), reported]).toEqual(['Town', 1, []])
  guilds.memberUpdated(GUILD, { ...self, roles: [] })
  expect(reported).toEqual([false])
})

test('a role of the bot that is not in the complete list was deleted, and grants nothing', () => {
  const { guilds, reported } = joined({ ...guild, members: [{ ...self, roles: ['7', ROLE] }] })
  guilds.roleChanged(GUILD, { ...custos, permissions: '0' })
  expect(reported).toEqual([false])
})

test.each<[string, Payload, Change]>([
  [
    'no role is listed',
    { ...guild, roles: [] },
    (guilds) => guilds.memberUpdated(GUILD, { ...self, roles: [] }),
  ],
  [
    '@everyone is not listed',
    { ...guild, roles: [custos] },
    (guilds) => guilds.memberUpdated(GUILD, { ...self, roles: ['7'] }),
  ],
  [
    'a created role has no id',
    guild,
    (guilds) => {
      guilds.roleChanged(GUILD, { id: null, permissions: VIEW })
      guilds.memberUpdated(GUILD, { ...self, roles: ['7'] })
    },
  ],
])('if %s, an unknown role may grant anything', (_, payload, change) => {
  const { guilds, reported } = joined(payload)
  change(guilds)
  expect(reported).toEqual([])
})

test('a role with unknown permissions may grant anything', () => {
  const { reported } = joined({ ...guild, roles: [everyone, { id: ROLE, permissions: null }] })
  expect(reported).toEqual([])
})

test('hidden channels are counted as they are created, revealed and deleted', () => {
  const { guilds } = joined()
  const counts = [guilds.hiddenIn(GUILD)]
  const changes: readonly Change[] = [
    () => guilds.channelChanged(GUILD, { id: '6', flags: HIDDEN }),
    () => guilds.channelChanged(GUILD, { id: CHANNEL, flags: 0 }),
    () => guilds.channelDeleted(GUILD, '6'),
  ]
  for (const change of changes) {
    change(guilds)
    counts.push(guilds.hiddenIn(GUILD))
  }
  expect(counts).toEqual([1, 2, 1, 0])
})

test('a role that is given to the bot later grants what it did before, and a new role what it says', () => {
  const [mods, members] = ['7', '8']
  const { guilds, reported } = joined({
    ...guild,
    roles: [everyone, custos, { id: mods, permissions: VIEW }, { id: members, permissions: '0' }],
  })
  const hasRole = (role: string) => guilds.memberUpdated(GUILD, { ...self, roles: [role] })
  hasRole(members)
  hasRole(mods)
  hasRole(members)
  guilds.roleChanged(GUILD, { id: members, permissions: VIEW })
  expect(reported).toEqual([false, true, false, true])
})

test('it is known when the bot joined, even after an update that does not say', () => {
  const { guilds } = joined({ ...guild, joined_at: '2026-01-02T03:04:05.000000+00:00' })
  guilds.guildUpdated(GUILD, { ...guild, joined_at: null })
  expect(guilds.joinedAt(GUILD)).toBe(Date.UTC(2026, 0, 2, 3, 4, 5))
})

test('nothing is stored about a guild that the bot is not in', () => {
  const { guilds } = joined()
  guilds.delete(GUILD)
  guilds.channelChanged(GUILD, { id: '6', flags: HIDDEN })
  expect([guilds.nameOf(GUILD), guilds.hiddenIn(GUILD)]).toEqual([undefined, 0])
})

test('the owner is the newest that Discord has sent, and unknown once the guild is gone', () => {
  const { guilds } = joined()
  expect(guilds.ownerOf(GUILD)).toBe('9')
  guilds.guildUpdated(GUILD, { owner_id: '10' })
  guilds.guildUpdated(GUILD, { owner_id: { odd: true } })
  expect(guilds.ownerOf(GUILD)).toBe('10')
  guilds.delete(GUILD)
  expect(guilds.ownerOf(GUILD)).toBeUndefined()
})
