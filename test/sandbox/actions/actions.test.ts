import { expect, test } from 'vitest'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import * as resources from '../../../sandbox/actions/resources.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import * as threads from '../../../sandbox/actions/threads.ts'
import { timeOf } from '../../../sandbox/world/snowflakes.ts'
import { openDiscord } from '../../support/open-discord.ts'
import { expectAction } from '../../support/sandbox/expect-action.ts'
import { entriesOf, type KnownIds, knownIds, mutedRole } from '../../support/sandbox/known-ids.ts'
import { CHANNEL_CASES } from './channel-cases.ts'
import { MEMBER_CASES } from './member-cases.ts'
import { OTHER_CASES } from './other-cases.ts'

const ENTRY = 'GUILD_AUDIT_LOG_ENTRY_CREATE'
const HOUR = 3_600_000
const NEW_ID = '1574756470000000000'
const CASES = [...CHANNEL_CASES, ...MEMBER_CASES, ...OTHER_CASES]

test.each(CASES.map((act) => [act.title, act] as const))(
  '%s writes one entry and sends its events',
  async (_, act) => {
    await expectAction(act)
  },
)

test('deleting a thread writes one entry with its former values and sends its event', async () => {
  const ids = knownIds(await openDiscord())
  const { discord, actor, general, alice } = ids
  const { id } = threads.createThread(actor, general, 'test')
  const client = await discord.listen()
  threads.deleteThread(actor, id)
  expect(entriesOf(ids).slice(1)).toEqual([
    {
      action_type: 112,
      user_id: alice,
      target_id: id,
      changes: [
        { key: 'name', old_value: 'test' },
        { key: 'type', old_value: 11 },
        { key: 'archived', old_value: false },
        { key: 'locked', old_value: false },
        { key: 'auto_archive_duration', old_value: 1440 },
        { key: 'rate_limit_per_user', old_value: 0 },
      ],
    },
  ])
  expect(await client.received()).toMatchObject([
    { t: ENTRY },
    { t: 'THREAD_DELETE', d: { id, guild_id: discord.town.guild.id, parent_id: general, type: 11 } },
  ])
})

const SPIDEY = { channel_id: '1564282558873601367', type: 1, name: 'Spidey Bot' }
const INVITE = {
  code: 'aAAaAAA',
  channel_id: '1564446472273922735',
  inviter_id: '1564442374438915008',
  uses: 0,
  max_uses: 3,
  max_age: 500,
  temporary: false,
}

test.each<
  [
    sort: resources.ResourceType,
    types: readonly [number, number, number],
    made: Record<string, unknown>,
    changed: readonly [key: string, value: unknown],
    hasTarget: boolean,
  ]
>([
  ['invite', [40, 41, 42], INVITE, ['max_uses', 5], false],
  ['webhook', [50, 51, 52], SPIDEY, ['name', 'Captain Hook'], true],
  ['emoji', [60, 61, 62], { name: 'eevee' }, ['name', 'pikachu'], true],
  ['integration', [80, 81, 82], { type: 'discord', name: 'PentaBot' }, ['name', 'HexaBot'], true],
  ['stage', [83, 84, 85], { topic: 'Book club', privacy_level: 2 }, ['topic', 'Poetry'], true],
  ['sticker', [90, 91, 92], { name: 'wave', tags: '👋' }, ['tags', '✋'], true],
  ['event', [100, 101, 102], { name: 'Book club', status: 1 }, ['status', 2], true],
  ['sound', [130, 131, 132], { name: 'gong', volume: 1 }, ['volume', 0.5], false],
  ['rule', [140, 141, 142], { name: 'No scam links', enabled: true }, ['enabled', false], true],
  ['prompt', [163, 164, 165], { title: 'What do you read?' }, ['title', 'What do you like?'], true],
])(
  '%s: creating, updating and deleting one writes three entries',
  async (sort, types, made, [key, value], hasTarget) => {
    const ids = knownIds(await openDiscord())
    const { discord, actor, alice } = ids
    const client = await discord.listen()
    const id = resources.createResource(actor, sort, made, { reason: 'New' })
    resources.updateResource(actor, sort, id, { [key]: value })
    resources.deleteResource(actor, sort, id)
    const common = { user_id: alice, target_id: hasTarget ? id : null }
    const list = (values: object, name: string) =>
      Object.entries(values).map(([of, was]) => ({ key: of, [name]: was }))
    const [creation, update, removal] = types
    expect(entriesOf(ids)).toEqual([
      { ...common, action_type: creation, changes: list(made, 'new_value'), reason: 'New' },
      { ...common, action_type: update, changes: [{ key, old_value: made[key], new_value: value }] },
      { ...common, action_type: removal, changes: list({ ...made, [key]: value }, 'old_value') },
    ])
    const received = await client.received()
    expect(received.map(({ d }) => d)).toEqual(
      discord.town.guild.log.since().map((entry) => ({ ...entry, guild_id: discord.town.guild.id })),
    )
  },
)

