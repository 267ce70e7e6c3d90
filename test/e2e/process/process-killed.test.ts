import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { Random } from '../../../sandbox/town/random.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { expectComplete } from '../../support/archive/expect-complete.ts'
import { READ } from '../../support/log-messages.ts'
import { logged, openProcesses } from '../../support/process/open-processes.ts'

/** `KILLS=100 npx vitest run process-killed` kills a process that often. */
const KILLS = Number(process.env.KILLS ?? 2)
const SEED = Number(process.env.SEED ?? 1)

/** How long a process runs at most before it is killed, in milliseconds. */
const MAX_RUN = 600

test(`after ${KILLS} kills at any moment, the archive gets every entry once`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const random = new Random(SEED)
  const path = archiveFile()
  const { discord, town, run } = await openProcesses({ history: { days: 30, perDay: 60, seed: SEED } })
  const acting = new AbortController()
  const acted = act(acting.signal)
  for (let kill = 0; kill < KILLS; kill++) {
    const bot = start()
    if (random.chance(0.8)) await bot.ready()
    await sleep(random.whole(0, MAX_RUN))
    await bot.stop('SIGKILL')
  }
  acting.abort()
  await acted

  const bot = start()
  await bot.ready()
  await logged(bot, READ)
  expect(await bot.stop()).toBe(0)
  await expectComplete(path, town)

  function start() {
    return run({ DATABASE_URL: `sqlite:${path}`, READS_PER_MINUTE: '1500', LOG_LEVEL: 'debug' })
  }

  /** Makes new entries all the time, and lets counts grow, which no event reports. */
  async function act(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const actorId = random.pick(town.moderators).id
      const actor = { world: discord.world, guild: town.guild, actorId }
      const member = random.pick(town.members).id
      if (random.chance(0.5)) members.kick(actor, member)
      else messages.deleteMessage(actor, random.pick(town.channels), member)
      await sleep(random.whole(0, 10))
    }
  }
})
