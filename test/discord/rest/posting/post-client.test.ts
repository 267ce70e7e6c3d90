import { setImmediate as settled } from 'node:timers/promises'
import { Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { createPostClient, takeTurns } from '../../../../src/discord/rest/posting/post-client.ts'
import type { ReadBudget } from '../../../../src/sync/budget/read-budget.ts'
import { openDiscord, TOKEN } from '../../../support/open-discord.ts'
import { saying } from '../../../support/sandbox/manual-bot.ts'

/** A client that posts, and the turns that it takes. */
async function open() {
  const here = await openDiscord()
  const turns: { readonly key: string; readonly lane: string; isOver: boolean }[] = []
  const budget: Pick<ReadBudget, 'run'> = {
    run: async (key, lane, request) => {
      const turn = { key, lane, isOver: false }
      turns.push(turn)
      return request().finally(() => {
        turn.isOver = true
      })
    },
  }
  const rest = createPostClient({ api: here.discord.api, token: TOKEN })
  takeTurns(rest, budget)
  return { ...here, client: rest, turns }
}

test('a request takes the turn of its channel or guild, among the posts', async () => {
  const { client, turns, town } = await open()
  const [general = ''] = town.channels
  await client.post(Routes.channelMessages(general), { body: saying('Hi') })
  await client.get(Routes.guildRoles(town.guild.id))
  await client.post(Routes.userChannels(), { body: { recipient_id: town.moderators[0]?.id } })
  expect(turns).toEqual([
    { key: general, lane: 'post', isOver: true },
    { key: town.guild.id, lane: 'post', isOver: true },
    { key: '', lane: 'post', isOver: true },
  ])
})

test('a request that waits for the limit of its channel takes no turn until it is sent', async () => {
  const { client, turns, town, discord } = await open()
  const [general = ''] = town.channels
  discord.rateLimits.routes.set('POST /channels/:id/messages', { limit: 1, window: 100 })
  const [first, ...others] = ['one', 'two', 'three'].map((content) =>
    client.post(Routes.channelMessages(general), { body: saying(content) }),
  )
  await first
  await settled()
  expect(turns).toEqual([{ key: general, lane: 'post', isOver: true }])
  await Promise.all(others)
  expect(turns).toHaveLength(3)
})
