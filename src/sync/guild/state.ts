import type { Failure, ReadOutcome } from '../../core/coverage/sync-status.ts'
import type { Snowflake } from '../../core/snowflake.ts'

/**
 * What the background does about a guild's log.
 *
 *     available ─▶ queued ─▶ refreshing ─▶ backfilling ─▶ idle ─▶ backfilling or queued, when a sweep is due
 *                                  │             │
 *                                  └──── failed ─┴─▶ backingOff · limited · forbidden · absent
 */
export type Phase =
  /** Discord has not sent the guild yet, or it is down: there is nothing to read. */
  | 'unavailable'
  /** Waits to be refreshed. */
  | 'queued'
  /** What is new is being read. */
  | 'refreshing'
  /** What can have changed is read again, then what is missing. Or it waits for other guilds. */
  | 'backfilling'
  /** All is read. */
  | 'idle'
  /** The last read failed; it is retried after a while. */
  | 'backingOff'
  /** Discord limits requests; it is retried when the limit ends. */
  | 'limited'
  /** View Audit Log is missing; it is retried every hour. */
  | 'forbidden'
  /** Discord says that the bot is not in the guild; nothing is retried until Discord sends the guild again. */
  | 'absent'
  /** The bot was removed from the guild. Final. */
  | 'removed'

/** Whether the gateway sends every new entry of a guild. */
export type Stream =
  /** It sends none. */
  | { readonly type: 'disconnected' }
  /** It sends entries, but some may have been missed. */
  | { readonly type: 'interrupted' }
  /** It sends entries, and a refresh under way reads what may have been missed. */
  | { readonly type: 'joining' }
  /** It has sent every entry after this id. */
  | { readonly type: 'live'; readonly from: Snowflake }

/** The state of a guild's sync. */
export interface SyncState {
  readonly phase: Phase
  readonly stream: Stream
  /** How often in a row the background failed to read the log. */
  readonly failures: number
  /** How the last read ended; absent before the first. */
  readonly ended?: ReadOutcome
}

export type SyncEvent =
  /** Discord sent the guild, or the bot may view its audit log again. */
  | { readonly type: 'available' }
  /** The gateway session ended. */
  | { readonly type: 'disconnected' }
  /** The guild is down. */
  | { readonly type: 'unavailable' }
  /** The bot may no longer view the guild's audit log. */
  | { readonly type: 'accessLost' }
  /** The bot was removed from the guild. */
  | { readonly type: 'removed' }
  /** An event of the gateway was lost. */
  | { readonly type: 'resync' }
  /** It is time to read the log again. */
  | { readonly type: 'due' }
  /** Counts in a log that is live can have grown since they were last read. */
  | { readonly type: 'countsDue' }
  /** The time to back off, or the limit, is over. */
  | { readonly type: 'retry' }
  /** The background starts to refresh the log. */
  | { readonly type: 'refresh' }
  /** The background has refreshed the log. */
  | { readonly type: 'refreshed' }
  /** The background has read again what can have changed, and all that was missing. */
  | { readonly type: 'backfilled' }
  /** A refresh begins, for the background or for an answer. */
  | { readonly type: 'readStarted' }
  /** A refresh found an entry that the gateway has not sent, and goes on to read what may have been missed. */
  | { readonly type: 'gapFound' }
  /** A refresh has read what was needed. If the stream is not broken, it has sent every entry after an id. */
  | { readonly type: 'read'; readonly liveFrom: Snowflake }
  /** A read failed, for the background or for an answer. */
  | { readonly type: 'failed'; readonly failure: Failure; readonly isLimited: boolean }

/** The state of a guild before Discord has sent it. */
export const NEW_GUILD: SyncState = {
  phase: 'unavailable',
  stream: { type: 'interrupted' },
  failures: 0,
}

/** What can move a guild to another phase: the type of an event, or of a failure the kind. */
type Cause = Exclude<SyncEvent['type'], 'failed'> | 'failed' | 'limited' | 'forbidden' | 'absent'

