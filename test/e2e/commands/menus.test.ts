import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as threads from '../../../sandbox/actions/threads.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import { openCustos } from '../../support/open-custos.ts'
import { fieldOf, textOf } from '../../support/read.ts'

test('the menu of a user shows what they did, and what was done to them', async () => {
  const { moderator, town, actor } = await openCustos()
  members.kick(actor(1), town.members[0]?.id ?? '')
  members.setNickname(actor(0), actor(1).actorId, 'Bruno the Kicker')
  const by = await moderator.userMenu('Audit: actions by', actor(1).actorId)
  expect(textOf(by.message)).toMatch(/^1 action by \\@Bruno\n/)
  expect(fieldOf(by.message, 'By action')).toBe('👢 Member Kick **1**')
  expect(by.ephemeral).toBe(true)
  const on = await moderator.userMenu('Audit: actions on', actor(1).actorId)
  expect(textOf(on.message)).toMatch(/^\\@Bruno: not banned or timed out\n/)
  expect(fieldOf(on.message, 'By action')).toBe('👤 Member Update **1**')
})

test('the context menu of a message counts what was deleted since it', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  messages.bulkDelete(actor(0), town.channels[0] ?? '', 5)
  clock.advance(1000)
  const { message } = await moderator.command('audit recent', { public: true })
  clock.advance(1000)
  messages.bulkDelete(actor(0), town.channels[0] ?? '', 7)
  messages.bulkDelete(actor(0), town.channels[1] ?? '', 20)
  const since = await moderator.messageMenu('Audit: deletes since this', message)
  expect(fieldOf(since.message, 'Messages deleted')).toBe('7\nall of them in bulk')
  expect(textOf(since.message)).toContain(`\n-# in <#${town.channels[0]}>\n`)
  await moderator.click(since.message, 'All channels')
  expect(fieldOf(since.message, 'Messages deleted')).toBe('27\nall of them in bulk')
  expect(buttonsOf(since.message).map(({ label }) => label)).not.toContain('All channels')
})

test('a message in a thread is about that thread', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [channel = ''] = town.channels
  const thread = threads.createThread(actor(0), channel, 'A thread')
  const there = town.as(moderator.userId, thread.id)
  const { message } = await there.command('audit recent', { public: true })
  clock.advance(1000)
  messages.bulkDelete(actor(0), channel, 5)
  messages.deleteMessage(actor(0), thread.id, town.members[0]?.id ?? '')
  const since = await there.messageMenu('Audit: deletes since this', message)
  expect(fieldOf(since.message, 'Messages deleted')).toBe('1')
})
