import { RateLimitError, type REST, RequestMethod, Routes } from 'discord.js'
import { parseEntry } from '../../core/audit-log/entry.ts'
import type { Clock } from '../../core/clock.ts'
import { isRecord } from '../../core/json.ts'
import type { Log } from '../../core/log.ts'
import { compareIds, firstIdAt, isSnowflake, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { type AuditLogSource, LogLimited, type LogPage, LogUnavailable } from '../../sync/audit-log-source.ts'
import { namesInPage } from '../gateway/names.ts'
import { dateOf } from './date-header.ts'
import { isTurnedAway, isUnauthorized, isUnknownGuild, lacksPermission } from './errors.ts'
import { parseExactly } from './exact-json.ts'
import { isForAll, type RateLimits, waitOf } from './rate-limits.ts'

/** The most entries Discord gives at once. */
const PAGE_LIMIT = '100'

/** How long Discord is given for a page, in milliseconds; a request is sent again a few times meanwhile. */
const GIVEN_UP_AFTER = 20_000

interface Deps {
  readonly rest: REST
  /** The limits that its requests wait for. */
  readonly rateLimits: RateLimits
  /** Discord's time, for an answer that does not say when it was given. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
}

/** What Discord answered: the payloads of entries, and when by its own clock, if it said so. */
interface Answer {
  readonly body: Readonly<Record<string, unknown>>
  readonly payloads: readonly Readonly<Record<string, unknown>>[]
  readonly at: number | undefined
}

/**
 * Discord's audit logs by REST. Raw, because discord.js's own classes throw on entries that Discord really sends, and
 * lose a part of others. https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log
 */
export function createAuditLogSource(deps: Deps): AuditLogSource {
  return {
    async read(guildId, before) {
      const query = { limit: PAGE_LIMIT, ...(before !== undefined && { before }) }
      return pageOf(deps, guildId, await ask(deps, guildId, query), before)
    },
    async oldest(guildId) {
      // With `after` the oldest come first.
      const { payloads } = await ask(deps, guildId, { after: '0', limit: '1' })
      return payloads.map(({ id }) => id).find(isSnowflake)
    },
    heldUntil: (guildId) => deps.rateLimits.heldUntil(guildId),
  }
}

/** @param before the bound that was asked for */
function pageOf(
  { clock, log }: Deps,
  guildId: Snowflake,
  { body, payloads, ...answer }: Answer,
  before?: Snowflake,
): LogPage {
  // An empty range once came back as the newest entries: what is not before the bound does not belong.
  const within = payloads.filter(
    ({ id }) => isSnowflake(id) && (before === undefined || compareIds(id, before) < 0),
  )
  const ids = within
    .map(({ id }) => id)
    .filter(isSnowflake)
    .sort(compareIds)
  // No entry is older than its guild: beside others, an id that is does not tell how far the page reaches.
  const [oldest = ids[0], newest] = [ids.find((id) => compareIds(id, guildId) >= 0), ids.at(-1)]
  // Without Discord's word, the host's clock may be ahead: the newest entry tells how late it is at least.
  const latest = before === undefined && newest !== undefined ? timeOf(newest) : clock.now()
  const { at = latest } = answer
  return {
    entries: within.flatMap((payload) => {
      const parsed = parseEntry(guildId, payload)
      if ('entry' in parsed) return [parsed.entry]
      log.debug({ guild: guildId, entry: payload.id }, `An entry of the log was skipped: ${parsed.rejected}.`)
      return []
    }),
    names: namesInPage(body, firstIdAt(at)),
    ...(oldest !== undefined && newest !== undefined && { ends: { oldest, newest } }),
    at,
  }
}

async function ask(deps: Deps, guildId: Snowflake, query: Record<string, string>): Promise<Answer> {
  const { rest } = deps
  const { text, date } = await withinTime(deps, async (signal) => {
    const response = await rest.queueRequest({
      method: RequestMethod.Get,
      fullRoute: Routes.guildAuditLog(guildId),
      query: new URLSearchParams(query),
      signal,
    })
    return { text: await response.text(), date: dateOf(response) }
  }).catch((cause: unknown) => {
    throw unavailable(cause, deps.clock)
  })
  const body = parseExactly(text)
  if (!isRecord(body) || !Array.isArray(body.audit_log_entries)) {
    throw new LogUnavailable('unreadable', 'Discord answered with something that is no audit log.')
  }
  return {
    body,
    payloads: body.audit_log_entries.filter(isRecord),
    at: date,
  }
}

/** What it means that a request failed. */
function unavailable(cause: unknown, clock: Clock): LogUnavailable {
  if (cause instanceof RateLimitError)
    return new LogLimited(clock.now() + waitOf(cause), isForAll(cause), { cause })
  if (lacksPermission(cause)) return new LogUnavailable('forbidden', 'View Audit Log is missing.', { cause })
  if (isUnknownGuild(cause)) return new LogUnavailable('absent', 'Custos is not in this guild.', { cause })
  const why = isUnauthorized(cause) ? 'unauthorized' : isTurnedAway(cause) ? 'blocked' : 'unreadable'
  return new LogUnavailable(why, 'Discord did not give the log.', { cause })
}

/** Does something that is aborted when it takes too long. */
async function withinTime<T>({ clock, signal }: Deps, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const given = new AbortController()
  const limited = AbortSignal.any([signal, given.signal])
  const late = clock.sleep(GIVEN_UP_AFTER, limited).then((): never => {
    throw new Error('Discord did not answer in time.')
  })
  try {
    return await Promise.race([act(limited), late])
  } finally {
    given.abort()
  }
}
