import { expect, test } from 'vitest'
import { type ExportRow, exportRow } from '../../../src/core/audit-log/export-row.ts'
import { Names } from '../../../src/core/names/names.ts'
import { EXPORT_FORMATS } from '../../../src/view/export/export-format.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { namedEntity } from '../../support/entries/names.ts'

const GUILD = '900000000000000000'
const ID = '1500000000000000000'

const NAMES = new Names(GUILD, [namedEntity('7', 'user', 'alice'), namedEntity('9', 'channel', 'general')])

function rowsOf(payload: object): ExportRow[] {
  return entriesOf(GUILD, [{ id: ID, action_type: 20, ...payload }]).map((entry) => exportRow(entry, NAMES))
}

function csv(payload: object): string {
  return EXPORT_FORMATS.csv.write(rowsOf(payload), true)
}

test('a csv row has the values that Discord sent, in the columns of the contract', () => {
  const changes = [{ key: 'nick', old_value: 'a "b", c' }]
  expect(csv({ user_id: '7', target_id: '8', reason: 'Spam, again', changes })).toBe(
    `${ID},2026-05-02T05:04:28.652Z,Member Kick,20,none,7,8,user,,,"Spam, again",` +
      '"[{""key"":""nick"",""old_value"":""a \\""b\\"", c""}]",alice,,,\n',
  )
})

test('null is an empty cell, and a count is a number', () => {
  expect(csv({ action_type: 72, options: { channel_id: '9', count: '12' } })).toBe(
    `${ID},2026-05-02T05:04:28.652Z,Message Delete,72,deleted,,,,9,12,,[],,,general,\n`,
  )
})

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\tplain',
  '\rplain',
  '\n=1+1',
  '\r\n=1+1',
  ' =1+1',
  '   @SUM(A1)',
  '\u00a0=1',
  '\u2028+1',
  '\u3000-1',
  '\ufeff=1+1',
  '\u200b=1',
  '\u2060 \u200e\n=1',
  '\u00ad=1',
  '\u0000=1',
  '\v=1',
  '\u{e0001}=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '﹦1+1',
  '\ufeff＝1',
])('the reason %j does not run in a spreadsheet', (reason) => {
  const cell = csv({ reason }).split(',').slice(10, -5).join(',')
  expect(cell.replace(/^"/, '').replace(/"$/, '')).toBe(`'${reason}`)
})

test.each(['1=1', 'Spam = ban', ' spaced', '\nnext line', '#=1', '“=1”', '(-1)'])(
  'the reason %j is unchanged',
  (reason) => {
    const cell = csv({ reason }).split(',').slice(10, -5).join(',')
    expect(cell.replace(/^"/, '').replace(/"$/, '')).toBe(reason)
  },
)

test.each(['=1+1', '+1', '-1', '@all', '\t=1', '＝1'])(
  'the name %j does not run in a spreadsheet',
  (name) => {
    const names = new Names(GUILD, [
      namedEntity('7', 'user', name),
      namedEntity('8', 'user', name),
      namedEntity('9', 'channel', name),
    ])
    const payload = { id: ID, action_type: 72, user_id: '7', target_id: '8', options: { channel_id: '9' } }
    const rows = entriesOf(GUILD, [payload]).map((entry) => exportRow(entry, names))
    expect(EXPORT_FORMATS.csv.write(rows, true)).toContain(`,[],'${name},'${name},'${name},\n`)
  },
)

test('json objects have the same keys, and options as Discord sent them', () => {
  const options = { channel_id: '9', count: '12', odd: [1] }
  const rows = rowsOf({ action_type: 72, user_id: '7', target_id: '8', options })
  expect(JSON.parse(EXPORT_FORMATS.ndjson.write(rows, true))).toEqual({
    id: ID,
    time: '2026-05-02T05:04:28.652Z',
    action: 'Message Delete',
    action_type: 72,
    category: 'deleted',
    executor_id: '7',
    target_id: '8',
    target_type: 'user',
    channel_id: '9',
    count: 12,
    reason: null,
    changes: [],
    executor_name: 'alice',
    target_name: null,
    channel_name: 'general',
    on_behalf_of_id: null,
    options,
  })
})

test('absent changes are an empty list, and absent options an empty object', () => {
  const [row] = JSON.parse(`[${EXPORT_FORMATS.json.write(rowsOf({ action_type: 999 }), true)}]`)
  expect(row).toMatchObject({ changes: [], options: {}, action: 'Unknown action 999', target_type: null })
})
