import { REST, Routes } from 'discord.js'
import type { Archive } from '../../../src/core/archive.ts'
import { isRecord } from '../../../src/core/json.ts'
import { type Log, SILENT } from '../../../src/core/log.ts'
import { DAY, MINUTE } from '../../../src/core/time/units.ts'
import { createAuditLogSource } from '../../../src/discord/rest/audit-log.ts'
import { followDiscordTime } from '../../../src/discord/rest/discord-time.ts'
import { createLogClients } from '../../../src/discord/rest/log-clients.ts'
import { sendRequest } from '../../../src/discord/rest/rate-limit-headers.ts'
import { RateLimits } from '../../../src/discord/rest/rate-limits.ts'
import { hostClock } from '../../../src/process/host-clock.ts'
import { ReadBudget } from '../../../src/sync/budget/read-budget.ts'
import { SyncEngine } from '../../../src/sync/engine.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { DiscordClock } from '../../../src/sync/time/discord-clock.ts'
import type { BenchDatabase } from '../databases/database.ts'
import { percentile } from '../measure.ts'
import type { Figure } from '../table.ts'
import { DiscordProcess, TOKEN } from './discord-process.ts'

const ENTRIES = 100_000
const PAGE = 100
const ROUNDS = 2

/** The part of what discord.js reads that Custos has to read and store. */
const SHARE = 0.8

/** No limit: the sandbox is read as fast as possible. */
const UNLIMITED = { perSecond: 100_000, backgroundPerMinute: 6_000_000 }
const UNLIMITED_REST = { globalRequestsPerSecond: 100_000 }

/** Reads long logs for the first time into a copy of the data, and as many with discord.js alone. */
export async function backfillFigures(copy: BenchDatabase): Promise<Figure[]> {
  const discord = await DiscordProcess.start(ROUNDS, ENTRIES)
  const archive = await copy.open()
  const [ours, raw]: [number[], number[]] = [[], []]
  const cpuBefore = await discord.cpu()
  for (const guildId of discord.guildIds) {
    raw.push(await rateOf(() => readRaw(discord.api, guildId)))
    ours.push(await rateOf(() => backfill(archive, discord.api, guildId)))
    const held = await archive.countHeld(guildId)
    if (held !== ENTRIES) throw new Error(`The archive has ${held} entries of ${ENTRIES}.`)
  }
  const cpu = (await discord.cpu()) - cpuBefore
  await archive.close()
  await discord.stop()
  const floor = percentile(raw, 50)
  const perPage = (rate: number) => `${((1000 * PAGE) / rate).toFixed(2)} ms`
  process.stdout.write(
    `A page took the sandbox ${((cpu * PAGE) / (2 * ROUNDS * ENTRIES)).toFixed(2)} ms of processor time, discord.js ` +
      `${perPage(floor)}, and Custos ${perPage(percentile(ours, 50))} until it was stored.\n`,
  )
  return [
    {
      what: `first backfill of a guild, ${ENTRIES.toLocaleString('en')} entries from loopback`,
      unit: 'rate',
      p50: percentile(ours, 50),
      p95: Math.min(...ours),
      floor,
      budget: Math.round(SHARE * floor),
    },
  ]
}

async function rateOf(read: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await read()
  return (ENTRIES / (performance.now() - start)) * 1000
}

/** Reads a log with discord.js, and keeps nothing. */
async function readRaw(api: string, guildId: string): Promise<void> {
  const rest = new REST({ api, ...UNLIMITED_REST }).setToken(TOKEN)
  let before: string | undefined
  do {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before !== undefined && { before }) })
    before = oldestOf(await rest.get(Routes.guildAuditLog(guildId), { query }))
  } while (before !== undefined)
}

function oldestOf(page: unknown): string | undefined {
  const entries: unknown = isRecord(page) ? page.audit_log_entries : undefined
  const oldest: unknown = Array.isArray(entries) ? entries.at(-1) : undefined
  return isRecord(oldest) && typeof oldest.id === 'string' ? oldest.id : undefined
}

/** Has Custos's sync read a log into the archive, as after the bot was added to the guild. */
async function backfill(archive: Archive, api: string, guildId: string): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const read = Promise.withResolvers<void>()
  const failed = (facts: object, message: string) =>
    read.reject(new Error(message, { cause: 'err' in facts ? facts.err : undefined }))
  const log: Log = {
    ...SILENT,
    info: (_facts, message) => message === 'The audit log is read.' && read.resolve(),
    warn: failed,
    error: failed,
  }
  const clock = new DiscordClock(hostClock)
  const rateLimits = new RateLimits(clock)
  const options = { api, makeRequest: sendRequest, rejectOnRateLimit: rateLimits.rejects, ...UNLIMITED_REST }
  const rest = new REST(options).setToken(TOKEN)
  followDiscordTime([rest], clock, log)
  const restFor = createLogClients({ rest, api, token: TOKEN, rateLimits })
  const engine = new SyncEngine({
    source: createAuditLogSource({ restFor, clock, log, rateLimits, signal }),
    archive,
    queue: new EventQueue(),
    clock,
    host: hostClock,
    resyncPolicy: { overlap: 15 * MINUTE, sweep: DAY },
    budget: new ReadBudget(hostClock, UNLIMITED, signal),
    log,
    signal,
  })
  engine.guildAvailable(guildId)
  await read.promise
  stopping.abort()
}
