import { type REST, Routes } from 'discord.js'
import type { Clock } from '../core/clock.ts'
import { type Entry, isRecord, parseEntry } from '../core/entry.ts'
import type { Naming } from '../core/known.ts'
import type { Log } from '../core/log.ts'
import { compareIds, firstIdAt, isSnowflake, type Snowflake } from '../core/snowflake.ts'
import { namesInPage } from './names.ts'
import { isRefusal } from './refusal.ts'

/** The most entries Discord gives at once. */
const PAGE_LIMIT = 100

/** How long Discord is given for a page, in milliseconds; a request is sent again a few times meanwhile. */
const GIVEN_UP_AFTER = 20_000

/** A page of a guild's audit log, newest first, as Discord gives it when no `after` is sent. */
export interface Page {
  readonly entries: readonly Entry[]
  readonly names: readonly Naming[]
  /** The ids at the ends of the page, of entries that were refused too; absent when the page is empty. */
  readonly ends?: { readonly newest: Snowflake; readonly oldest: Snowflake }
}

/** Discord did not give the guild's log; the cause says why. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** Discord refuses to show the guild's log to the bot. */
export class MayNotRead extends Error {
  override readonly name = 'MayNotRead'
}

/**
 * Reads the newest entries of a guild's log, or those before one of them. Raw, because discord.js's own classes
 * throw on entries that Discord really sends, and lose a part of others.
 * https://docs.discord.com/developers/resources/audit-log#get-guild-audit-log
 * @throws MayNotRead when the permission is missing, Unreadable when anything else goes wrong
 */
export async function readAuditLog(
  { rest, clock, log, signal }: { rest: REST; clock: Clock; log: Log; signal: AbortSignal },
  guildId: Snowflake,
  before?: Snowflake,
): Promise<Page> {
  const query = new URLSearchParams({ limit: String(PAGE_LIMIT), ...(before !== undefined && { before }) })
  const body = await withinTime({ clock, signal }, (limited) =>
    rest.get(Routes.guildAuditLog(guildId), { query, signal: limited }),
  ).catch((error: unknown) => {
    throw isRefusal(error)
      ? new MayNotRead('View Audit Log is missing.', { cause: error })
      : new Unreadable('Discord did not give the log.', { cause: error })
  })
  if (!isRecord(body) || !Array.isArray(body.audit_log_entries)) {
    throw new Unreadable('Discord answered with something that is no audit log.')
  }
  const sent = body.audit_log_entries.filter(isRecord)
  // An empty range once came back as the newest entries: what is not before the bound does not belong.
  const within = sent.filter(
    ({ id }) => isSnowflake(id) && (before === undefined || compareIds(id, before) < 0),
  )
  const ids = within
    .map(({ id }) => id)
    .filter(isSnowflake)
    .sort(compareIds)
  const [oldest, newest] = [ids[0], ids.at(-1)]
  return {
    entries: within.flatMap((payload) => {
      const parsed = parseEntry(guildId, payload)
      if ('entry' in parsed) return [parsed.entry]
      log.debug({ guild: guildId, entry: payload.id }, `An entry of the log was skipped: ${parsed.refused}.`)
      return []
    }),
    names: namesInPage(body, firstIdAt(clock.now())),
    ...(oldest !== undefined && newest !== undefined && { ends: { oldest, newest } }),
  }
}

/** Does something that is aborted when it takes too long. */
async function withinTime<T>(
  { clock, signal }: { clock: Clock; signal: AbortSignal },
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
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