/** Causes that lead to the same phase from every phase, unless NEXT lists another. */
const ALWAYS: Partial<Record<Cause, Phase>> = {
  available: 'queued',
  unavailable: 'unavailable',
  absent: 'absent',
  removed: 'removed',
}

const QUEUE = { due: 'queued', resync: 'queued' } as const
const FAIL = { failed: 'backingOff', limited: 'limited' } as const
const DENY = { forbidden: 'forbidden', accessLost: 'forbidden' } as const

/** The next phase by phase and cause. What is not listed changes nothing. */
const NEXT: Record<Phase, Partial<Record<Cause, Phase>>> = {
  unavailable: {},
  // An answer can read what the background was going to read.
  queued: { refresh: 'refreshing', read: 'backfilling' },
  // It can be queued again during a refresh, which may miss the newest entry.
  refreshing: { ...QUEUE, ...FAIL, ...DENY, refreshed: 'backfilling' },
  backfilling: { ...QUEUE, ...FAIL, ...DENY, backfilled: 'idle' },
  idle: { ...QUEUE, ...FAIL, ...DENY, countsDue: 'backfilling' },
  // The read of an answer can fail while a refresh in the background goes on and succeeds.
  backingOff: { ...QUEUE, retry: 'queued', refreshed: 'backfilling' },
  limited: { retry: 'queued', refreshed: 'backfilling', available: 'limited' },
  forbidden: { ...QUEUE, ...FAIL, refreshed: 'backfilling' },
  absent: { unavailable: 'absent' },
  removed: { available: 'removed', unavailable: 'removed', absent: 'removed' },
}

/** The state of a guild after an event. */
export function nextState(state: SyncState, event: SyncEvent): SyncState {
  const phase = nextPhase(state, event)
  const ended = endedAfter(event) ?? state.ended
  return {
    phase,
    stream: nextStream(state.stream, event),
    failures: failuresAfter(state, phase, event),
    ...(ended !== undefined && { ended }),
  }
}

function nextPhase({ phase, stream }: SyncState, event: SyncEvent): Phase {
  if (event.type === 'read' && !isIntact(stream)) return phase
  const cause = event.type === 'failed' ? causeOf(event) : event.type
  return NEXT[phase][cause] ?? ALWAYS[cause] ?? phase
}

function causeOf({ failure, isLimited }: Extract<SyncEvent, { type: 'failed' }>): Cause {
  if (failure === 'forbidden' || failure === 'absent') return failure
  return isLimited ? 'limited' : 'failed'
}

/** Whether the stream was not broken since the last refresh began. */
function isIntact({ type }: Stream): boolean {
  return type === 'live' || type === 'joining'
}

function nextStream(stream: Stream, event: SyncEvent): Stream {
  switch (event.type) {
    case 'available':
      return { type: 'interrupted' }
    case 'disconnected':
    case 'unavailable':
    case 'accessLost':
    case 'removed':
      return { type: 'disconnected' }
    case 'resync':
    case 'failed':
      return isIntact(stream) ? { type: 'interrupted' } : stream
    case 'readStarted':
      return stream.type === 'interrupted' ? { type: 'joining' } : stream
    case 'gapFound':
      return stream.type === 'live' ? { type: 'joining' } : stream
    case 'read':
      return isIntact(stream) ? { type: 'live', from: event.liveFrom } : stream
    default:
      return stream
  }
}

function failuresAfter(state: SyncState, phase: Phase, { type }: SyncEvent): number {
  if (phase === 'unavailable' || phase === 'absent' || phase === 'removed') return 0
  if (type === 'refreshed' || type === 'backfilled') return 0
  return phase === 'backingOff' && state.phase !== 'backingOff' ? state.failures + 1 : state.failures
}

function endedAfter(event: SyncEvent): ReadOutcome | undefined {
  switch (event.type) {
    case 'accessLost':
      return 'forbidden'
    case 'read':
      return 'read'
    case 'failed':
      return event.failure
    default:
      return undefined
  }
}