test('options and reason of a resource’s entry are written as given', async () => {
  const ids = knownIds(await openDiscord())
  const { actor, lounge, alice } = ids
  const id = resources.createResource(
    actor,
    'stage',
    { topic: 'Poetry' },
    { options: { channel_id: lounge } },
  )
  expect(entriesOf(ids)).toEqual([
    {
      action_type: 83,
      user_id: alice,
      target_id: id,
      changes: [{ key: 'topic', new_value: 'Poetry' }],
      options: { channel_id: lounge },
    },
  ])
})

test('a bulk ban writes an entry per user, without an executor', async () => {
  const ids = knownIds(await openDiscord())
  const { discord, actor, marble, quill } = ids
  const client = await discord.listen()
  members.bulkBan(actor, [marble, quill], 'Raid')
  expect(entriesOf(ids)).toEqual([
    { action_type: 22, user_id: null, target_id: marble, reason: 'Raid' },
    { action_type: 22, user_id: null, target_id: quill, reason: 'Raid' },
  ])
  expect(await client.received()).toMatchObject([
    { t: ENTRY, d: { target_id: marble } },
    { t: 'GUILD_BAN_ADD', d: { user: { id: marble } } },
    { t: ENTRY, d: { target_id: quill } },
    { t: 'GUILD_BAN_ADD', d: { user: { id: quill } } },
  ])
})

test('a prune of more than 1,000 members writes an entry per 1,000, and only the first is right', async () => {
  const ids = knownIds(await openDiscord())
  const { discord, actor, alice } = ids
  const { guild } = discord.town
  const client = await discord.listen()
  members.prune(actor, 30, 2412)
  const entries = guild.log.since()
  const wrong = { delete_member_days: '30', members_removed: '1000' }
  expect(entriesOf(ids)).toEqual([
    { action_type: 21, user_id: alice, target_id: null, options: wrong },
    { action_type: 21, user_id: expect.any(String), target_id: null, options: wrong },
    { action_type: 21, user_id: expect.any(String), target_id: null, options: wrong },
  ])
  const named = entries
    .slice(1)
    .map(({ user_id }) => discord.discord.world.users.get(user_id ?? '')?.username)
  expect(named).toEqual(['sleeper1', 'sleeper2'])
  expect(entries.map(({ id }) => discord.clock.now() - timeOf(id))).toEqual([4000, 2000, 0])
  expect((await client.received()).map(({ t, d }) => [t, d])).toEqual(
    entries.map((entry) => [ENTRY, { ...entry, guild_id: guild.id }]),
  )
})

test('a prune of 1,000 is one entry', async () => {
  const ids = knownIds(await openDiscord())
  members.prune(ids.actor, 7, 1000)
  expect(entriesOf(ids)).toMatchObject([{ user_id: ids.alice, options: { members_removed: '1000' } }])
})

test('kicked and banned users are no longer members, and a ban lasts until the unban', async () => {
  const { discord, actor, marble, quill } = knownIds(await openDiscord())
  const { guild } = discord.town
  members.kick(actor, marble)
  members.ban(actor, quill)
  expect([guild.members.has(marble), guild.members.has(quill)]).toEqual([false, false])
  expect([...guild.bans]).toEqual([quill])
  members.unban(actor, quill)
  expect([...guild.bans]).toEqual([])
})

test('adding or removing a role keeps the member’s other roles', async () => {
  const ids = knownIds(await openDiscord())
  const { guild, roles: townRoles } = ids.discord.town
  const held = () => guild.members.get(ids.marble)?.roles
  members.addRoles(ids.actor, ids.marble, [townRoles.trusted.id])
  members.addRoles(ids.actor, ids.marble, [mutedRole(ids).id])
  expect(held()).toEqual([townRoles.trusted.id, mutedRole(ids).id])
  members.removeRoles(ids.actor, ids.marble, [townRoles.trusted.id])
  expect(held()).toEqual([mutedRole(ids).id])
})

