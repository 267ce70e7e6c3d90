import fc from 'fast-check'
import { expect, test } from 'vitest'
import { restorePayload, subtractPayload } from '../../../src/archive/sqlite/payload-rest.ts'

/** As it comes off the wire, where for instance no number is below zero and yet nothing. */
const anyJson = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)))
const anyRecord = fc.dictionary(fc.string(), anyJson).map((value) => ({ ...value }))

test('what is held elsewhere is not kept twice', () => {
  const held = { id: '1', user_id: '2', options: { channel_id: '3', count: '4' } }
  expect(subtractPayload(held, held)).toBe('[{}]')
})

test.each([
  ['a field that is nowhere else', { id: '1', tomorrow: [1] }, { id: '1' }, '[{"tomorrow":[1]}]'],
  ['a field that differs', { count: 4 }, { count: '4' }, '[{"count":4}]'],
  [
    'what differs within a field',
    { options: { a: '1', b: '2' } },
    { options: { a: '1' } },
    '[{"options":{"b":"2"}}]',
  ],
  ['that a field is not there at all', {}, { user_id: null }, '[{},["user_id"]]'],
  ['that a field is null', { user_id: null }, { user_id: '2' }, '[{"user_id":null}]'],
])('the remainder says %s', (_, payload, held, remainder) => {
  expect(subtractPayload(payload, held)).toBe(remainder)
  expect(restorePayload(held, remainder)).toStrictEqual(payload)
})

test('a field called as what every object inherits is kept', () => {
  const sent = '{"id":"1","__proto__":{},"options":{"__proto__":{},"count":"1"}}'
  const held = { id: '1', options: { count: '1' } }
  expect(JSON.stringify(restorePayload(held, subtractPayload(JSON.parse(sent), held)))).toBe(
    '{"id":"1","options":{"count":"1","__proto__":{}},"__proto__":{}}',
  )
})

test('whatever is held elsewhere, the two together are the payload again', () => {
  const anyHeld = fc.tuple(anyRecord, anyRecord, anyRecord)
  fc.assert(
    fc.property(anyHeld, ([shared, own, held]) => {
      const payload = { ...own, ...shared }
      const columns = { ...held, ...shared }
      expect(restorePayload(columns, subtractPayload(payload, columns))).toStrictEqual(payload)
    }),
  )
})

test('a count that grew after the payload was kept shows in the payload', () => {
  const payload = { id: '1', options: { channel_id: '3', count: '1' } }
  const remainder = subtractPayload(payload, payload)
  expect(restorePayload({ id: '1', options: { channel_id: '3', count: '7' } }, remainder)).toStrictEqual({
    id: '1',
    options: { channel_id: '3', count: '7' },
  })
})
