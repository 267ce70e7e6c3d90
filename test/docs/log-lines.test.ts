import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { messagesInSource, operatorErrorsInSource } from './log-messages-in-source.ts'

const SHOWN = ['info', 'warn', 'error', 'fatal']

/** A section of docs/operating.md. */
function section(title: string): string {
  const [, text = ''] = readFileSync('docs/operating.md', 'utf8').split(`\n## ${title}\n`)
  return text.split('\n## ')[0] ?? ''
}

/** The cells of the rows whose first cell is code. */
function rowsOf(text: string): string[][] {
  return [...text.matchAll(/^\| (`.*) \|$/gm)].map(([, row = '']) => row.split(' | '))
}

/** What is documented: each message, with its levels. */
function documented(): Map<string, string[]> {
  const [, ...tables] = section('Log lines').split('\n### ')
  const rows = tables.flatMap(rowsOf)
  return new Map(rows.map(([message = '', levels = '']) => [message.slice(1, -1), levels.split(', ').sort()]))
}

/** What is logged: each message, with all levels that its lines have. */
function logged(): Map<string, string[]> {
  const levels = new Map<string, Set<string>>()
  for (const { message, levels: some } of messagesInSource()) {
    levels.set(message, new Set([...(levels.get(message) ?? []), ...some]))
  }
  return new Map([...levels].map(([message, some]) => [message, [...some].sort()]))
}

test('the source is read: it has warnings, errors and a crash', () => {
  const levels = messagesInSource().flatMap((each) => each.levels)
  expect(levels.filter((level) => level === 'warn').length).toBeGreaterThan(20)
  expect(levels.filter((level) => level === 'error').length).toBeGreaterThan(15)
  expect(levels.filter((level) => level === 'fatal')).toHaveLength(1)
})

test('docs/operating.md explains every line that is logged at info or above, at its levels, and no other', () => {
  const shown = [...logged()].filter(([, levels]) => levels.some((level) => SHOWN.includes(level)))
  expect(Object.fromEntries(documented())).toEqual(Object.fromEntries(shown))
})

test('docs/operating.md explains every message that ends Custos, and no other', () => {
  const rows = rowsOf(section('Messages that end Custos')).map(([begins = '']) => begins)
  const begins = rows.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text))
  expect(begins.sort()).toEqual(operatorErrorsInSource())
})

test('docs/operating.md explains every field that lines with different messages have', () => {
  const text = section('Log lines').split('\n### ')[0] ?? ''
  const explained = rowsOf(text).flatMap(([cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  const messages = Map.groupBy(
    messagesInSource().flatMap(({ fields, message }) => fields.map((field) => ({ field, message }))),
    ({ field }) => field,
  )
  const shared = [...messages].filter(([, uses]) => new Set(uses.map(({ message }) => message)).size > 1)
  expect(shared.length).toBeGreaterThan(10)
  expect(shared.map(([field]) => field).filter((field) => !explained.includes(field))).toEqual([])
})
