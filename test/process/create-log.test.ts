import { expect, test } from 'vitest'
import { isRecord } from '../../src/core/json.ts'
import { createLog } from '../../src/process/create-log.ts'

/** A log, and its lines. */
function open(level: 'debug' | 'info' = 'info', secrets: readonly string[] = []) {
  const lines: Readonly<Record<string, unknown>>[] = []
  const log = createLog(
    { level, secrets, pretty: false },
    {
      write(line) {
        const parsed: unknown = JSON.parse(line)
        if (isRecord(parsed)) lines.push(parsed)
        return true
      },
      flush: async () => {},
    },
  )
  return { log, lines, levels: () => lines.map(({ level: each }) => each) }
}

test('of lines with the same message only 20 a minute are above debug', () => {
  const { log, levels } = open('debug')
  for (let nth = 0; nth < 25; nth++) log.warn({ guild: String(nth) }, 'Reading failed.')
  expect(levels()).toEqual([...Array(20).fill(40), ...Array(5).fill(20)])
})

test('every error of a request is written, because a member may have its id', () => {
  const { log, lines } = open()
  for (let nth = 0; nth < 30; nth++) log.child({ request: String(nth) }).error({}, 'Answering failed.')
  for (let nth = 0; nth < 30; nth++) log.error({}, 'Answering failed.')
  expect(lines.filter(({ request }) => request !== undefined)).toHaveLength(30)
  expect(lines).toHaveLength(30)
})

test('a child adds its fields to every line, and shows no secret', () => {
  const { log, lines } = open('info', ['a-token'])
  log.child({ request: 'ab', guild: '1' }).info({ ms: 3, with: 'a-token' }, 'Done.')
  expect(lines).toEqual([
    expect.objectContaining({ request: 'ab', guild: '1', ms: 3, with: '[secret]', msg: 'Done.' }),
  ])
})
