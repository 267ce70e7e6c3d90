import { describe, expect, test } from 'vitest'
import * as automod from '../../../sandbox/actions/automod.ts'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import { openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../../support/read.ts'

test('what was done to a member is counted, split by action and moderator, and listed', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [member = '', other = ''] = town.members.map(({ id }) => id)
  members.kick(actor(0), member, 'Spam')
  members.kick(actor(1), member)
  members.timeout(actor(1), member, clock.now() + 60_000)
  members.kick(actor(0), other)
  const { message } = await moderator.command('audit target', { on: 'marble' })
  expect(textOf(message)).toMatch(/^\\@marble: timed out until 24 Nov, 12:01 UTC\n/)
  expect(fieldOf(message, 'Actions')).toBe('3')
  expect(fieldOf(message, 'By action')).toBe('👢 Member Kick **2** · ⏳ Member Timeout **1**')
  expect(fieldOf(message, 'By moderator')).toBe(`<@${actor(1).actorId}> **2** · <@${actor(0).actorId}> **1**`)
  const ids = town.guild.log.since().filter(({ target_id }) => target_id === member)
  expect(entryIdsOf(message)).toEqual(ids.map(({ id }) => id).reverse())
})

test('a channel is a target too, and options narrow what is counted', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [channel = ''] = town.channels
  channels.updateChannel(actor(0), channel, { rate_limit_per_user: 5 }, 'Too fast')
  overwrites.setOverwrite(actor(1), channel, overwrites.roleOverwrite(town.roles.muted.id, 0n, 2048n))
  clock.advance(86_400_000)
  channels.updateChannel(actor(0), channel, { rate_limit_per_user: 0 })
  const actions = async (values: Record<string, string>) =>
    fieldOf((await moderator.command('audit target', { on: channel, ...values })).message, 'Actions')
  expect(await actions({})).toBe('3')
  expect(await actions({ by: actor(0).actorId })).toBe('2')
  expect(await actions({ action: 'Channel Update' })).toBe('2')
  expect(await actions({ since: '1h' })).toBe('1')
  expect(await actions({ reason: 'FAST' })).toBe('1')
})

test('a target without a known name is mentioned if its type is known', async () => {
  const { moderator, town } = await openCustos()
  const member = town.members[5]?.id ?? ''
  const textFor = async (on: string) => textOf((await moderator.command('audit target', { on })).message)
  expect(await textFor(`<@${member}>`)).toMatch(/^One member: not banned or timed out\n/)
  expect(await textFor(`<@${member}>`)).toContain(`\n-# on <@${member}>\n`)
  expect(await textFor(member)).toContain(`\n-# on \`${member}\`\n`)
  const menu = await moderator.userMenu('Audit: actions on', member)
  expect(textOf(menu.message)).toContain(`\n-# on <@${member}>\n`)
})

test('a target that nothing was done to gets zero', async () => {
  const { moderator, town } = await openCustos({ days: 1 })
  const { message } = await moderator.command('audit target', { on: `<@${town.bot.id}>` })
  expect(fieldOf(message, 'Actions')).toBe('0')
  expect(fieldOf(message, 'By moderator')).toBe('none')
})

describe('the status of a member', () => {
  test('comes first: banned, by whom, when and why, even if the time range has nothing of it', async () => {
    const { moderator, town, actor, clock } = await openCustos()
    const [member = ''] = town.members.map(({ id }) => id)
    members.ban(actor(1), member, 'Raid')
    const at = clock.now() / 1000
    clock.advance(2 * 86_400_000)
    const { message } = await moderator.command('audit target', { on: 'marble', since: '1d' })
    expect(textOf(message)).toMatch(/^\\@marble: banned 24 Nov 2026\n/)
    expect(fieldOf(message, 'Status')).toMatch(
      new RegExp(`^🔨 <@${actor(1).actorId}> banned <@${member}>.* · <t:${at}:R>\\n> Raid$`),
    )
    expect(fieldOf(message, 'Actions')).toBe('0')
  })

  test('is the one of the moment of the command on every page of its list', async () => {
    const { moderator, town, actor, clock } = await openCustos()
    const [member = ''] = town.members.map(({ id }) => id)
    for (let count = 0; count < 25; count++) members.kick(actor(0), member)
    const { message } = await moderator.command('audit target', { on: 'marble' })
    expect(textOf(message)).toMatch(/^\\@marble: kicked 24 Nov 2026\n/)
    clock.advance(3_600_000)
    members.ban(actor(1), member)
    await moderator.click(message, 'Next')
    expect(textOf(message)).toMatch(/^\\@marble: kicked 24 Nov 2026\n/)
  })

  test('is not shown for anything but a member, and neither are the buttons that narrow', async () => {
    const { moderator, town, actor } = await openCustos()
    const [channel = ''] = town.channels
    channels.updateChannel(actor(0), channel, { rate_limit_per_user: 5 })
    const { message } = await moderator.command('audit target', { on: channel })
    expect(textOf(message)).toMatch(/^1 action on /)
    expect(fieldOf(message, 'Status')).toBeUndefined()
    expect(buttonsOf(message)).toEqual([])
  })
})

