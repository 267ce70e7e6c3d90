import { setTimeout as sleep } from 'node:timers/promises'
import { Discord } from '../../../sandbox/discord.ts'
import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import { simulateHistory } from '../../../sandbox/town/history.ts'
import { createTown } from '../../../sandbox/town/town.ts'
import { createBigGuild } from '../big-guild.ts'
import { withCopy } from '../copy.ts'
import { preparedFile } from '../databases/sqlite.ts'
import { percentile } from '../measure.ts'
import { finished, type Load, loads } from './loads.ts'
import { MeasuredBot } from './measured-bot.ts'
import { addSmallGuilds } from './small-guilds.ts'
import { startInManyGuilds } from './start.ts'

/** How long the event loop may be blocked, in milliseconds. */
const BUDGET = 50

/** How often a small command is run during a load, in milliseconds. */
const EVERY = 100

/** How many other servers the bot is in. */
const SMALL_GUILDS = 300

const TOKEN = 'a-token'

/**
 * Measures how late the bot's event loop is while it is kept busy, and how long members wait for a first response, with
 * an archive of two million entries. Exits with 1 when a load blocks the loop for longer than the budget.
 * @param only part of the name of the loads to run, such as `export`; empty for all
 */
async function main(only: string): Promise<boolean> {
  const path = await preparedFile()
  return withCopy(path, async (copy) => {
    const discord = await Discord.start()
    // As fast as the bot can: Discord's rate limits would give it pauses.
    discord.rateLimits.global = discord.rateLimits.standard = { limit: 100_000, window: 1000 }
    discord.rateLimits.routes.clear()
    const town = createTown(discord, TOKEN)
    simulateHistory(town, { days: 40, perDay: 750, seed: 1 })
    const big = createBigGuild(discord, town.bot)
    const small = addSmallGuilds(discord, town.bot, SMALL_GUILDS)
    const bot = new MeasuredBot(discord, TOKEN, { DATABASE_URL: `sqlite:${copy}`, READS_PER_MINUTE: '1500' })
    await bot.ready()
    print(
      '',
      'took',
      'loop p99',
      'loop max',
      'busy max',
      'resp. p50',
      'resp. max',
      'answer p50',
      'answer p99',
    )
    // In a guild of its own, since an answer reads again what just happened in its guild.
    const asker = town.as(town.moderators[0]?.id ?? '')
    let isWithinBudget = true
    for (const load of loads({ discord, big, small, bot, path: copy })) {
      if (load.what.includes(only)) isWithinBudget = (await measured(load, bot, asker)) && isWithinBudget
    }
    await bot.stop()
    await discord.stop()
    return isWithinBudget
  })
}

/** Measures the start of a bot in many servers. @returns whether it was within the budget */
async function measureStart(): Promise<boolean> {
  const { bot, load, stop } = await startInManyGuilds(TOKEN)
  const isWithin = await measured(load, bot)
  await stop()
  return isWithin
}

/** Prints what a load did to the bot. @returns whether it was within the budget */
async function measured({ what, run }: Load, bot: MeasuredBot, moderator?: MemberClient): Promise<boolean> {
  await bot.delay()
  const ended = new AbortController()
  const running = moderator ? runRepeatedly(moderator, ended.signal) : []
  const start = performance.now()
  await run()
  const took = performance.now() - start
  ended.abort()
  const responses = await running
  const { p99, max, busy, memory } = await bot.delay()
  const [first, answers] = [responses.map(({ first }) => first), responses.map(({ answer }) => answer)]
  const times = [
    took,
    p99,
    max,
    busy,
    percentile(first, 50),
    Math.max(...first),
    percentile(answers, 50),
    percentile(answers, 99),
  ]
  print(
    what,
    ...times.map((time) => (Number.isFinite(time) ? `${time.toFixed(0)} ms` : '–')),
    `${memory.toFixed(0)} MB`,
    busy > BUDGET ? 'MISSED' : '',
  )
  return busy <= BUDGET
}

/** How long a member waited, in milliseconds. */
interface Waited {
  readonly first: number
  readonly answer: number
}

/** Runs a small command repeatedly. @returns how long each first response and each answer took */
async function runRepeatedly(moderator: MemberClient, signal: AbortSignal): Promise<Waited[]> {
  const responses: Waited[] = []
  while (!signal.aborted) {
    const reply = moderator.send('audit recent', { limit: 10 })
    await finished(reply)
    responses.push({ first: reply.timings.firstResponse, answer: reply.timings.answer })
    await sleep(EVERY)
  }
  return responses
}

function print(what: string, ...cells: string[]): void {
  process.stdout.write(`${what.padEnd(52)}${cells.map((cell) => cell.padStart(11)).join('')}\n`)
}

const only = process.argv[2] ?? ''
const areWithin = [only === 'start' || (await main(only)), !'start'.includes(only) || (await measureStart())]
process.exitCode = areWithin.every(Boolean) ? 0 : 1
