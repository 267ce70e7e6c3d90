import { expect, test } from 'vitest'
import { isInexact, parseExactly } from '../../../src/discord/rest/exact-json.ts'

test('an integer too large for a number is parsed as a string of its digits, anywhere', () => {
  expect(
    parseExactly('{"id":1564393200418818188,"changes":[{"new_value":1564270265368578186}],"count":4}'),
  ).toEqual({ id: '1564393200418818188', changes: [{ new_value: '1564270265368578186' }], count: 4 })
})

test.each(['9007199254740991', '1.5', '-3', '1e300', '"1564393200418818188"', 'null'])(
  '%s is parsed as usual',
  (text) => {
    expect(parseExactly(text)).toEqual(JSON.parse(text))
  },
)

test('JSON that is nested too deeply for the reviver is parsed without it', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  expect(parseExactly(`{"deep":${deep},"id":"4"}`)).toMatchObject({ id: '4' })
})

test('text that is not JSON is undefined', () => {
  expect(parseExactly('<html>')).toBeUndefined()
})

test('rounded integers are detected', () => {
  expect(isInexact(JSON.parse('{"user_id":1564393200418818188}'))).toBe(true)
  expect(isInexact(JSON.parse('{"changes":[{"old_value":[1564393200418818188]}]}'))).toBe(true)
  expect(isInexact({ id: '1564393200418818188', count: 4, changes: [null, 1.5] })).toBe(false)
})
