import { expect, test } from 'vitest'
import { type ConnectionPhase, phaseAfter } from '../../../src/discord/gateway/connection-phase.ts'
import { readFrame } from '../../../src/discord/gateway/frame.ts'

const hello = { op: 10, d: { heartbeat_interval: 41_250 } }
const ready = { op: 0, t: 'READY', s: 1, d: {} }
const resumed = { op: 0, t: 'RESUMED', s: 1, d: {} }
const event = { op: 0, t: 'GUILD_CREATE', s: 2, d: {} }
const reconnect = { op: 7, d: null }
const acknowledged = { op: 11, d: null }
const canResume = { op: 9, d: true }
const cannotResume = { op: 9, d: false }

/** The phase after a frame, or why it is refused. */
function after(phase: ConnectionPhase, sent: object): string {
  const frame = readFrame(sent)
  if ('refused' in frame) return frame.refused
  const next = phaseAfter(phase, frame)
  return typeof next === 'string' ? next : next.refused
}

test.each<[ConnectionPhase, object, string]>([
  ['opened', hello, 'greeted'],
  ['opened', event, 'it came before HELLO'],
  ['opened', ready, 'it came before HELLO'],
  ['greeted', hello, 'the connection was greeted before'],
  ['greeted', ready, 'in session'],
  ['greeted', resumed, 'in session'],
  // What was missed comes before RESUMED.
  ['greeted', event, 'greeted'],
  ['greeted', canResume, 'ending'],
  ['greeted', cannotResume, 'ending'],
  ['in session', hello, 'the connection was greeted before'],
  ['in session', ready, 'the session has begun before'],
  ['in session', resumed, 'the session has begun before'],
  ['in session', event, 'in session'],
  ['in session', acknowledged, 'in session'],
  ['in session', reconnect, 'ending'],
  ['in session', canResume, 'greeted'],
  ['in session', cannotResume, 'ending'],
  ['ending', event, 'its connection is being closed'],
  ['ending', reconnect, 'its connection is being closed'],
])('a connection that is %s, and is sent %j: %s', (phase, sent, next) => {
  expect(after(phase, sent)).toBe(next)
})
