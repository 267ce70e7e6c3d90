import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { BotProcess } from '../../../sandbox/bot-process.ts'
import { Discord } from '../../../sandbox/discord.ts'
import { simulateHistory } from '../../../sandbox/town/history.ts'
import { createTown, type Town } from '../../../sandbox/town/town.ts'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import { freePort } from '../../support/free-port.ts'
import { ALL_READ } from '../../support/log-messages.ts'
import type { Bare } from './bare.ts'
import { runCommands } from './load.ts'
import { type ProcessMemory, settledMemory } from './process-memory.ts'
import { addServers } from './servers.ts'

const TOKEN = 'a-token'

/** A situation in which the memory of a bot is measured. */
interface Scenario {
  readonly what: string
  /** In MB. */
  readonly budget: number
  readonly servers: number
  /** Whether it serves health and metrics, which are read as Prometheus and a probe would. */
  readonly isWatched?: boolean
  /** Whether each server has a feed. */
  readonly hasFeeds?: boolean
  /** Keeps the bot busy before it is measured. */
  readonly work?: (town: Town, bot: BotProcess) => Promise<void>
  readonly bare: readonly Bare[]
}

/** Custos ends what it does not need after a minute, and V8 collects garbage some seconds after that. */
const IDLE_FOR = 80_000

const ENTRIES = 100_000
const COMMANDS = 10_000

const SCENARIOS: readonly Scenario[] = [
  {
    what: '10 servers, at rest',
    budget: 130,
    servers: 10,
    bare: ['node', '@discordjs/ws', 'discord.js without caches', 'discord.js'],
  },
  {
    what: '10 servers, watched, at rest',
    budget: 145,
    servers: 10,
    isWatched: true,
    bare: [],
  },
  {
    what: `10 servers, after reading ${ENTRIES} entries and ${COMMANDS} commands`,
    budget: 250,
    servers: 10,
    work: async (town, bot) => {
      while (!bot.output.stdout.includes(ALL_READ)) await sleep(500)
      await runCommands(town, COMMANDS)
    },
    bare: [],
  },
  {
    what: '10,000 servers, at rest',
    budget: 250,
    servers: 10_000,
    bare: ['@discordjs/ws', 'discord.js without caches', 'discord.js'],
  },
  {
    what: '10,000 servers with a feed each, at rest',
    budget: 270,
    servers: 10_000,
    hasFeeds: true,
    bare: [],
  },
]

/**
 * Measures the memory of the bot as its operator runs it, beside that of a library alone. Exits with 1 when the bot needs
 * more than its budget.
 * @param only part of the name of the scenarios to run, such as `10,000`; empty for all
 */
async function main(only: string): Promise<boolean> {
  let isWithinBudget = true
  process.stdout.write(
    `${'MB'.padEnd(64)}${'settled'.padStart(10)}${'peak'.padStart(10)}${'budget'.padStart(10)}\n`,
  )
  await startOnce()
  for (const scenario of SCENARIOS.filter(({ what }) => what.includes(only))) {
    const discord = await openDiscord(scenario)
    const memory = await measureCustos(discord, scenario)
    const isMissed = memory.resident > scenario.budget
    print(scenario.what, memory, `${scenario.budget}`.padStart(10), isMissed ? '  MISSED' : '')
    for (const bare of scenario.bare) print(`  ${bare} alone`, await measureBare(discord.discord, bare))
    await discord.discord.stop()
    isWithinBudget &&= !isMissed
  }
  return isWithinBudget
}

/** The first start after a change compiles everything, which needs 15 MB more. */
async function startOnce(): Promise<void> {
  const discord = await Discord.start()
  createTown(discord, TOKEN)
  const { environment, stop } = await watch()
  const bot = await startCustos(discord, 'sqlite::memory:', environment)
  await bot.ready()
  await bot.stop()
  stop()
  await discord.stop()
}

/** A Discord with the servers of a scenario. If the bot works, a town with a history is among them. */
async function openDiscord({ servers, work }: Scenario): Promise<{ discord: Discord; town: Town }> {
  const discord = await Discord.start()
  const town = createTown(discord, TOKEN)
  if (work) simulateHistory(town, { days: 40, perDay: ENTRIES / 40, seed: 1 })
  addServers(discord, town.bot, servers - 1)
  // As fast as the bot can, so that it works as much as possible at a time.
  if (work) {
    const { rateLimits } = discord
    rateLimits.global = rateLimits.standard = { limit: 100_000, window: 1000 }
    rateLimits.routes.clear()
  }
  return { discord, town }
}

async function measureCustos(
  { discord, town }: { discord: Discord; town: Town },
  { work, hasFeeds = false, isWatched = false }: Scenario,
): Promise<ProcessMemory> {
  const folder = await mkdtemp(join(tmpdir(), 'custos-memory-'))
  const path = join(folder, 'custos.db')
  if (hasFeeds) await addFeeds(discord, path)
  const watching = isWatched ? await watch() : undefined
  const bot = await startCustos(discord, `sqlite:${path}`, watching?.environment)
  try {
    await bot.ready()
    await work?.(town, bot)
    return await settledMemory(bot.pid, IDLE_FOR)
  } finally {
    watching?.stop()
    await bot.stop()
    await rm(folder, { recursive: true })
  }
}

/** Sets a feed of everything in each server, in an archive that the bot then starts with. */
async function addFeeds({ world }: Discord, path: string): Promise<void> {
  const archive = await openArchive(path)
  for (const { id, ownerId, channels } of world.guilds.values()) {
    const [channelId = ''] = channels.keys()
    const draft = { channelId, definition: { type: 'feed' as const, filter: {} } }
    await archive.addWatch(id, { id: world.newId(), by: ownerId }, draft)
  }
  await archive.close()
}

/** Reads metrics and readiness at a free port, as often as is usual. */
async function watch(): Promise<{
  readonly environment: Readonly<Record<string, string>>
  stop(): void
}> {
  const port = await freePort()
  const read = (path: string, seconds: number) =>
    // It is not there at first.
    setInterval(
      () =>
        fetch(`http://127.0.0.1:${port}${path}`)
          .then((page) => page.text())
          .catch(() => {}),
      seconds * 1000,
    )
  const reading = [read('/metrics', 15), read('/readyz', 10), read('/livez', 10)]
  return {
    environment: { HTTP_ADDRESS: String(port) },
    stop: () => {
      for (const each of reading) clearInterval(each)
    },
  }
}

/** Starts the bot as `npm start` does, in a process that can be measured. */
async function startCustos(
  discord: Discord,
  url: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<BotProcess> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'))
  return new BotProcess(discord, TOKEN, {
    command: ['sh', '-c', scripts.start],
    environment: { DATABASE_URL: url, READS_PER_MINUTE: '1500', ...environment },
  })
}

async function measureBare(discord: Discord, bare: Bare): Promise<ProcessMemory> {
  const script = 'test/bench/memory/bare.ts'
  const bot = new BotProcess(discord, TOKEN, { command: [process.execPath, script, bare] })
  try {
    return await settledMemory(bot.pid)
  } finally {
    await bot.stop('SIGKILL')
  }
}

function print(what: string, { resident, peak }: ProcessMemory, ...more: readonly string[]): void {
  const cells = [resident, peak].map((size) => size.toFixed(0).padStart(10))
  process.stdout.write(`${what.padEnd(64)}${cells.join('')}${more.join('')}\n`)
}

process.exitCode = (await main(process.argv[2] ?? '')) ? 0 : 1
