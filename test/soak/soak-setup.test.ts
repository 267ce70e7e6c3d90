import { expect, test } from 'vitest'
import { SoakSetup } from './soak-setup.ts'

test('a bot that cannot log in at first is ready once time passes', async () => {
  const here = await SoakSetup.start(1)
  await here.stopBot()
  let failures = 3
  here.discord.fault = (_, path) => {
    return path === '/gateway/bot' && failures-- > 0 ? { status: 503, body: '' } : undefined
  }
  await here.startBot()
  expect(here.isConnected).toBe(true)
  await here.close()
})
