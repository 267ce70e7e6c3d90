import { expect, test } from 'vitest'
import { Scenery } from './scenery.ts'

test('a bot that Discord does not let in at first is up again once time goes on', async () => {
  const here = await Scenery.raise(1)
  await here.stopBot()
  let refusals = 3
  here.discord.fault = (_, path) => {
    return path === '/gateway/bot' && refusals-- > 0 ? { status: 503, body: '' } : undefined
  }
  await here.startBot()
  expect(here.isConnected).toBe(true)
  await here.strike()
})
