import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import * as automod from '../../../sandbox/actions/automod.ts'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import { createResource } from '../../../sandbox/actions/resources.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import { newRole } from '../../../sandbox/world/guild.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { type OpenAlert, openAlert } from '../../support/open-alert.ts'
import { buttonsUnder } from '../../support/open-feed.ts'
import { textOf } from '../../support/read.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const titleOf = (post: Message) => textOf(post).split('\n')[0]

function ban(here: OpenAlert, raiders: readonly string[], moderator = 1): void {
  for (const raider of raiders) members.ban(here.actor(moderator), raider, 'Raid')
}

/** How long it takes until something is posted, in milliseconds. */
async function timeUntil(here: OpenAlert, text: string | RegExp): Promise<number> {
  const start = here.clock.elapsed()
  await here.shows(text)
  return here.clock.elapsed() - start
}

test('an alert that was set cannot be set twice, and the answer says where it is listed', async () => {
  const here = await openAlert()
  const asked = await here.ask({ action: 'Mass bans & kicks' })
  const body = asked.body
  await here.moderator.click(asked, 'Set this alert')
  asked.body = body
  const { message } = await here.moderator.click(asked, 'Set this alert')
  expect(textOf(message)).toBe(
    'This was already confirmed or cancelled, and runs only once. `/custos alert list` shows what is set now.',
  )
})

test('a member who sets AutoMod off again and again is warned of, and one who did once is not', async () => {
  const here = await openAlert()
  await here.setAlert({ action: 'Auto Moderation Block Message', count: 3 })
  const [often = '', once = ''] = here.raiders(2)
  const [channel = ''] = here.town.channels
  const block = (raider: string) =>
    automod.blockMessage(here.actor(0), { name: 'Slurs', trigger: 1 }, raider, channel)
  for (const raider of [often, once, often]) block(raider)
  await here.pass(5 * SECOND)
  expect(here.posts()).toEqual([])
  block(often)
  await here.shows(/^🚨 3 actions/)
  expect(textOf(here.posts()[0] ?? failed())).toContain(`On <@${often}> · By AutoMod`)
})

function failed(): never {
  throw new Error('Nothing is posted.')
}

describe('mass bans', () => {
  test('are warned of within five seconds, once; the warning is edited while they last, and says when they are over', async () => {
    const here = await openAlert()
    await here.setAlert({ action: 'Mass bans & kicks' })
    const raiders = here.raiders(40)
    ban(here, raiders.slice(0, 9))
    await here.pass(5 * SECOND)
    expect(here.posts()).toEqual([])
    ban(here, raiders.slice(9, 12))
    expect(await timeUntil(here, /^🚨 12 bans/)).toBeLessThanOrEqual(5 * SECOND)
    const [post] = here.posts()
    if (!post) throw new Error('Nothing is posted.')
    expect(buttonsUnder(post)).toEqual(['Show all 12 entries'])
    ban(here, raiders.slice(12))
    await here.shows(/^🚨 40 bans/)
    await here.shows('it is over')
    expect(here.posts()).toHaveLength(1)
    const { message } = await here.other.click(post, 'Show all 40 entries')
    expect(titleOf(message)).toMatch(/^40 actions/)
    // The same rule with somebody else exempt would have done the same.
    const exempt = `<@${here.town.members[0]?.id}>`
    const asked = await here.ask({ action: 'Mass bans & kicks', exempt })
    expect(titleOf(asked)).toMatch(/^It would have warned once /)
    expect(textOf(asked)).toMatch(/• <t:\d+:f> · 40 bans & kicks/)
  })

  test('that go on over a restart stay one warning', async () => {
    const here = await openAlert()
    await here.setAlert({ action: 'Mass bans & kicks' })
    const raiders = here.raiders(30)
    ban(here, raiders.slice(0, 12))
    await here.shows(/^🚨 12 bans/)
    await here.stopBot()
    ban(here, raiders.slice(12, 20))
    await here.startBot()
    await here.shows(/^🚨 20 bans/)
    ban(here, raiders.slice(20))
    await here.shows(/^🚨 30 bans/)
    await here.shows('it is over')
    expect(here.posts()).toHaveLength(1)
  })

  test('while Custos is away are warned of once, as late', async () => {
    const here = await openAlert()
    await here.setAlert({ action: 'Mass bans & kicks' })
    await here.stopBot()
    ban(here, here.raiders(25))
    here.clock.advance(3 * HOUR)
    await here.startBot()
    await here.shows(/^🚨 Late: 25 bans/)
    await here.pass(MINUTE)
    expect(here.posts()).toHaveLength(1)
  })

  test('of which Discord names nobody are warned of', async () => {
    const here = await openAlert()
    await here.setAlert({ action: 'Mass bans & kicks', count: 20 })
    members.bulkBan(here.actor(0), here.raiders(20))
    expect(titleOf(await here.shows('🚨'))).toMatch(/^🚨 20 bans/)
  })
})

