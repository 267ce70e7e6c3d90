import { expect, test } from 'vitest'
import { readArguments } from '../../../sandbox/demo/arguments.ts'

test('arguments have defaults', () => {
  expect(readArguments([])).toEqual({ terminal: false, port: 4321, days: 182 })
})

test('arguments are read', () => {
  const args = ['--terminal', '--port', '0', '--days', '20']
  expect(readArguments(args)).toEqual({ terminal: true, port: 0, days: 20 })
})

test.each([
  [['--port', 'x'], '“x” is not a port number.'],
  [['--port', '65536'], '“65536” is not a port number.'],
  [['--days', '0'], '--days must be a number from 1 to 365.'],
  [['--browser'], "Unknown option '--browser'"],
])('%j is rejected', (args, message) => {
  expect(() => readArguments(args)).toThrow(message)
})
