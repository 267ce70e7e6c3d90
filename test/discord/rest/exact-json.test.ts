import { expect, test } from 'vitest'
import { isInexact, parseExactly } from '../../../src/discord/rest/exact-json.ts'

test('an integer too large for a number is read as the text of its digits, wherever it stands', () => {
  expect(
    parseExactly('{"id":1564393200418818188,"changes":[{"new_value":1564270265368578186}],"count":4}'),
  ).toEqual({ id: '1564393200418818188', changes: [{ new_value: '1564270265368578186' }], count: 4 })
})

test.each(['9007199254740991', '1.5', '-3', '1e300', '"1564393200418818188"', 'null'])(
  '%s is read as JSON has it',
  (text) => {
    expect(parseExactly(text)).toEqual(JSON.parse(text))
  },
)

test('what is nested too deep to be gone through keeps nothing else from being read', () => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  expect(parseExactly(`{"deep":${deep},"id":"4"}`)).toMatchObject({ id: '4' })
})

test('what is no JSON is nothing', () => {
  expect(parseExactly('<html>')).toBeUndefined()
})

test('what was rounded is noticed', () => {
  expect(isInexact(JSON.parse('{"user_id":1564393200418818188}'))).toBe(true)
  expect(isInexact(JSON.parse('{"changes":[{"old_value":[1564393200418818188]}]}'))).toBe(true)
  expect(isInexact({ id: '1564393200418818188', count: 4, changes: [null, 1.5] })).toBe(false)
})
