import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { GROUPS } from '../../../src/core/audit-log/actions/row.ts'
import { openCustos } from '../../support/open-custos.ts'
import { fieldOf, footersOf, numberIn, textOf } from '../../support/read.ts'

interface Row {
  readonly id: string
  readonly executor_id: string | null
  readonly action_type: number
}

function fileIn(message: Message): { name: string; text: string } {
  const [file] = message.files
  if (!file) throw new Error('There is no file.')
  const bytes = file.name.endsWith('.gz') ? gunzipSync(file.bytes) : file.bytes
  return { name: file.name, text: new TextDecoder().decode(bytes) }
}

function rowsIn(message: Message): Row[] {
  return JSON.parse(fileIn(message).text)
}

test('every matching entry is in the file, oldest first, in an ephemeral reply', async () => {
  const { moderator, town } = await openCustos({ days: 20, perDay: 40 })
  const all = town.guild.log.since()
  const reply = await moderator.command('audit export', { format: 'json' })
  expect(rowsIn(reply.message).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  expect(reply.ephemeral).toBe(true)
  expect(textOf(reply.message)).toMatch(new RegExp(`^${all.length} entries exported\n`))
  expect(textOf(reply.message)).toMatch(/^-# oldest first$/m)
  expect(footersOf(reply.message)).toEqual(['All time · Complete since 10 Oct 2026'])
})

test('the default format is csv, and the file name has the guild, the window and the time', async () => {
  const { moderator, town } = await openCustos({ days: 2 })
  const { message } = await moderator.command('audit export', { since: '2026-11-23', until: '2026-11-23' })
  const { name, text } = fileIn(message)
  expect(name).toBe('audit-the-reading-room-since-20261123T0000-until-20261124T0000-at-20261124T1200-utc.csv')
  const start = Date.UTC(2026, 10, 23)
  const day = town.guild.log
    .since(start)
    .filter(({ id }) => Number(BigInt(id) >> 22n) + 1_420_070_400_000 < start + 86_400_000)
  expect(text.match(/^\d{17,19},2026-11-23T/gm)).toHaveLength(day.length)
})

test('a csv file begins with one byte-order mark, and has names after the columns that Discord fills', async () => {
  const { moderator, actor, town } = await openCustos()
  members.kick(actor(1), town.members[0]?.id ?? '', 'Spam')
  const { message } = await moderator.command('audit export')
  const bytes = message.files[0]?.bytes ?? new Uint8Array()
  const [header, row, ...rest] = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n')
  expect(header).toBe(
    '\uFEFFid,time,action,action_type,category,executor_id,target_id,target_type,channel_id,count,reason,changes,' +
      'executor_name,target_name,channel_name,on_behalf_of_id',
  )
  expect(row).toMatch(/,Spam,\[\],Bruno,marble,,$/)
  expect(rest).toEqual([''])
})

test('an export is part of the log of what members had Custos do, and its name is in the server’s time zone', async () => {
  const here = await openCustos({ days: 2 })
  const { guild, moderators } = here.town
  const by = moderators[0]?.id ?? ''
  await here.stopBot()
  const before = await here.openArchive()
  const detail = { type: 'time zone', timeZone: 'America/New_York' } as const
  await before.recordOperation(guild.id, { id: '1', by, detail })
  await before.close()
  await here.startBot()
  const { message } = await here.moderator.command('audit export', { since: '2026-11-23', format: 'json' })
  expect(message.files[0]?.name).toBe(
    'audit-the-reading-room-since-20261123T0000-at-20261124T0700-america-new-york.json',
  )
  await here.stopBot()
  const after = await here.openArchive()
  const [exported] = await after.operations(guild.id)
  await after.close()
  expect(exported).toMatchObject({
    by,
    detail: { type: 'export', entries: rowsIn(message).length, format: 'json' },
  })
})

test('options narrow the file as they narrow a list', async () => {
  const { moderator, town, actor } = await openCustos({ days: 20, perDay: 40 })
  const by = actor(1).actorId
  const file = await moderator.command('audit export', { format: 'json', by, action: 'Bans & kicks' })
  const expected = town.guild.log
    .since()
    .filter(({ user_id, action_type }) => user_id === by && [20, 21, 22, 23].includes(action_type ?? 0))
  expect(rowsIn(file.message).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  const user = await moderator.command('audit user', { user: by, action: 'Bans & kicks', since: '30d' })
  expect(numberIn(fieldOf(user.message, 'Actions'))).toBe(expected.length)
})

test.each([
  ['Member Kick, deletes', 'Deletes, Member Kick', (type: number) => [20, 72, 73].includes(type)],
  [GROUPS.join(','), 'every action', () => true],
] as const)('the file has every action of a list: %s', async (action, about, isListed) => {
  const { moderator, town } = await openCustos({ days: 20, perDay: 40 })
  const { message } = await moderator.command('audit export', { format: 'json', action })
  const expected = town.guild.log.since().filter(({ action_type }) => isListed(action_type ?? 0))
  expect(rowsIn(message).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  expect(textOf(message)).toMatch(new RegExp(`^-# ${about} · oldest first`, 'm'))
})

test('a file over the guild’s size limit is compressed, then cut, and the reply says where', async () => {
  const { discord, moderator, town } = await openCustos({ days: 40, perDay: 60 })
  const all = town.guild.log.since()
  const whole = await moderator.command('audit export', { format: 'ndjson' })
  const size = whole.message.files[0]?.bytes.length ?? 0

  discord.fileLimit = Math.floor(size / 2)
  const compressed = await moderator.command('audit export', { format: 'ndjson' })
  expect(fileIn(compressed.message).name).toMatch(/\.ndjson\.gz$/)
  expect(fileIn(compressed.message).text).toBe(fileIn(whole.message).text)

  discord.fileLimit = 20_000
  const cut = await moderator.command('audit export', { format: 'ndjson' })
  const lines = fileIn(cut.message).text.trim().split('\n').length
  expect(lines).toBeLessThan(all.length)
  const last = all[lines - 1]?.id
  expect(textOf(cut.message)).toContain(`It ends with entry \`${last}\``)
  expect(textOf(cut.message)).toContain(`For the rest, export again with \`since:${last}\`.`)
  const rest = await moderator.command('audit export', { format: 'ndjson', since: last ?? '' })
  expect(fileIn(rest.message).text.split('\n')[0]).toContain(all[lines]?.id)
})

test('no match gives a file with only a header', async () => {
  const { moderator } = await openCustos()
  const { message } = await moderator.command('audit export')
  expect(fileIn(message).text).toMatch(/^id,time,[^\n]*\n$/)
  expect(textOf(message)).toContain('No entries were found.')
})
