import { expect, test } from 'vitest'
import * as threads from '../../sandbox/actions/threads.ts'
import { guildView } from '../../sandbox/page/state/view-guild.ts'
import { openDiscord } from '../support/open-discord.ts'

test('a private channel and its threads are shown only to members who may view it', async () => {
  const { town, actor } = await openDiscord()
  threads.createThread(actor(0), town.modRoom, 'Appeals')
  threads.createThread(actor(0), town.channels[0] ?? '', 'Chapter 1')
  const shownTo = (memberId: string | undefined) =>
    guildView({ town, suggestedMembers: [] }, memberId ?? '').channels.map(({ name }) => name)
  expect(shownTo(town.moderators[1]?.id)).toEqual(
    expect.arrayContaining(['general', 'mod-room', 'Appeals', 'Chapter 1']),
  )
  expect(shownTo(town.members[0]?.id)).toEqual(expect.arrayContaining(['general', 'Chapter 1']))
  expect(shownTo(town.members[0]?.id)).not.toContain('mod-room')
  expect(shownTo(town.members[0]?.id)).not.toContain('Appeals')
})

test('direct messages are shown to their member alone', async () => {
  const { town, discord } = await openDiscord()
  const [alice, bruno] = town.moderators
  discord.world.openDirect(town.bot.id, alice?.id ?? '')
  const directs = (memberId: string | undefined) =>
    guildView({ town, suggestedMembers: [] }, memberId ?? '').channels.filter(({ type }) => type === 'direct')
  expect(directs(alice?.id)).toMatchObject([{ name: 'Custos' }])
  expect(directs(bruno?.id)).toEqual([])
})
