import { parseEntry } from '../../core/audit-log/entry.ts'
import type { Log } from '../../core/log.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { SyncEngine } from '../../sync/engine.ts'
import type { Ingest } from '../../sync/ingest/ingest.ts'
import { isInexact } from '../rest/exact-json.ts'
import type { Payload } from './payload.ts'

interface Deps {
  readonly engine: Pick<SyncEngine, 'entryReceived' | 'resync'>
  readonly ingest: Pick<Ingest, 'record'>
  readonly log: Log
}

/** Records an entry from the gateway. If it cannot be parsed exactly, the guild is resynced over REST. */
export function recordLiveEntry({ engine, ingest, log }: Deps, guildId: Snowflake, payload: Payload): void {
  const parsed = parseEntry(guildId, payload)
  if ('rejected' in parsed) {
    const reason = parsed.rejected
    log.warn({ guild: guildId, reason }, 'Skipped an entry from the gateway; the audit log is read again.')
    engine.resync(guildId)
    return
  }
  const { entry } = parsed
  engine.entryReceived(guildId)
  ingest.record({ guildId, entries: [entry], from: 'gateway' })
  if (isInexact(entry.payload)) {
    log.warn(
      { guild: guildId, entry: entry.id },
      'An entry has a number too large to be exact; the audit log is read again.',
    )
    engine.resync(guildId)
  }
}
