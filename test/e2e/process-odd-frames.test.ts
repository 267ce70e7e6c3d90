import { expect, test } from 'vitest'
import { oddFrames } from '../../sandbox/gateway/odd-frames/odd-frames.ts'
import { openProcesses } from '../support/open-processes.ts'
import { footersOf } from '../support/read.ts'

test('a process that is sent every odd frame at once lives on and answers', async () => {
  const { discord, moderator, run, town } = await openProcesses()
  const bot = run()
  await bot.ready()
  for (const frame of oddFrames({ guildId: town.guild.id, botId: town.bot.id })) {
    discord.gateway.sendOddFrame(town.bot.id, frame)
  }
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain(`1–10 of ${town.guild.log.since().length}, `)
  expect(bot.output.stdout).not.toContain('Something failed unnoticed.')
  expect(await bot.stop()).toBe(0)
})

/** Makes a process fail, when it is sent a signal, where nothing waits for it, as a library may. */
const FAILS_ON_SIGNAL = "process.on('SIGUSR2',()=>void Promise.reject(new Error('Nobody waited.')))"

test('a failure that nothing waited for is logged, and ends nothing', async () => {
  const { moderator, run, town } = await openProcesses()
  const bot = run({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(FAILS_ON_SIGNAL)}` })
  await bot.ready()
  process.kill(bot.pid, 'SIGUSR2')
  while (!bot.output.stdout.includes('Nobody waited.'))
    await new Promise((resolve) => setTimeout(resolve, 10))
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain(`1–10 of ${town.guild.log.since().length}, `)
  expect(await bot.stop()).toBe(0)
})
