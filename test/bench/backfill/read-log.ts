import { REST, type RESTOptions, Routes } from 'discord.js'
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
import { ReadBudget, type RequestLimits } from '../../../src/sync/budget/read-budget.ts'
import { SyncEngine } from '../../../src/sync/engine.ts'
import { EventQueue } from '../../../src/sync/ingest/event-queue.ts'
import { DiscordClock } from '../../../src/sync/time/discord-clock.ts'
import { TOKEN } from './discord-process.ts'

/** How many entries a page has. */
export const PAGE = 100

/** How fast a log may be read, by Custos and by discord.js alone. */
export interface Pace {
  readonly limits: RequestLimits
  readonly rest: Pick<RESTOptions, 'globalRequestsPerSecond'>
}

/** Reads a log with discord.js, and keeps nothing. */
export async function readRaw(rest: REST, guildId: string): Promise<void> {
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
export async function backfill(archive: Archive, api: string, guildId: string, pace: Pace): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const read = Promise.withResolvers<void>()
  const failed = (facts: object, message: string) =>
    read.reject(new Error(message, { cause: 'err' in facts ? facts.err : undefined }))
  const log: Log = {
    ...SILENT,
    debug: (_facts, message) => message === 'The audit log is read.' && read.resolve(),
    warn: failed,
    error: failed,
  }
  const clock = new DiscordClock(hostClock)
  const rateLimits = new RateLimits(clock)
  const options = { api, makeRequest: sendRequest, rejectOnRateLimit: rateLimits.rejects, ...pace.rest }
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
    budget: new ReadBudget(hostClock, pace.limits, signal),
    log,
    signal,
  })
  engine.guildAvailable(guildId)
  await read.promise
  stopping.abort()
}
