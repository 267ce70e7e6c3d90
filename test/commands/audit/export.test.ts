import { expect, test } from 'vitest'
import { exported } from '../../../commands/audit/export.ts'
import type { CommandContext } from '../../../src/command/context.ts'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import type { NamedEntity } from '../../../src/core/names/named-entity.ts'
import type { OperationDetail } from '../../../src/core/operation.ts'
import { FIRST_PAGE } from '../../../src/core/query/page.ts'
import type { SavedQuery } from '../../../src/core/query/saved-query.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { DAY } from '../../../src/core/time/units.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { commandContext } from '../../support/command-context.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const archive = await sharedArchive()

interface Asked extends Partial<Pick<SavedQuery, 'format' | 'timeZone' | 'filter'>> {
  readonly payloads?: readonly object[]
  readonly names?: readonly NamedEntity[]
  readonly operate?: CommandContext['operate']
}

/** Runs `/audit export` in a guild of its own. */
async function run({ payloads = [], names = [], operate = async () => {}, ...asked }: Asked) {
  const guildId = freshGuild()
  const entries: readonly Entry[] = entriesOf(guildId, payloads)
  await archive.record([
    { guildId, entries, from: 'rest', names: names.map((each) => observationOf(each, firstIdAt(NOW))) },
  ])
  const query: SavedQuery = {
    command: 'audit export',
    guildId,
    askerId: '1',
    askedAt: NOW,
    timeZone: 'UTC',
    filter: {},
    order: 'oldest',
    asOf: firstIdAt(NOW),
    format: 'csv',
    ...asked,
  }
  const { embeds, files = [] } = await exported.answer({
    query,
    number: 1,
    page: FIRST_PAGE,
    archive,
    coverage: {
      guildId,
      oldest: '0',
      ranges: [{ start: '0', end: firstIdAt(NOW) }],
      readAt: NOW,
      askedAt: NOW,
    },
    syncStatus: { hostAhead: 0 },
    notice: undefined,
    context: commandContext({
      guildName: 'The Reading Room',
      now: NOW,
      timeZone: query.timeZone,
      fileLimit: 1_000_000,
      operate,
    }),
  })
  const [file] = files
  if (!file) throw new Error('There is no file.')
  const text = await new Response(file.content).text()
  return { name: file.name, text, title: embeds[0]?.title, description: embeds[0]?.description ?? '' }
}

const kick = (at: number, more: object = {}) => ({
  id: firstIdAt(at),
  action_type: 20,
  user_id: '7',
  target_id: '8',
  ...more,
})

test('an export is recorded with its entries and format before the file is sent', async () => {
  const recorded: OperationDetail[] = []
  const operate = async (detail: OperationDetail) => void recorded.push(detail)
  await run({ payloads: [kick(NOW - 2), kick(NOW - 1)], format: 'ndjson', operate })
  expect(recorded).toEqual([{ type: 'export', entries: 2, format: 'ndjson' }])
})

test('an export that cannot be recorded fails, so no file is sent without a record', async () => {
  const operate = () => Promise.reject(new Error('The archive is locked.'))
  await expect(run({ payloads: [kick(NOW - 1)], operate })).rejects.toThrow('The archive is locked.')
})

test('an export without entries is not recorded', async () => {
  const recorded: OperationDetail[] = []
  const { title, description } = await run({ operate: async (detail) => void recorded.push(detail) })
  expect(recorded).toEqual([])
  expect(title).toBe('No entries to export')
  expect(description).toBe('No entries were found. The whole archive was searched.')
})

test('names are those of the archive, also in a script that spreadsheets guess wrongly without a mark', async () => {
  const names = [namedEntity('7', 'user', 'داليا'), namedEntity('8', 'user', '冬子')]
  const { text } = await run({ payloads: [kick(NOW - 1)], names })
  expect(text.split('\n')[1]).toMatch(/,7,8,user,,,,\[\],داليا,冬子,,$/)
})

test('whom a bot acted for is in the row', async () => {
  const names = [namedEntity('7', 'bot', 'sweeper'), namedEntity('9', 'user', 'alice')]
  const payloads = [kick(NOW - 1, { reason: 'Banned by alice: spam' })]
  const { text } = await run({ payloads, names, format: 'ndjson' })
  expect(JSON.parse(text)).toMatchObject({ executor_name: 'sweeper', on_behalf_of_id: '9' })
})

test.each([
  ['UTC', 'since-20261118T2330-until-20261123T2330-at-20261124T1200-utc'],
  ['Europe/Berlin', 'since-20261119T0030-until-20261124T0030-at-20261124T1300-europe-berlin'],
  ['America/New_York', 'since-20261118T1830-until-20261123T1830-at-20261124T0700-america-new-york'],
  ['Asia/Kathmandu', 'since-20261119T0515-until-20261124T0515-at-20261124T1745-asia-kathmandu'],
])('the times in the name of the file are in the time zone that it names: %s', async (timeZone, times) => {
  const end = Date.UTC(2026, 10, 23, 23, 30)
  const filter = { from: firstIdAt(end - 5 * DAY), to: firstIdAt(end) }
  expect((await run({ timeZone, filter })).name).toBe(`audit-the-reading-room-${times}.csv`)
})

test('a time in the file is in UTC, whatever the time zone of the server', async () => {
  const { text } = await run({ payloads: [kick(NOW - 1)], timeZone: 'Asia/Kathmandu', format: 'json' })
  expect(JSON.parse(text)).toMatchObject([{ time: '2026-11-24T11:59:59.999Z' }])
})

test('only the reply to csv explains how a spreadsheet reads ids', async () => {
  const reply = async (format: 'csv' | 'json' | 'ndjson') =>
    (await run({ payloads: [kick(NOW - 1)], format })).description
  expect(await reply('csv')).toBe(
    '-# oldest first\n-# A spreadsheet rounds 19-digit ids unless you import their columns as text.',
  )
  expect(await reply('json')).toBe('-# oldest first')
  expect(await reply('ndjson')).toBe('-# oldest first')
})