test('deletes that Discord counts into one entry are warned of within five seconds', async () => {
  const here = await openAlert()
  await here.setAlert({ action: 'Mass deletes', count: 50 })
  const [author] = here.town.members
  const [channel = ''] = here.town.channels
  for (let count = 0; count < 60; count++) messages.deleteMessage(here.actor(1), channel, author?.id ?? '')
  expect(await timeUntil(here, /^🚨 60 messages deleted/)).toBeLessThanOrEqual(5 * SECOND)
  for (let count = 0; count < 40; count++) messages.deleteMessage(here.actor(1), channel, author?.id ?? '')
  await here.shows(/^🚨 100 messages deleted/)
  expect(here.posts()).toHaveLength(1)
})

describe('a dangerous permission', () => {
  test('is warned of when it is given to a role, by a role to a member, or in a channel', async () => {
    const here = await openAlert()
    await here.setAlert({ action: 'Dangerous permission given' })
    const { discord, town } = here
    const dangerous = newRole({ id: discord.world.newId(), name: 'Helper', permissions: May.ManageWebhooks })
    const harmless = newRole({ id: discord.world.newId(), name: 'Reader', permissions: May.ViewChannel })
    const [first = '', second = ''] = town.members.map(({ id }) => id)
    const [channel = ''] = town.channels
    roles.createRole(here.actor(1), harmless)
    members.addRoles(here.actor(1), first, [harmless.id])
    overwrites.setOverwrite(here.actor(1), channel, overwrites.memberOverwrite(first, May.SendMessages, 0n))
    roles.createRole(here.actor(1), dangerous)
    await here.posted(1)
    here.clock.advance(11 * MINUTE)
    members.addRoles(here.actor(1), second, [dangerous.id])
    await here.posted(2)
    roles.updateRole(here.actor(2), harmless.id, { permissions: String(May.ViewChannel | May.BanMembers) })
    await here.posted(3)
    overwrites.setOverwrite(
      here.actor(3),
      channel,
      overwrites.roleOverwrite(harmless.id, May.ManageChannels, 0n),
    )
    await here.posted(4)
    await here.pass(MINUTE)
    expect(here.posts()).toHaveLength(4)
    for (const post of here.posts()) expect(titleOf(post)).toMatch(/^🚨 Dangerous permission given/)
    const [, byRole] = here.posts()
    if (!byRole) throw new Error('Nothing is posted.')
    expect(textOf(byRole)).toContain(`+<@&${dangerous.id}>`)
  })
})

test.each<[string, string, (here: OpenAlert) => void]>([
  [
    'Channels or roles deleted',
    '3 channels deleted',
    ({ actor, town }) => {
      for (const id of town.channels.slice(0, 3)) channels.deleteChannel(actor(1), id)
    },
  ],
  [
    'Bot added',
    '1 bot added',
    ({ actor, discord }) => members.addBot(actor(1), discord.world.addUser('Evil', { bot: true }).id),
  ],
  [
    'Webhook made',
    '1 webhook made',
    ({ actor, town }) =>
      createResource(actor(1), 'webhook', { name: 'Hook', channel_id: town.channels[0] ?? '' }),
  ],
  [
    'Someone who never acted before bans',
    '2 bans by someone who never acted before',
    (here) => ban(here, here.raiders(2)),
  ],
])('the ready rule “%s” warns: %s', async (action, title, act) => {
  const here = await openAlert()
  await here.setAlert({ action })
  act(here)
  expect(titleOf(await here.shows('🚨'))).toContain(`🚨 ${title}`)
})

test('a log that Custos can no longer read is warned of once, and so is that it can again', async () => {
  const here = await openAlert()
  await here.setAlert({ action: 'Custos can no longer read the log' })
  const { custos } = here.town.roles
  roles.updateRole(here.actor(0), custos.id, { permissions: '0' })
  const post = await here.shows('🚨 Custos can no longer read the audit log')
  expect(textOf(post)).toContain('View Audit Log')
  await here.restart()
  here.clock.advance(2 * HOUR)
  await here.pass(MINUTE)
  expect(here.posts()).toHaveLength(1)
  roles.updateRole(here.actor(0), custos.id, { permissions: String(May.ViewAuditLog) })
  await here.shows('✅ Custos can read the audit log again')
  expect(here.posts()).toHaveLength(1)
})

