import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../../support/read.ts'

const HOUR = 3_600_000

test('a member who is gone is shown by mention and name, once in each reply', async () => {
  const { moderator, town, actor } = await openCustos()
  const [marble = ''] = town.members.map(({ id }) => id)
  const [general = ''] = town.channels
  members.kick(actor(0), marble)
  // A message is often deleted after its author was kicked.
  messages.deleteMessage(actor(0), general, marble)
  const { message } = await moderator.command('audit deletes')
  const named = `<@${marble}> (marble)`
  expect(textOf(message)).toContain(`deleted a message by ${named} in`)
  expect(fieldOf(message, 'By author')).toBe(`${named} **1**`)
  const entry = await moderator.choose(message, entryIdsOf(message)[0] ?? '')
  expect(fieldOf(entry.message, 'Target')).toBe(`${named} \`${marble}\``)
  expect(fieldOf(entry.message, 'By')).toBe(`<@${actor(0).actorId}> \`${actor(0).actorId}\``)
  const target = await moderator.command('audit target', { on: 'marble' })
  expect(textOf(target.message)).toContain(`\n-# on ${named}\n`)
  for (const { message: shown } of [{ message }, entry, target])
    expect(textOf(shown)).not.toContain('(marble) (marble)')
  for (const { message: shown } of [{ message }, target])
    expect(textOf(shown).match(/<@\d+> \(Alice\)/)).toBeNull()
})

test('what only works on a member shows that they are here, and who was kicked or banned is gone until then', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [marble = '', quill = '', otter = '', pepper = ''] = town.members.map(({ id }) => id)
  const bruno = actor(1).actorId
  const shown = async () => {
    const { message } = await moderator.command('audit recent')
    const text = textOf(message)
    return (id: string, name: string) => {
      const mentions = text.split(`<@${id}>`).slice(1)
      expect(mentions.length).toBeGreaterThan(0)
      return mentions.every((after) => after.startsWith(` (${name})`))
    }
  }
  members.timeout(actor(1), marble, clock.now() + HOUR)
  members.addRoles(actor(1), quill, [town.roles.muted.id])
  members.bulkBan(actor(1), [otter, pepper])
  const before = await shown()
  expect(before(bruno, 'Bruno')).toBe(false)
  expect([before(marble, 'marble'), before(quill, 'quill')]).toEqual([false, false])
  expect([before(otter, 'otter'), before(pepper, 'pepper')]).toEqual([true, true])

  clock.advance(HOUR)
  members.kick(actor(0), marble)
  members.ban(actor(0), bruno)
  const after = await shown()
  expect([after(marble, 'marble'), after(bruno, 'Bruno')]).toEqual([true, true])
  const { message } = await moderator.command('audit activity')
  expect(textOf(message)).toMatch(new RegExp(`^\\d\\. <@${bruno}> \\(Bruno\\) \\*\\*\\d`, 'm'))
  const ranked = await moderator.command('audit target', { on: `<@${quill}>` })
  expect(fieldOf(ranked.message, 'By moderator')).toBe(`<@${bruno}> (Bruno) **1**`)
  const again = await moderator.command('audit repeats', { min: 1, action: 'Member Role Update' })
  expect(textOf(again.message)).toContain(`by <@${bruno}> (Bruno) 1`)

  clock.advance(HOUR)
  members.unban(actor(0), bruno)
  members.unban(actor(0), otter)
  const unbanned = await shown()
  expect([unbanned(bruno, 'Bruno'), unbanned(otter, 'otter')]).toEqual([true, true])
  town.guild.addMember(town.moderators[1] ?? town.bot.user, [town.roles.moderator.id], clock.now())
  members.kick(actor(1), pepper)
  const back = await moderator.command('audit activity')
  expect(textOf(back.message)).toMatch(new RegExp(`^\\d\\. <@${bruno}> \\*\\*\\d`, 'm'))
})
