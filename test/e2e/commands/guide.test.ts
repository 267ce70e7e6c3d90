import { expect, test } from 'vitest'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import { openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, footersOf, textOf } from '../../support/read.ts'

const DAY = 86_400_000

// What discord.py's guide to audit logs does, done with Custos.

test('list one action: who was kicked, and who more than once', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [often = '', once = ''] = town.members.map(({ id }) => id)
  for (const id of [often, once, often, often]) {
    members.kick(actor(0), id)
    clock.advance(DAY)
  }
  const kicks = await moderator.command('audit recent', { action: 'Member Kick' })
  expect(textOf(kicks.message).match(/kicked <@\d+>/g)).toEqual(
    [often, often, once, often].map((id) => `kicked <@${id}>`),
  )
  const again = await moderator.command('audit recent', { action: 'Member Kick', on: often })
  expect(footersOf(again.message)[0]).toContain('1–3 of 3, ')
})

test('count what one moderator did, to see whether they are inactive', async () => {
  const { moderator, town, actor, clock, log } = await openCustos({ retentionDays: 365 })
  // Only what came after the first read is known without another read, which would not reach back 60 days.
  await log.waitFor('The audit log is read.')
  for (let count = 0; count < 4; count++) members.kick(actor(1), town.members[count]?.id ?? '')
  const actions = async (values: Record<string, string>) =>
    fieldOf((await moderator.command('audit user', values)).message, 'Actions')
  // Read before Discord forgets it, so it stays stored.
  expect(await actions({ user: actor(1).actorId })).toBe('4')
  clock.advance(60 * DAY)
  members.kick(actor(1), town.members[5]?.id ?? '')
  expect(await actions({ user: actor(1).actorId })).toBe('5')
  expect(await actions({ user: actor(1).actorId, since: '30d' })).toBe('1')
  expect(await actions({ user: actor(2).actorId })).toBe('0')
})

test('count the messages deleted between two messages', async () => {
  const { moderator, town, actor, clock, discord } = await openCustos()
  const [channel = ''] = town.channels
  const remove = (count: number) => messages.bulkDelete(actor(0), channel, count)
  remove(5)
  clock.advance(1000)
  const first = discord.world.newId()
  clock.advance(1000)
  remove(7)
  remove(11)
  clock.advance(1000)
  const last = discord.world.newId()
  clock.advance(1000)
  remove(13)
  const link = (id: string) => `https://discord.com/channels/${town.guild.id}/${channel}/${id}`
  const { message } = await moderator.command('audit deletes', { since: link(first), until: link(last) })
  expect(fieldOf(message, 'Messages deleted')).toBe('18\nall of them in bulk')
})

test('see all of an entry: reason, time, category, before and after, and the extras', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [channel = ''] = town.channels
  channels.updateChannel(actor(0), channel, { rate_limit_per_user: 30 }, 'Too fast')
  overwrites.setOverwrite(actor(1), channel, overwrites.roleOverwrite(town.roles.muted.id, 0n, 2048n))
  const { message } = await moderator.command('audit recent')
  const [overwrite = '', update = ''] = entryIdsOf(message)

  const updated = await moderator.choose(message, update)
  expect(fieldOf(updated.message, 'Reason')).toBe('Too fast')
  expect(fieldOf(updated.message, 'When')).toContain(`<t:${clock.now() / 1000}:F>`)
  expect(fieldOf(updated.message, 'Category')).toBe('updated')
  expect(textOf(updated.message)).toContain('• slow mode: off → 30 seconds')

  const created = await moderator.choose(message, overwrite)
  expect(fieldOf(created.message, 'Category')).toBe('created')
  expect(textOf(created.message)).toContain(`set permissions for <@&${town.roles.muted.id}> in <#${channel}>`)
  expect(textOf(created.message)).toContain('• permissions: denied Send Messages')
  expect(fieldOf(created.message, 'Details')).toBe('role: Muted')
})
