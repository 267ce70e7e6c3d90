import { RateLimitError, type REST, RequestMethod, Routes } from 'discord.js'
import { parseEntry } from '../../core/audit-log/entry.ts'
import type { Clock } from '../../core/clock.ts'
import { inTime } from '../../core/in-time.ts'
import { isRecord, recordsIn } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import { compareIds, firstIdAt, isSnowflake, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { type AuditLogSource, LogLimited, type LogPage, LogUnavailable } from '../../sync/audit-log-source.ts'
import { namesInPage } from '../gateway/names.ts'
import type { Payload } from '../gateway/payload.ts'
import { dateOf } from './discord-time.ts'
import { isBlocked, isForbidden, isUnauthorized, isUnknownGuild } from './errors.ts'
import { parseExactly } from './exact-json.ts'
import { isGlobal, type RateLimits, waitOf } from './rate-limits.ts'

/** The most entries that Discord returns per page. */
const PAGE_SIZE = 100

/** How long a page may take, in milliseconds. discord.js repeats a request a few times in that time. */
const PAGE_TIMEOUT = 20_000

interface Deps {
  /** The client for the pages of an action type, or of all. Pages of several are read at the same time. */
  readonly restFor: (actionType?: number) => REST
  /** The rate limits that requests wait for. */
  readonly rateLimits: RateLimits
  /** Discord's time, for a response without a date. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

interface LogResponse {
  readonly body: Payload
  /** The payloads of the entries. */
  readonly payloads: readonly Payload[]
  /** When it was sent, by Discord's clock; undefined if it does not say. */
  readonly at: number | undefined
}

/**
 * Discord's audit logs over REST. The payloads are used as they are, because discord.js's classes throw on some entries
 * and lose fields of others. https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log
 */
export function createAuditLogSource(deps: Deps): AuditLogSource {
  return {
    pageSize: PAGE_SIZE,
    async read(guildId, { before, actionType } = {}) {
      const query = {
        limit: String(PAGE_SIZE),
        ...(before !== undefined && { before }),
        ...(actionType !== undefined && { action_type: String(actionType) }),
      }
      const response = await fetchEntries(deps, deps.restFor(actionType), guildId, query)
      return toPage(deps, guildId, response, before)
    },
    async oldest(guildId) {
      // With `after`, the oldest entries come first.
      const { payloads } = await fetchEntries(deps, deps.restFor(), guildId, { after: '0', limit: '1' })
      return payloads.map(({ id }) => id).find(isSnowflake)
    },
    heldUntil: (guildId) => deps.rateLimits.heldUntil(guildId),
  }
}

/** @param before the bound that was requested */
function toPage(
  { clock, log }: Deps,
  guildId: Snowflake,
  { body, payloads, ...response }: LogResponse,
  before?: Snowflake,
): LogPage {
  // Discord once returned the newest entries for an empty range, so entries that are not before the bound are dropped.
  const within = payloads.filter(
    ({ id }) => isSnowflake(id) && (before === undefined || compareIds(id, before) < 0),
  )
  const ids = within
    .map(({ id }) => id)
    .filter(isSnowflake)
    .sort(compareIds)
  // An id older than the guild is invalid, and does not say how far the page reaches, unless all of them are.
  const [oldest = ids[0], newest] = [ids.find((id) => compareIds(id, guildId) >= 0), ids.at(-1)]
  // Without a date from Discord, the clock may be ahead. The newest entry is a lower bound of the time.
  const latest = before === undefined && newest !== undefined ? timeOf(newest) : clock.now()
  const { at = latest } = response
  return {
    entries: within.flatMap((payload) => {
      const parsed = parseEntry(guildId, payload)
      if ('entry' in parsed) return [parsed.entry]
      log.debug(
        { guild: guildId, entry: payload.id, reason: parsed.rejected },
        'Skipped an entry of the audit log.',
      )
      return []
    }),
    names: namesInPage(body, firstIdAt(at)),
    isShort: payloads.length < PAGE_SIZE,
    ...(oldest !== undefined && newest !== undefined && { ends: { oldest, newest } }),
    at,
  }
}

async function fetchEntries(
  { clock, signal }: Deps,
  rest: REST,
  guildId: Snowflake,
  query: Record<string, string>,
): Promise<LogResponse> {
  const request = async (over: AbortSignal) => {
    const response = await rest.queueRequest({
      method: RequestMethod.Get,
      fullRoute: Routes.guildAuditLog(guildId),
      query: new URLSearchParams(query),
      signal: over,
    })
    return { text: await response.text(), at: dateOf(response) }
  }
  const { text, at } = await inTime({ clock, timeout: PAGE_TIMEOUT, signal }, request, late).catch(
    (cause: unknown) => {
      throw unavailable(cause, clock)
    },
  )
  const body = parseExactly(text)
  if (!isRecord(body) || !Array.isArray(body.audit_log_entries)) {
    throw new LogUnavailable('unreadable', 'Discord’s response is not an audit log.')
  }
  return { body, payloads: recordsIn(body.audit_log_entries), at }
}

function late(): never {
  throw new Error('Discord did not respond in time.')
}

/** The error for the sync, by the reason why a request failed. */
function unavailable(cause: unknown, clock: Clock): LogUnavailable {
  if (cause instanceof RateLimitError)
    return new LogLimited(clock.now() + waitOf(cause), isGlobal(cause), { cause })
  if (isForbidden(cause)) return new LogUnavailable('forbidden', 'View Audit Log is missing.', { cause })
  if (isUnknownGuild(cause)) return new LogUnavailable('absent', 'Custos is not in this guild.', { cause })
  const why = isUnauthorized(cause) ? 'unauthorized' : isBlocked(cause) ? 'blocked' : 'unreadable'
  return new LogUnavailable(why, 'Discord did not return the audit log.', { cause })
}
