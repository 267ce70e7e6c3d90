import { expect, test } from 'vitest'
import { openPosting } from '../../../support/open-posting.ts'

const ROW = 1
const BUTTON = 2

/** A message with an embed and a button. */
function post(title: string, customId = 'details:1') {
  const button = { type: BUTTON, style: 2, label: 'Details', custom_id: customId } as const
  return { embeds: [{ title }], components: [{ type: ROW as 1, components: [button] }] }
}

test('a message is posted once under a nonce, however often it is sent', async () => {
  const { posting, place, discord } = await openPosting()
  const first = await posting.send(place, post('Kick'), 'watch-1-post-1')
  const second = await posting.send(place, post('Kick'), 'watch-1-post-1')
  const messages = discord.conversation.messagesIn(place.channelId)
  expect([first, second]).toEqual([
    { type: 'sent', messageId: messages[0]?.id },
    { type: 'sent', messageId: messages[0]?.id },
  ])
  expect(messages).toHaveLength(1)
})

test('a message is edited', async () => {
  const { posting, place, discord } = await openPosting()
  await posting.send(place, post('1 ban'), 'one')
  const [message] = discord.conversation.messagesIn(place.channelId)
  const id = message?.id ?? ''
  expect(await posting.edit(place, id, post('2 bans'))).toEqual({ type: 'sent', messageId: id })
  expect(discord.conversation.messages.get(id)?.body).toMatchObject({ embeds: [{ title: '2 bans' }] })
})

test('a message is found by its custom id', async () => {
  const { posting, place, clock } = await openPosting()
  const before = clock.now()
  await posting.send(place, post('Kick', 'details:a'), 'one')
  const sent = await posting.send(place, post('Ban', 'details:b'), 'two')
  expect(await posting.find(place, before, 'details:b')).toEqual({ ...sent, type: 'found' })
  expect(await posting.find(place, before, 'details:c')).toEqual({ type: 'absent' })
})
