import { expect, test } from 'vitest'
import { EXPORT_FORMATS } from '../../../src/view/export/export-format.ts'
import { entriesOf } from '../../support/entries/entries.ts'

const GUILD = '900000000000000000'
const ID = '1500000000000000000'

function csv(payload: object): string {
  return EXPORT_FORMATS.csv.write(entriesOf(GUILD, [{ id: ID, action_type: 20, ...payload }]), true)
}

test('a csv row has the values that Discord sent, in the columns of the contract', () => {
  const changes = [{ key: 'nick', old_value: 'a "b", c' }]
  expect(csv({ user_id: '7', target_id: '8', reason: 'Spam, again', changes })).toBe(
    `${ID},2026-05-02T05:04:28.652Z,Member Kick,20,none,7,8,user,,,"Spam, again",` +
      '"[{""key"":""nick"",""old_value"":""a \\""b\\"", c""}]"\n',
  )
})

test('null is an empty cell, and a count is a number', () => {
  expect(csv({ action_type: 72, options: { channel_id: '9', count: '12' } })).toBe(
    `${ID},2026-05-02T05:04:28.652Z,Message Delete,72,deleted,,,,9,12,,[]\n`,
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
  const cell = csv({ reason }).split(',').slice(10, -1).join(',')
  expect(cell.replace(/^"/, '').replace(/"$/, '')).toBe(`'${reason}`)
})

test.each(['1=1', 'Spam = ban', ' spaced', '\nnext line', '#=1', '“=1”', '(-1)'])(
  'the reason %j is unchanged',
  (reason) => {
    const cell = csv({ reason }).split(',').slice(10, -1).join(',')
    expect(cell.replace(/^"/, '').replace(/"$/, '')).toBe(reason)
  },
)

test('json objects have the same keys, and options as Discord sent them', () => {
  const options = { channel_id: '9', count: '12', odd: [1] }
  const entries = entriesOf(GUILD, [{ id: ID, action_type: 72, user_id: '7', target_id: '8', options }])
  expect(JSON.parse(EXPORT_FORMATS.ndjson.write(entries, true))).toEqual({
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
    options,
  })
})

test('absent changes are an empty list, and absent options an empty object', () => {
  const [row] = JSON.parse(
    `[${EXPORT_FORMATS.json.write(entriesOf(GUILD, [{ id: ID, action_type: 999 }]), true)}]`,
  )
  expect(row).toMatchObject({ changes: [], options: {}, action: 'Unknown action 999', target_type: null })
})
