import fc from 'fast-check'
import { expect, test } from 'vitest'
import { restorePayload, subtractPayload } from '../../src/archive/payload-rest.ts'

/** As it comes off the wire, where for instance no number is below zero and yet nothing. */
const anyJson = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)))
const anyRecord = fc.dictionary(fc.string(), anyJson).map((value) => ({ ...value }))

test('what the columns store is not stored twice', () => {
  const stored = { id: '1', user_id: '2', options: { channel_id: '3', count: '4' } }
  expect(subtractPayload(stored, stored)).toBe('[{}]')
})

test.each([
  ['a field that no column stores', { id: '1', tomorrow: [1] }, { id: '1' }, '[{"tomorrow":[1]}]'],
  ['a field that differs', { count: 4 }, { count: '4' }, '[{"count":4}]'],
  [
    'what differs within a field',
    { options: { a: '1', b: '2' } },
    { options: { a: '1' } },
    '[{"options":{"b":"2"}}]',
  ],
  ['that a field is not there at all', {}, { user_id: null }, '[{},["user_id"]]'],
  ['that a field is null', { user_id: null }, { user_id: '2' }, '[{"user_id":null}]'],
])('the rest has %s', (_, payload, stored, payloadRest) => {
  expect(subtractPayload(payload, stored)).toBe(payloadRest)
  expect(restorePayload(stored, payloadRest)).toStrictEqual(payload)
})

test('a field with a name that every object inherits is kept', () => {
  const sent = '{"id":"1","__proto__":{},"options":{"__proto__":{},"count":"1"}}'
  const stored = { id: '1', options: { count: '1' } }
  expect(JSON.stringify(restorePayload(stored, subtractPayload(JSON.parse(sent), stored)))).toBe(
    '{"id":"1","options":{"count":"1","__proto__":{}},"__proto__":{}}',
  )
})

test('whatever the columns store, the payload can be restored', () => {
  const anyHeld = fc.tuple(anyRecord, anyRecord, anyRecord)
  fc.assert(
    fc.property(anyHeld, ([shared, own, stored]) => {
      const payload = { ...own, ...shared }
      const columns = { ...stored, ...shared }
      expect(restorePayload(columns, subtractPayload(payload, columns))).toStrictEqual(payload)
    }),
  )
})

test('a count that grew later is in the restored payload', () => {
  const payload = { id: '1', options: { channel_id: '3', count: '1' } }
  const payloadRest = subtractPayload(payload, payload)
  expect(restorePayload({ id: '1', options: { channel_id: '3', count: '7' } }, payloadRest)).toStrictEqual({
    id: '1',
    options: { channel_id: '3', count: '7' },
  })
})
