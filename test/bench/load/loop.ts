import { setTimeout as sleep } from 'node:timers/promises'
import { Discord } from '../../../sandbox/discord.ts'
import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import { simulateHistory } from '../../../sandbox/town/history.ts'
import { createTown } from '../../../sandbox/town/town.ts'
import { createBigGuild } from '../big-guild.ts'
import { withCopy } from '../copy.ts'
import { percentile } from '../measure.ts'
import { preparedFile } from '../prepared.ts'
import { finished, type Load, loads } from './loads.ts'
import { MeasuredBot } from './measured-bot.ts'

/** How long the event loop may be blocked, in milliseconds. */
const BUDGET = 50

/** How often a small command is run during a load, in milliseconds. */
const EVERY = 100

const TOKEN = 'a-token'

/**
 * Measures how late the bot's event loop is while it is kept busy, and how long members wait for a first response, with
 * an archive of two million entries. Exits with 1 when a load blocks the loop for longer than the budget.
 * @param only part of the name of the loads to run, such as `export`; empty for all
 */
async function main(only: string): Promise<boolean> {
  const path = await preparedFile(false)
  return withCopy(path, async (copy) => {
    const discord = await Discord.start()
    // As fast as the bot can: Discord's rate limits would give it pauses.
    discord.rateLimits.global = discord.rateLimits.standard = { limit: 100_000, window: 1000 }
    discord.rateLimits.routes.clear()
    const town = createTown(discord, TOKEN)
    simulateHistory(town, { days: 40, perDay: 750, seed: 1 })
    const big = createBigGuild(discord, town.bot)
    const bot = new MeasuredBot(discord, TOKEN, { DATABASE_URL: `sqlite:${copy}`, READS_PER_MINUTE: '1500' })
    await bot.ready()
    print('', 'took', 'loop p99', 'loop max', 'busy max', 'resp. p50', 'resp. max')
    let isWithinBudget = true
    for (const load of loads(discord, big, bot)) {
      if (load.what.includes(only))
        isWithinBudget = (await measured(load, bot, big.moderator)) && isWithinBudget
    }
    await bot.stop()
    await discord.stop()
    return isWithinBudget
  })
}

/** Prints what a load did to the bot. @returns whether it was within the budget */
async function measured({ what, run }: Load, bot: MeasuredBot, moderator: MemberClient): Promise<boolean> {
  await bot.delay()
  const ended = new AbortController()
  const running = runRepeatedly(moderator, ended.signal)
  const start = performance.now()
  await run()
  const took = performance.now() - start
  ended.abort()
  const responses = await running
  const { p99, max, busy } = await bot.delay()
  const times = [took, p99, max, busy, percentile(responses, 50), Math.max(...responses)]
  print(what, ...times.map((time) => `${time.toFixed(0)} ms`), busy > BUDGET ? 'MISSED' : '')
  return busy <= BUDGET
}

/** Runs a small command repeatedly. @returns how long each first response took, in milliseconds */
async function runRepeatedly(moderator: MemberClient, signal: AbortSignal): Promise<number[]> {
  const responses: number[] = []
  while (!signal.aborted) {
    const reply = moderator.send('audit status')
    await finished(reply)
    responses.push(reply.timings.firstResponse)
    await sleep(EVERY)
  }
  return responses
}

function print(what: string, ...cells: string[]): void {
  process.stdout.write(`${what.padEnd(40)}${cells.map((cell) => cell.padStart(10)).join('')}\n`)
}

process.exitCode = (await main(process.argv[2] ?? '')) ? 0 : 1
