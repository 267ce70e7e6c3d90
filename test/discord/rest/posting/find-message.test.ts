import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { roleOverwrite, setOverwrite } from '../../../../sandbox/actions/overwrites.ts'
import { always } from '../../../../sandbox/rest/faults.ts'
import { openPosting } from '../../../support/open-posting.ts'
import { post } from '../../../support/post.ts'
import { RestClient } from '../../../support/sandbox/rest-client.ts'

const SECOND = 1000

test('a post is found by its own custom id', async () => {
  const { posting, place, clock } = await openPosting()
  const before = clock.now()
  await posting.send(place, post('Kick', 'details:a'), 'one')
  const sent = await posting.send(place, post('Ban', 'details:b'), 'two')
  expect(await posting.find(place, before, 'details:b')).toEqual({ ...sent, type: 'found' })
  expect(await posting.find(place, before, 'details:c')).toEqual({ type: 'absent' })
})

test('what was posted before the moment is not looked at', async () => {
  const { posting, place, clock } = await openPosting()
  await posting.send(place, post('Kick', 'details:a'), 'one')
  clock.advance(SECOND)
  expect(await posting.find(place, clock.now(), 'details:a')).toEqual({ type: 'absent' })
})

test('messages of others are not taken for it, whatever their custom ids', async () => {
  const { posting, place, clock, discord, town } = await openPosting()
  const gatekeeper = town.moderators.find(({ username }) => username === 'Gatekeeper') ?? town.bot.user
  discord.world.addApplication(gatekeeper, 'another-token')
  const other = new RestClient(discord.api, 'another-token')
  const message = { ...post('Kick', 'details:a'), allowed_mentions: { parse: [] } }
  expect(await other.post(`/channels/${place.channelId}/messages`, message)).toMatchObject({ status: 200 })
  expect(await posting.find(place, clock.now() - SECOND, 'details:a')).toEqual({ type: 'absent' })
})

test('it is found behind more messages than Discord returns at once, unless there are too many', async () => {
  const { posting, place, clock, discord, town } = await openPosting()
  const before = clock.now()
  const chat = (count: number) => {
    for (let index = 0; index < count; index++)
      discord.conversation.postAs(place.channelId, town.bot.user, `${index}`)
  }
  chat(250)
  const sent = await posting.send(place, post('Kick', 'details:a'), 'one')
  expect(await posting.find(place, before, 'details:a')).toEqual({ ...sent, type: 'found' })
  chat(400)
  expect(await posting.find(place, before, 'details:b')).toEqual({ type: 'unreadable' })
})

test('without Read Message History it cannot be looked for', async () => {
  const { posting, place, clock, actor, town } = await openPosting()
  await posting.send(place, post('Kick', 'details:a'), 'one')
  setOverwrite(actor(0), place.channelId, roleOverwrite(town.guild.id, 0n, May.ReadMessageHistory))
  expect(await posting.find(place, clock.now() - SECOND, 'details:a')).toEqual({ type: 'unreadable' })
})

test('in a channel that Custos may not view, or that was deleted, the obstacle is known', async () => {
  const { posting, place, clock, actor, town } = await openPosting()
  setOverwrite(actor(0), place.channelId, roleOverwrite(town.guild.id, 0n, May.ViewChannel))
  expect(await posting.find(place, clock.now(), 'details:a')).toEqual({
    type: 'refused',
    obstacle: { type: 'permissions', permissions: ['ViewChannel'] },
  })
  town.guild.channels.delete(place.channelId)
  expect(await posting.find(place, clock.now(), 'details:a')).toEqual({
    type: 'refused',
    obstacle: { type: 'channel' },
  })
})

test('it is not known while Discord does not answer', async () => {
  const { posting, place, clock, discord, log } = await openPosting()
  discord.fault = always(/messages$/, { status: 500 })
  expect(await posting.find(place, clock.now(), 'details:a')).toEqual({ type: 'unknown' })
  expect(log.shown.map(({ message }) => message)).toEqual(['Looking for a post failed.'])
})
