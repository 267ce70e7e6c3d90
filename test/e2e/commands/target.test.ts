import { expect, test } from 'vitest'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
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
  expect(textOf(message)).toMatch(/^What was done to \\@marble\n/)
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
  expect(await textFor(`<@${member}>`)).toMatch(/^What was done to one member\n/)
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
