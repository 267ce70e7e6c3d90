import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFrame } from '../../../src/discord/connection/frame.ts'

test.each([
  ['text', 'hello', 'it is not an object'],
  ['null', null, 'it is not an object'],
  ['a list', [{ op: 7 }], 'it is not an object'],
  ['an unknown opcode', { op: 99 }, 'its opcode is unknown'],
  ['an opcode in text', { op: '7' }, 'its opcode is unknown'],
  ['an event without a name', { op: 0, d: {} }, 'its event has no name'],
  ['an event whose name is a list', { op: 0, t: ['READY'] }, 'its event has no name'],
])('%s is not a frame', (_, json, rejected) => {
  expect(parseFrame(json)).toEqual({ rejected })
})

test.each([[null], ['5'], [-1], [1.5], [2 ** 53], [Number.POSITIVE_INFINITY], [{}], [undefined]])(
  'an event with the sequence number %s is handled without one',
  (s) => {
    expect(parseFrame({ op: 0, t: 'TYPING_START', s, d: 1 })).toEqual({
      op: 0,
      t: 'TYPING_START',
      s: 0,
      d: 1,
    })
  },
)

test.each([[null], ['often'], [[]], [{}], [{ heartbeat_interval: 0 }], [{ heartbeat_interval: 2 ** 31 }]])(
  'a HELLO with %j has the default heartbeat interval',
  (d) => {
    expect(parseFrame({ op: 10, d })).toEqual({ op: 10, d: { heartbeat_interval: 41_250 } })
  },
)

test('a HELLO has the heartbeat interval it names', () => {
  expect(parseFrame({ op: 10, d: { heartbeat_interval: 5000, _trace: [] } })).toEqual({
    op: 10,
    d: { heartbeat_interval: 5000 },
  })
})

test.each([
  [true, true],
  [false, false],
  [null, false],
  ['true', false],
  [{}, false],
  [1, false],
])('an INVALID_SESSION with %j can be resumed: %j', (d, canResume) => {
  expect(parseFrame({ op: 9, d })).toEqual({ op: 9, d: canResume })
})

test('any JSON is parsed or rejected, and nothing is thrown', () => {
  const anyFrame = fc.record({
    op: fc.oneof(fc.nat(12), fc.jsonValue()),
    t: fc.jsonValue(),
    d: fc.jsonValue(),
  })
  fc.assert(fc.property(fc.oneof(anyFrame, fc.jsonValue()), (json) => void parseFrame(json)))
})