test('punishments come before everything else in the split by action', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [member = ''] = town.members.map(({ id }) => id)
  for (let count = 0; count < 3; count++) members.setNickname(actor(0), member, `Name ${count}`)
  members.timeout(actor(1), member, clock.now() + 60_000)
  const { message } = await moderator.command('audit target', { on: 'marble' })
  expect(fieldOf(message, 'By action')).toMatch(/Member Timeout \*\*1\*\*.*Member Update \*\*3\*\*/s)
})

test('a member whose name Discord has not sent has a status too, by their id alone', async () => {
  const { moderator, actor } = await openCustos()
  await moderator.command('audit recent')
  const stranger = '1100000000000000001'
  members.ban(actor(0), stranger, 'Raid')
  const { message } = await moderator.command('audit target', { on: stranger })
  expect(textOf(message)).toMatch(/^One member: banned 24 Nov 2026\n-# on <@1100000000000000001>\n/)
})

test('a member who acted after they were kicked is back', async () => {
  const { moderator, discord, town, actor, clock } = await openCustos()
  const { actorId: bruno } = actor(1)
  const roles = town.guild.members.get(bruno)?.roles ?? []
  const user = discord.world.users.get(bruno)
  members.kick(actor(0), bruno, 'By mistake')
  clock.advance(3_600_000)
  if (user) town.guild.addMember(user, roles, clock.now())
  expect(textOf((await moderator.command('audit target', { on: bruno })).message)).toContain(
    'not seen here since',
  )
  members.kick(actor(1), town.members[3]?.id ?? '')
  const { message } = await moderator.command('audit target', { on: bruno })
  expect(textOf(message)).toMatch(/^\\@Bruno: not banned or timed out\n/)
  expect(fieldOf(message, 'Status')).toMatch(/^Not banned or timed out · .* · seen here since\n> By mistake$/)
})

test('what AutoMod did is not counted for the offender, whom Discord names as the one who acted', async () => {
  const { moderator, town, actor } = await openCustos()
  const [member = ''] = town.members.map(({ id }) => id)
  members.kick(actor(0), member)
  for (let count = 0; count < 2; count++) {
    automod.blockMessage(actor(0), { name: 'Spam', trigger: 1 }, member, town.channels[0] ?? '')
  }
  const { message } = await moderator.command('audit target', { on: 'marble' })
  expect(fieldOf(message, 'Actions')).toBe('3')
  expect(fieldOf(message, 'By moderator')).toMatch(/^<@\d+> \*\*1\*\*.*AutoMod \*\*2\*\*$/s)
  expect(fieldOf(message, 'By moderator')).not.toContain(member)
})

test('buttons narrow the list from any page, even after a restart, and lead back to all of it', async () => {
  const { moderator, town, actor, clock, restart } = await openCustos()
  const [member = ''] = town.members.map(({ id }) => id)
  for (let count = 0; count < 12; count++) members.kick(actor(count % 2), member)
  members.timeout(actor(0), member, clock.now() + 60_000)
  const { message } = await moderator.command('audit target', { on: 'marble', by: actor(0).actorId })
  await restart()
  const actions = () => fieldOf(message, 'Actions')
  const inForce = () => {
    const offered = buttonsOf(message).map(({ label }) => label)
    return ['Bans & kicks', 'Timeouts', 'Deletes', 'All'].filter((label) => !offered.includes(label))
  }
  expect(actions()).toBe('7')
  await moderator.click(message, 'Timeouts')
  expect([actions(), inForce()]).toEqual(['1', ['Timeouts']])
  await moderator.click(message, 'Deletes')
  expect([actions(), inForce()]).toEqual(['0', ['Deletes']])
  await moderator.click(message, 'Bans & kicks')
  expect([actions(), inForce()]).toEqual(['6', ['Bans & kicks']])
  await moderator.click(message, 'All')
  expect([actions(), inForce()]).toEqual(['7', ['All']])
  const kicks = await moderator.command('audit target', { on: 'marble', action: 'Member Kick' })
  expect(buttonsOf(kicks.message).map(({ label }) => label)).toEqual(['Previous', 'Next'])
})