test('an outage of Discord is no loss of access', async () => {
  const here = await openAlert()
  await here.setAlert({ action: 'Custos can no longer read the log' })
  here.discord.fault = (_, path) => (path.includes('audit-logs') ? { status: 500 } : undefined)
  here.clock.advance(2 * HOUR)
  await here.pass(MINUTE)
  expect(here.posts()).toEqual([])
})

test('exempt members and roles, by mention, id or name, are not counted', async () => {
  const here = await openAlert()
  const { moderators, roles: known } = here.town
  await here.setAlert({
    action: 'Member Ban Add',
    count: 3,
    exempt: `<@${moderators[1]?.id}>, Admin`,
  })
  ban(here, here.raiders(5), 1)
  ban(here, here.raiders(5), 0)
  await here.pass(5 * SECOND)
  const holders = [0, 1].filter((index) =>
    here.town.guild.members.get(moderators[index]?.id ?? '')?.roles.includes(known.admin.id),
  )
  expect(holders).toEqual([0])
  expect(here.posts()).toEqual([])
  ban(here, here.raiders(3), 2)
  expect(titleOf(await here.shows('🚨'))).toContain(`🚨 3 bans`)
})

describe('a ping', () => {
  test('of a role that everyone may mention reaches it, once', async () => {
    const here = await openAlert()
    const role = { ...here.town.roles.trusted, mentionable: true }
    here.town.guild.roles.set(role.id, role)
    const preview = await here.setAlert({ action: 'Member Ban Add', count: 3, ping: role.id })
    expect(preview).not.toContain('cannot ping')
    ban(here, here.raiders(3))
    const post = await here.shows('🚨 3 bans')
    expect(post.pinged).toEqual([role.id])
  })

  test('that the member may not make is refused, and so is @everyone', async () => {
    const here = await openAlert()
    const { moderator: role } = here.town.roles
    here.town.guild.roles.set(here.town.roles.admin.id, {
      ...here.town.roles.admin,
      permissions: String(May.ManageGuild | May.ViewAuditLog),
    })
    const asked = await here.ask({ action: 'Member Kick', ping: role.id })
    expect(textOf(asked)).toContain('You may not mention')
    const everyone = await here.ask({ action: 'Member Kick', ping: here.town.guild.id })
    expect(textOf(everyone)).toContain('does not ping @everyone')
  })

  test('that Custos may not make is said, and the alert can be set', async () => {
    const here = await openAlert()
    const preview = await here.setAlert({ action: 'Member Kick', ping: here.town.roles.moderator.id })
    expect(preview).toContain('Custos cannot ping')
  })
})

describe('before it is set', () => {
  test('an alert shows what it would have done, and Cancel leaves it unset', async () => {
    const here = await openAlert({ days: 60, perDay: 30 })
    const asked = await here.ask({ action: 'Bans & kicks', count: 2, within: '1 hour', per: 'server' })
    expect(titleOf(asked)).toMatch(/^It would have warned (at least )?\d+ times? since \d+ \w+ 2026$/)
    expect(textOf(asked)).toContain('Bans & kicks: 2 within 1 hour in the whole server')
    const { message } = await here.moderator.click(asked, 'Cancel')
    expect(textOf(message)).toBe('Cancelled. Nothing was set.')
    expect(titleOf((await here.moderator.command('custos alert list')).message)).toBe('No alert is set')
  })

  test('one that warns too often shows which count would do', async () => {
    const here = await openAlert({ days: 40, perDay: 200 })
    const asked = await here.ask({ action: 'Deletes, Members, Timeouts', count: 1 })
    expect(textOf(asked)).toMatch(/With `count:\d+`, it would have warned about once a week/)
  })

  test.each([
    [{ within: 'soon' }, 'is not a length of time'],
    [{ within: '3 days' }, 'at most 24 hours'],
    [{ action: 'Nonsense' }, 'There is no action'],
    [{ action: 'Mass deletes, Member Kick' }, 'cannot be combined'],
    [{ exempt: 'nobody like this' }, 'knows no member'],
    [{ exempt: '@everyone' }, 'everyone'],
  ])('%o is refused with what would work', async (wrong, sentence) => {
    const here = await openAlert()
    expect(textOf(await here.ask({ action: 'Member Kick', ...wrong }))).toContain(sentence)
  })
})
