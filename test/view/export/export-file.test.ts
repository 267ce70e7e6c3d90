import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { type ExportRow, exportRow } from '../../../src/core/audit-log/export-row.ts'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import { writeExport } from '../../../src/view/export/export-file.ts'
import { EXPORT_FORMATS } from '../../../src/view/export/export-format.ts'
import { entriesOf } from '../../support/entries/entries.ts'

const GUILD = '900000000000000000'

/** Entries whose text does not compress well. */
function entries(howMany: number): Entry[] {
  let state = 1
  const letters = () => {
    state = (state * 48_271) % 2_147_483_647
    return state.toString(36)
  }
  const payloads = Array.from({ length: howMany }, (_, index) => ({
    id: String(1_500_000_000_000_000_000n + BigInt(index)),
    action_type: 20,
    reason: Array.from({ length: 20 }, letters).join(' '),
  }))
  return entriesOf(GUILD, payloads)
}

function rowsOf(all: readonly Entry[]): ExportRow[] {
  return all.map((entry) => exportRow(entry, NO_NAMES))
}

/** The number of entries of each batch that was read. */
type Batches = number[]

async function written(
  all: readonly Entry[],
  format: keyof typeof EXPORT_FORMATS,
  limit: number,
  { batches = [], onWritten = () => {} }: { batches?: Batches; onWritten?: (entries: number) => void } = {},
) {
  const read = async (most: number, past: string | undefined) => {
    const start = past === undefined ? 0 : all.findIndex(({ id }) => id === past) + 1
    const batch = all.slice(start, start + most)
    batches.push(batch.length)
    return rowsOf(batch)
  }
  const file = await writeExport({ read, onWritten }, EXPORT_FORMATS[format], limit)
  return { ...file, bytes: await file.content.bytes() }
}

const BYTE_ORDER_MARK = '\uFEFF'
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
const linesIn = (text: string) => text.split('\n').filter((line) => line !== '')

test('entries that fit are not compressed', async () => {
  const all = entries(250)
  const file = await written(all, 'ndjson', 1_000_000)
  expect(file).toMatchObject({ isCompressed: false, entries: 250 })
  expect(file.truncatedAfter).toBeUndefined()
  expect(linesIn(textOf(file.bytes))).toHaveLength(250)
})

test.each([
  ['csv', 1],
  ['ndjson', 0],
] as const)('entries that fit only compressed are compressed: %s', async (format, header) => {
  const all = entries(1000)
  const whole = await written(all, format, 10_000_000)
  const file = await written(all, format, Math.floor(whole.bytes.length * 0.8))
  expect(file).toMatchObject({ isCompressed: true, entries: 1000 })
  const unpacked = gunzipSync(file.bytes)
  expect(textOf(unpacked)).toBe(textOf(whole.bytes))
  expect(linesIn(textOf(unpacked))).toHaveLength(1000 + header)
})

test.each(['csv', 'json', 'ndjson'] as const)(
  'entries that do not fit even compressed are truncated, and the last entry is reported: %s',
  async (format) => {
    const all = entries(1000)
    const limit = 30_000
    const file = await written(all, format, limit)
    expect(file.bytes.length).toBeLessThanOrEqual(limit)
    expect(file.entries).toBeGreaterThan(100)
    expect(file.entries).toBeLessThan(1000)
    expect(file.truncatedAfter).toBe(all[file.entries - 1]?.id)
    const text = textOf(gunzipSync(file.bytes))
    expect(text).toContain(file.truncatedAfter)
    if (format === 'json') expect(JSON.parse(text)).toHaveLength(file.entries)
  },
)

test('without entries, csv has a header, json is an empty list and ndjson is empty', async () => {
  const shown = async (format: keyof typeof EXPORT_FORMATS) => textOf((await written([], format, 1000)).bytes)
  expect(await shown('csv')).toBe(
    `${BYTE_ORDER_MARK}id,time,action,action_type,category,executor_id,target_id,target_type,channel_id,count,reason,` +
      'changes,executor_name,target_name,channel_name,on_behalf_of_id\n',
  )
  expect(JSON.parse(await shown('json'))).toEqual([])
  expect(await shown('ndjson')).toBe('')
})

test.each([
  ['csv', 1],
  ['json', 0],
  ['ndjson', 0],
] as const)('a %s file has %d byte-order marks, also when it is compressed', async (format, marks) => {
  const all = entries(1000)
  const whole = await written(all, format, 10_000_000)
  const compressed = await written(all, format, whole.bytes.length - 1)
  expect(compressed.isCompressed).toBe(true)
  for (const bytes of [whole.bytes, gunzipSync(compressed.bytes)]) {
    expect(textOf(bytes).split(BYTE_ORDER_MARK)).toHaveLength(marks + 1)
    expect(textOf(bytes).lastIndexOf(BYTE_ORDER_MARK)).toBe(marks - 1)
  }
})

test('the number of entries written so far is reported', async () => {
  const reported: number[] = []
  await written(entries(250), 'csv', 1_000_000, { onWritten: (count) => reported.push(count) })
  expect(reported).toEqual([10, 30, 70, 150, 250])
})

test('however large entries are, few bytes are written at once', async () => {
  const light = { action_type: 20, reason: 'Spam' }
  const heavy = { action_type: 141, changes: [{ key: 'keywords', new_value: 'x'.repeat(50_000) }] }
  const payloads = Array.from({ length: 3000 }, (_, index) => ({
    id: String(1_500_000_000_000_000_000n + BigInt(index)),
    ...(index >= 1000 && index < 1600 && index % 10 === 0 ? heavy : light),
  }))
  const batches: Batches = []
  const file = await written(entriesOf(GUILD, payloads), 'json', 100_000_000, { batches })
  expect(file.entries).toBe(3000)
  expect(Math.max(...batches)).toBe(500)
  // 500 entries would be 2.5 MB where every tenth is heavy.
  expect(batches.filter((length) => length <= 100).length).toBeGreaterThan(5)
})

test.each(['csv', 'json', 'ndjson'] as const)(
  'a file has the same content, whatever the batches: %s',
  async (format) => {
    const all = entries(1234)
    const file = await written(all, format, 100_000_000)
    const { before, after, write } = EXPORT_FORMATS[format]
    expect(textOf(file.bytes)).toBe(`${before}${write(rowsOf(all), true)}${after}`)
    const compressed = await written(all, format, file.bytes.length - 1)
    expect(textOf(gunzipSync(compressed.bytes))).toBe(textOf(file.bytes))
  },
)

test('entries that end with a batch are read to the end once', async () => {
  const batches: Batches = []
  await written(entries(150), 'csv', 1_000_000, { batches })
  expect(batches).toEqual([10, 20, 40, 80, 0])
})
