import { expect, test } from 'vitest'
import { GatewayEvents } from '../../../src/discord/gateway/gateway-events.ts'
import { KnownGuilds } from '../../../src/discord/gateway/known-guilds.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

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

/** A bot that is in a guild, and what it was said about the audit log since. */
function joined(sent: object = guild) {
  const events = new GatewayEvents(new RecordedLog())
  const said: boolean[] = []
  const guilds = new KnownGuilds(events, (_, mayView) => said.push(mayView))
  const tell = (t: string, d: object) => events.take({ op: 0, t, s: 1, d }, { index: 0, count: 1 })
  const ids = { user: { id: BOT }, application: { id: BOT }, session_id: 'a' }
  tell('READY', { ...ids, guilds: [{ id: GUILD }] })
  tell('GUILD_CREATE', sent)
  return { guilds, said, tell: (t: string, d: object) => void tell(t, { guild_id: GUILD, ...d }) }
}

test.each<[string, string, object, string, object]>([
  [
    'the role changes',
    'GUILD_ROLE_UPDATE',
    { role: { ...custos, permissions: '0' } },
    'GUILD_ROLE_UPDATE',
    { role: custos },
  ],
  [
    'the role is deleted',
    'GUILD_ROLE_DELETE',
    { role_id: ROLE },
    'GUILD_UPDATE',
    { id: GUILD, owner_id: BOT },
  ],
  ['the bot loses it', 'GUILD_MEMBER_UPDATE', { ...self, roles: [] }, 'GUILD_MEMBER_UPDATE', self],
])(
  'that the log may not be viewed, and may again, is said once each: %s',
  (_, taking, taken, giving, given) => {
    const { said, tell } = joined()
    tell(taking, taken)
    tell(taking, taken)
    tell(giving, given)
    tell(giving, given)
    expect(said).toEqual([false, true])
  },
)

test('of a guild that comes again without the permission it is said again', () => {
  const barred = { ...guild, roles: [everyone, { ...custos, permissions: '0' }] }
  const { said, tell } = joined(barred)
  tell('GUILD_CREATE', barred)
  expect(said).toEqual([false, false])
})

test.each<[string, object]>([
  ['GUILD_ROLE_UPDATE', { role: { id: ROLE, permissions: null } }],
  ['GUILD_ROLE_UPDATE', { role: { id: ROLE, permissions: '-8' } }],
  ['GUILD_ROLE_DELETE', { role_id: null }],
  ['GUILD_MEMBER_UPDATE', { user: { id: BOT }, roles: null }],
  ['GUILD_MEMBER_UPDATE', { user: null, roles: [] }],
  ['GUILD_UPDATE', { id: GUILD, name: null, owner_id: null, roles: null }],
  ['GUILD_CREATE', { id: GUILD, name: null, owner_id: null, roles: [null], members: null, channels: null }],
  ['CHANNEL_UPDATE', { id: null, flags: 0 }],
  ['CHANNEL_DELETE', { id: [CHANNEL] }],
])('an odd %s (%j) leaves what was known', (event, sent) => {
  const { guilds, said, tell } = joined()
  tell(event, sent)
  expect([guilds.nameOf(GUILD), guilds.hiddenIn(GUILD), said]).toEqual(['Town', 1, []])
  tell('GUILD_MEMBER_UPDATE', { ...self, roles: [] })
  expect(said).toEqual([false])
})

test('a role that is not among all of the guild’s was deleted, and grants nothing', () => {
  const stale = { ...self, roles: ['7', ROLE] }
  const { said, tell } = joined({ ...guild, members: [stale] })
  tell('GUILD_ROLE_UPDATE', { role: { ...custos, permissions: '0' } })
  expect(said).toEqual([false])
})

test.each<[string, object, string, object]>([
  ['no role is listed', { ...guild, roles: [] }, 'GUILD_MEMBER_UPDATE', { ...self, roles: [] }],
  [
    '@everyone is not listed',
    { ...guild, roles: [custos] },
    'GUILD_MEMBER_UPDATE',
    { ...self, roles: ['7'] },
  ],
  ['a role came that names no id', guild, 'GUILD_MEMBER_UPDATE', { ...self, roles: ['7'] }],
])('where %s, a role that is not known may be any', (what, sent, event, then) => {
  const { said, tell } = joined(sent)
  if (what.startsWith('a role came')) tell('GUILD_ROLE_CREATE', { role: { id: null, permissions: VIEW } })
  tell(event, then)
  expect(said).toEqual([])
})

test('a role of unknown permissions is not taken for one that grants nothing', () => {
  const { said } = joined({ ...guild, roles: [everyone, { id: ROLE, permissions: null }] })
  expect(said).toEqual([])
})

test('hidden channels are counted as they come, are revealed and go', () => {
  const { guilds, tell } = joined()
  const counts = [guilds.hiddenIn(GUILD)]
  for (const [event, sent] of [
    ['CHANNEL_CREATE', { id: '6', flags: HIDDEN }],
    ['CHANNEL_UPDATE', { id: CHANNEL, flags: 0 }],
    ['CHANNEL_DELETE', { id: '6', flags: HIDDEN }],
  ] as const) {
    tell(event, sent)
    counts.push(guilds.hiddenIn(GUILD))
  }
  expect(counts).toEqual([1, 2, 1, 0])
})

test('nothing is kept of a guild that the bot is not in', () => {
  const { guilds, tell } = joined()
  tell('GUILD_DELETE', { id: GUILD })
  expect([guilds.nameOf(GUILD), guilds.hiddenIn(GUILD)]).toEqual([undefined, 0])
})
