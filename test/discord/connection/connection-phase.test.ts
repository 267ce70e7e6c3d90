import { expect, test } from 'vitest'
import { type ConnectionPhase, phaseAfter } from '../../../src/discord/connection/connection-phase.ts'
import { parseFrame } from '../../../src/discord/connection/frame.ts'

const hello = { op: 10, d: { heartbeat_interval: 41_250 } }
const ready = { op: 0, t: 'READY', s: 1, d: {} }
const resumed = { op: 0, t: 'RESUMED', s: 1, d: {} }
const event = { op: 0, t: 'GUILD_CREATE', s: 2, d: {} }
const reconnect = { op: 7, d: null }
const acknowledged = { op: 11, d: null }
const canResume = { op: 9, d: true }
const cannotResume = { op: 9, d: false }

/** The phase after a frame, or why it is rejected. */
function after(phase: ConnectionPhase, json: object): string {
  const frame = parseFrame(json)
  if ('rejected' in frame) return frame.rejected
  const next = phaseAfter(phase, frame)
  return typeof next === 'string' ? next : next.rejected
}

test.each<[ConnectionPhase, object, string]>([
  ['opened', hello, 'greeted'],
  ['opened', event, 'it was received before HELLO'],
  ['opened', ready, 'it was received before HELLO'],
  ['greeted', hello, 'HELLO was received before'],
  ['greeted', ready, 'in session'],
  ['greeted', resumed, 'in session'],
  // Missed events are replayed before RESUMED.
  ['greeted', event, 'greeted'],
  ['greeted', canResume, 'closing'],
  ['greeted', cannotResume, 'closing'],
  ['in session', hello, 'HELLO was received before'],
  ['in session', ready, 'the session has already started'],
  ['in session', resumed, 'the session has already started'],
  ['in session', event, 'in session'],
  ['in session', acknowledged, 'in session'],
  ['in session', reconnect, 'closing'],
  ['in session', canResume, 'greeted'],
  ['in session', cannotResume, 'closing'],
  ['closing', event, 'the connection is closing'],
  ['closing', reconnect, 'the connection is closing'],
])('a connection that is %s and receives %j: %s', (phase, json, next) => {
  expect(after(phase, json)).toBe(next)
})
