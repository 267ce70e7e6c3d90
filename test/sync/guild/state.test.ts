import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Failure } from '../../../src/core/coverage/sync-status.ts'
import {
  NEW_GUILD,
  nextState,
  type Phase,
  type SyncEvent,
  type SyncState,
} from '../../../src/sync/guild/state.ts'

const FAILURES: readonly Failure[] = ['unreadable', 'forbidden', 'absent', 'limited', 'unwritten']

const anyEvent: fc.Arbitrary<SyncEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom(
      'available',
      'disconnected',
      'unavailable',
      'accessLost',
      'removed',
      'resync',
      'due',
      'countsDue',
      'retry',
      'refresh',
      'refreshed',
      'backfilled',
      'readStarted',
      'gapFound',
    ),
  }),
  fc.record({ type: fc.constant('read'), liveFrom: fc.nat().map(String) }),
  fc.record({
    type: fc.constant('failed'),
    failure: fc.constantFrom(...FAILURES),
    isLimited: fc.boolean(),
  }),
)
const anyEvents = fc.array(anyEvent, { maxLength: 30 })

const stateAfter = (events: readonly SyncEvent[], state = NEW_GUILD): SyncState =>
  events.reduce(nextState, state)

const failed = (failure: Failure, isLimited = false): SyncEvent => ({ type: 'failed', failure, isLimited })

/** The events that lead a new guild to each phase. */
const TO: Record<Phase, readonly SyncEvent[]> = {
  unavailable: [],
  queued: [{ type: 'available' }],
  refreshing: [{ type: 'available' }, { type: 'refresh' }],
  backfilling: [{ type: 'available' }, { type: 'refresh' }, { type: 'refreshed' }],
  idle: [{ type: 'available' }, { type: 'refresh' }, { type: 'refreshed' }, { type: 'backfilled' }],
  backingOff: [{ type: 'available' }, { type: 'refresh' }, failed('unreadable')],
  limited: [{ type: 'available' }, { type: 'refresh' }, failed('limited', true)],
  forbidden: [{ type: 'available' }, { type: 'refresh' }, failed('forbidden')],
  absent: [failed('absent')],
  removed: [{ type: 'removed' }],
}
const PHASES: readonly Phase[] = [
  'unavailable',
  'queued',
  'refreshing',
  'backfilling',
  'idle',
  'backingOff',
  'limited',
  'forbidden',
  'absent',
  'removed',
]

describe('the phase', () => {
  test.each(PHASES)('%s is reached by its events', (phase) => {
    expect(stateAfter(TO[phase]).phase).toBe(phase)
  })

  test.each<[Phase, SyncEvent, Phase]>([
    ['idle', { type: 'due' }, 'queued'],
    ['idle', { type: 'resync' }, 'queued'],
    ['idle', { type: 'accessLost' }, 'forbidden'],
    ['idle', failed('unwritten'), 'backingOff'],
    ['idle', failed('unreadable', true), 'limited'],
    ['idle', { type: 'unavailable' }, 'unavailable'],
    ['refreshing', { type: 'resync' }, 'queued'],
    ['refreshing', { type: 'available' }, 'queued'],
    ['queued', failed('unreadable'), 'queued'],
    ['queued', { type: 'refreshed' }, 'queued'],
    ['backfilling', { type: 'due' }, 'queued'],
    ['backfilling', failed('limited', true), 'limited'],
    ['backingOff', { type: 'retry' }, 'queued'],
    ['backingOff', { type: 'due' }, 'queued'],
    ['backingOff', failed('unreadable'), 'backingOff'],
    ['backingOff', { type: 'refreshed' }, 'backfilling'],
    ['limited', { type: 'due' }, 'limited'],
    ['limited', { type: 'available' }, 'limited'],
    ['limited', { type: 'retry' }, 'queued'],
    ['forbidden', { type: 'due' }, 'queued'],
    ['forbidden', { type: 'available' }, 'queued'],
    ['forbidden', failed('unreadable'), 'backingOff'],
    ['absent', { type: 'due' }, 'absent'],
    ['absent', { type: 'resync' }, 'absent'],
    ['absent', { type: 'unavailable' }, 'absent'],
    ['absent', { type: 'available' }, 'queued'],
    ['unavailable', { type: 'due' }, 'unavailable'],
    ['unavailable', { type: 'resync' }, 'unavailable'],
    ['unavailable', failed('unreadable'), 'unavailable'],
  ])('%s becomes, by %o, %s', (phase, event, next) => {
    expect(stateAfter([...TO[phase], event]).phase).toBe(next)
  })

  test('is one of those listed after any events', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        expect(PHASES).toContain(stateAfter(events).phase)
      }),
    )
  })

  test('leads back to idle from any state of a guild that is there, once Discord answers', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const state = stateAfter([...events, { type: 'available' }])
        if (state.phase === 'removed') return
        const limited: readonly SyncEvent[] = state.phase === 'limited' ? [{ type: 'retry' }] : []
        const { phase, failures } = stateAfter([...limited, ...TO.idle.slice(1)], state)
        expect([phase, failures]).toEqual(['idle', 0])
      }),
    )
  })

  test('of a removed guild never changes', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        expect(stateAfter(events, stateAfter(TO.removed)).phase).toBe('removed')
      }),
    )
  })
})

