import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
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

async function* batches(all: readonly Entry[], length: number): AsyncGenerator<readonly Entry[]> {
  for (let at = 0; at < all.length; at += length) yield all.slice(at, at + length)
}

async function written(all: readonly Entry[], format: keyof typeof EXPORT_FORMATS, limit: number) {
  const file = await writeExport(batches(all, 100), EXPORT_FORMATS[format], limit, () => {})
  return { ...file, bytes: await file.content.bytes() }
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
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
    'id,time,action,action_type,category,executor_id,target_id,target_type,channel_id,count,reason,changes\n',
  )
  expect(JSON.parse(await shown('json'))).toEqual([])
  expect(await shown('ndjson')).toBe('')
})

test('the number of entries written so far is reported', async () => {
  const reported: number[] = []
  await writeExport(batches(entries(250), 100), EXPORT_FORMATS.csv, 1_000_000, (count) =>
    reported.push(count),
  )
  expect(reported).toEqual([100, 200, 250])
})