test('overwrites of two members in a channel are independent', async () => {
  const ids = knownIds(await openDiscord())
  const { discord, actor, general, marble, quill } = ids
  const current = () => discord.town.guild.channels.get(general)?.permission_overwrites
  const [first, second] = [
    overwrites.memberOverwrite(marble, 1024n, 0n),
    overwrites.memberOverwrite(quill, 0n, 8n),
  ]
  overwrites.setOverwrite(actor, general, first)
  overwrites.setOverwrite(actor, general, second)
  expect(current()).toEqual([first, second])
  overwrites.deleteOverwrite(actor, general, marble)
  expect(current()).toEqual([second])
})

test('deleting a role removes it from its members', async () => {
  const ids = knownIds(await openDiscord())
  const { guild, roles: townRoles } = ids.discord.town
  members.addRoles(ids.actor, ids.marble, [mutedRole(ids).id, townRoles.trusted.id])
  roles.deleteRole(ids.actor, mutedRole(ids).id)
  expect(guild.members.get(ids.marble)?.roles).toEqual([townRoles.trusted.id])
  expect(guild.roles.has(mutedRole(ids).id)).toBe(false)
})

test.each<[what: string, act: (ids: KnownIds) => void]>([
  [
    'deleting one’s own message',
    ({ actor, general, alice }) => messages.deleteMessage(actor, general, alice),
  ],
  [
    'a bot deleting a single message',
    ({ actor, general, marble, gatekeeper }) =>
      messages.deleteMessage({ ...actor, actorId: gatekeeper }, general, marble),
  ],
  ['a nickname that was so before', ({ actor, marble }) => members.setNickname(actor, marble, null)],
  ['a timeout lifted that there was not', ({ actor, marble }) => members.timeout(actor, marble, null)],
  ['an unchanged channel update', ({ actor, help }) => channels.updateChannel(actor, help, { name: 'help' })],
  ['an unchanged role update', (ids) => roles.updateRole(ids.actor, mutedRole(ids).id, { name: 'Muted' })],
  [
    'removing a role from a member who lacks it',
    (ids) => members.removeRoles(ids.actor, ids.marble, [mutedRole(ids).id]),
  ],
  [
    'deleting an overwrite that does not exist',
    ({ actor, help, marble }) => overwrites.deleteOverwrite(actor, help, marble),
  ],
  ['a channel deleted that there is not', ({ actor }) => channels.deleteChannel(actor, NEW_ID)],
  ['a thread archived that there is not', ({ actor }) => threads.archiveThread(actor, NEW_ID)],
  ['a thread deleted that there is not', ({ actor }) => threads.deleteThread(actor, NEW_ID)],
  ['a role deleted that there is not', ({ actor }) => roles.deleteRole(actor, NEW_ID)],
])('%s is not logged', async (_, act) => {
  const ids = knownIds(await openDiscord())
  const client = await ids.discord.listen()
  act(ids)
  expect(entriesOf(ids)).toEqual([])
  expect((await client.received()).filter(({ t }) => t === ENTRY)).toEqual([])
})

test('setting an unchanged overwrite writes no entry', async () => {
  const ids = knownIds(await openDiscord())
  const { actor, general, marble } = ids
  overwrites.setOverwrite(actor, general, overwrites.memberOverwrite(marble, 1024n, 0n))
  overwrites.setOverwrite(actor, general, overwrites.memberOverwrite(marble, 1024n, 0n))
  expect(entriesOf(ids)).toHaveLength(1)
})

test('a bulk delete by a bot is logged', async () => {
  const ids = knownIds(await openDiscord())
  messages.bulkDelete({ ...ids.actor, actorId: ids.gatekeeper }, ids.general, 12)
  expect(entriesOf(ids)).toEqual([
    { action_type: 73, user_id: ids.gatekeeper, target_id: ids.general, options: { count: '12' } },
  ])
})

test('actions in the past are logged, but send no events', async () => {
  const ids = knownIds(await openDiscord())
  const { discord, actor, marble } = ids
  const client = await discord.listen()
  discord.discord.world.at(discord.clock.now() - HOUR, () => members.ban(actor, marble))
  const [entry] = discord.town.guild.log.since()
  expect(Number(BigInt(entry?.id ?? 0) >> 22n) + 1_420_070_400_000).toBe(discord.clock.now() - HOUR)
  expect(await client.received()).toEqual([])
})

test('an entry’s event can be sent without adding the entry', async () => {
  const ids = knownIds(await openDiscord())
  const { discord } = ids
  const client = await discord.listen()
  const entry = { id: NEW_ID, user_id: null, target_id: null, action_type: 211 }
  discord.discord.world.emitEntry(discord.town.guild, entry)
  expect(await client.received()).toMatchObject([
    { t: ENTRY, d: { ...entry, guild_id: discord.town.guild.id } },
  ])
  expect(entriesOf(ids)).toEqual([])
})
