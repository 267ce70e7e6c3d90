import { expect, test } from 'vitest'
import type { SentResponse } from '../../../sandbox/rest/rest-call.ts'
import { openDiscord } from '../../support/open-discord.ts'

test('every response is reported when it is sent, with the query and the host of its request', async () => {
  const { discord, rest, town } = await openDiscord()
  const sent: SentResponse[] = []
  discord.onResponse = (response) => sent.push(response)
  await rest.get(`/guilds/${town.guild.id}/audit-logs?limit=5`)
  await rest.get('/nowhere')
  const { host } = new URL(discord.origin)
  expect(sent).toEqual([
    { method: 'GET', path: `/guilds/${town.guild.id}/audit-logs`, query: { limit: '5' }, status: 200, host },
    { method: 'GET', path: '/nowhere', query: {}, status: 404, host },
  ])
})

test('a response is sent after its latency, and others do not wait for it', async () => {
  const { discord, rest } = await openDiscord()
  discord.latency = (_, path) => (path === '/users/@me' ? 50 : 0)
  const order: string[] = []
  const get = async (path: string) => {
    await rest.get(path)
    order.push(path)
  }
  await Promise.all([get('/users/@me'), get('/gateway/bot')])
  expect(order).toEqual(['/gateway/bot', '/users/@me'])
})
