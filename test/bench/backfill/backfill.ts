import { REST } from 'discord.js'
import type { Archive } from '../../../src/core/archive.ts'
import type { BenchDatabase } from '../databases/database.ts'
import { percentile } from '../measure.ts'
import { type Figure, milliseconds } from '../table.ts'
import { DiscordProcess, TOKEN } from './discord-process.ts'
import { backfill, PAGE, type Pace, readRaw } from './read-log.ts'

const ENTRIES = 100_000

/** The part of what discord.js reads that Custos has to read and store. */
const SHARE = 0.8

const PACES: readonly (Pace & { readonly what: string; readonly rounds: number })[] = [
  {
    what: 'from loopback',
    rounds: 2,
    limits: { perSecond: 100_000, backgroundPerMinute: 6_000_000 },
    rest: { globalRequestsPerSecond: 100_000 },
  },
  // discord.js keeps to 50 requests a second by default, and Custos leaves some of them for what is not a log.
  {
    what: 'at Discord’s limit',
    rounds: 1,
    limits: { perSecond: 47, backgroundPerMinute: 47 * 60 },
    rest: { globalRequestsPerSecond: 50 },
  },
]

/** Reads long logs for the first time into a copy of the data, and as many with discord.js alone. */
export async function backfillFigures(copy: BenchDatabase): Promise<Figure[]> {
  const guilds = PACES.reduce((sum, { rounds }) => sum + rounds, 0)
  const discord = await DiscordProcess.start(guilds, ENTRIES)
  const archive = await copy.open()
  const guildIds = [...discord.guildIds]
  const figures: Figure[] = []
  for (const pace of PACES) {
    figures.push(await figureOf(archive, discord, guildIds.splice(0, pace.rounds), pace))
  }
  await archive.close()
  await discord.stop()
  return figures
}

async function figureOf(
  archive: Archive,
  discord: DiscordProcess,
  guildIds: readonly string[],
  pace: (typeof PACES)[number],
): Promise<Figure> {
  const { api } = discord
  const [ours, raw]: [number[], number[]] = [[], []]
  const cpuBefore = await discord.cpu()
  for (const guildId of guildIds) {
    raw.push(await rateOf(() => readRaw(new REST({ api, ...pace.rest }).setToken(TOKEN), guildId)))
    ours.push(await rateOf(() => backfill(archive, api, guildId, pace)))
    const held = await archive.countHeld(guildId)
    if (held !== ENTRIES) throw new Error(`The archive has ${held} entries of ${ENTRIES}.`)
  }
  const cpu = ((await discord.cpu()) - cpuBefore) / (2 * guildIds.length)
  const [p50, floor] = [percentile(ours, 50), percentile(raw, 50)]
  const perPage = (rate: number) => milliseconds((1000 * PAGE) / rate)
  process.stdout.write(
    `A page ${pace.what} took the sandbox ${milliseconds((cpu * PAGE) / ENTRIES)} of processor time, ` +
      `discord.js ${perPage(floor)}, and Custos ${perPage(p50)} until it was stored.\n`,
  )
  return {
    what: `first backfill of a guild, ${ENTRIES.toLocaleString('en')} entries ${pace.what}`,
    unit: 'rate',
    p50,
    p95: Math.min(...ours),
    floor,
    budget: Math.round(SHARE * floor),
  }
}

async function rateOf(read: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await read()
  return (ENTRIES / (performance.now() - start)) * 1000
}