describe('the stream', () => {
  const READ: readonly SyncEvent[] = [{ type: 'readStarted' }, { type: 'read', liveFrom: '7' }]
  const live = stateAfter([{ type: 'available' }, ...READ])

  test('is live from the end of a read on', () => {
    expect(live.stream).toEqual({ type: 'live', from: '7' })
    expect(stateAfter([{ type: 'readStarted' }], live).stream).toEqual({ type: 'live', from: '7' })
    expect(stateAfter([{ type: 'readStarted' }, { type: 'read', liveFrom: '9' }], live).stream).toEqual({
      type: 'live',
      from: '9',
    })
  })

  test.each<SyncEvent>([{ type: 'resync' }, { type: 'available' }, failed('unreadable')])(
    'is interrupted by %o until a read that begins later',
    (event) => {
      expect(stateAfter([event], live).stream.type).toBe('interrupted')
      const during = stateAfter([{ type: 'readStarted' }, event, { type: 'read', liveFrom: '9' }], live)
      expect(during.stream.type).toBe('interrupted')
      expect(stateAfter(READ, during).stream.type).toBe('live')
    },
  )

  test.each<SyncEvent>([{ type: 'disconnected' }, { type: 'unavailable' }, { type: 'accessLost' }])(
    'is disconnected by %o, whatever is read, until the guild is available',
    (event) => {
      const cut = stateAfter([event, ...READ, { type: 'resync' }, ...READ], live)
      expect(cut.stream.type).toBe('disconnected')
      expect(stateAfter([{ type: 'available' }, ...READ], cut).stream.type).toBe('live')
    },
  )

  test('is live only if every event since the beginning of the last read left it intact', () => {
    const breaks = ['available', 'disconnected', 'unavailable', 'accessLost', 'removed', 'resync', 'failed']
    fc.assert(
      fc.property(anyEvents, (events) => {
        if (stateAfter(events).stream.type !== 'live') return
        const start = events.findLastIndex(({ type }) => type === 'readStarted')
        expect(events.slice(start).filter(({ type }) => breaks.includes(type))).toEqual([])
      }),
    )
  })
})

test('each back-off counts as one failure, and a refresh resets the count', () => {
  const again: readonly SyncEvent[] = [{ type: 'retry' }, { type: 'refresh' }, failed('unreadable')]
  const third = stateAfter([...TO.backingOff, failed('unreadable'), ...again, ...again])
  expect(third.failures).toBe(3)
  const read = stateAfter([{ type: 'retry' }, { type: 'refresh' }, { type: 'refreshed' }], third)
  expect(read.failures).toBe(0)
})

test.each<[SyncEvent, string]>([
  [{ type: 'read', liveFrom: '1' }, 'read'],
  [failed('unwritten'), 'unwritten'],
  [{ type: 'accessLost' }, 'forbidden'],
])('after %o the last read ended as %s, and stays so until the next', (event, ended) => {
  const state = stateAfter([event, { type: 'due' }, { type: 'disconnected' }, { type: 'available' }])
  expect(state.ended).toBe(ended)
})
