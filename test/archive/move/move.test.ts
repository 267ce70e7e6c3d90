import fc from 'fast-check'
import { expect, test } from 'vitest'
import { REBUILT_TABLES } from '../../../src/archive/move/tables.ts'
import {
  contentsOf,
  emptyAddress,
  execute,
  fillEveryTable,
  fillGuild,
  GUILD,
  moveTo,
  openAt,
  sqliteAddress,
  sqliteWith,
} from '../../support/archive/moving.ts'
import { queriesWritten } from '../../support/archive/shared-archive.ts'
import { anyLog } from '../../support/entries/arbitrary-log.ts'

test('an archive that is moved to another database, to one of the same kind, and back has every row that it had', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, async (payloads) => {
      const [first, last] = [sqliteAddress(), sqliteAddress()]
      const archive = await openAt(first)
      await fillEveryTable(archive, payloads)
      await archive.close()
      const steps = [first, await emptyAddress(), await emptyAddress(), last]
      const digests = new Set<string>()
      for (const [index, to] of steps.slice(1).entries()) {
        const result = await moveTo(steps[index] ?? first, to)
        expect(result.type).toBe('same')
        if (result.type === 'same') digests.add(result.contents.digest)
      }
      expect(digests.size).toBe(1)
      const before = contentsOf(first)
      // Or else the test would say nothing about the table.
      for (const [table, rows] of before) {
        if (!REBUILT_TABLES.includes(table)) expect(rows, table).not.toEqual([])
      }
      for (const [table, rows] of contentsOf(last)) {
        // Which has the last number ever used; another test says that none is used again.
        if (table !== 'sqlite_sequence') expect(rows, table).toEqual(before.get(table))
      }
    }),
    { numRuns: 2 },
  )
})

test('a moved archive answers as before, and gives no query a number that was used before', async () => {
  const [from, to] = [sqliteAddress(), await emptyAddress()]
  const source = await openAt(from)
  await fillGuild(source, GUILD, 30)
  const query = {
    command: 'recent',
    guildId: GUILD,
    askerId: '101',
    askedAt: 5,
    timeZone: 'UTC',
    filter: {},
    order: 'newest',
  } as const
  const number = source.saveQuery(query)
  await queriesWritten(source)
  const before = await source.list(GUILD, { reason: 'FÜR' }, { order: 'newest', limit: 100 })
  await source.close()
  await moveTo(from, to)
  const target = await openAt(to)
  expect(await target.list(GUILD, { reason: 'FÜR' }, { order: 'newest', limit: 100 })).toEqual(before)
  expect(before).toHaveLength(8)
  expect(await target.savedQuery(GUILD, number)).toEqual(query)
  expect(target.saveQuery(query)).toBeGreaterThan(number)
  await target.close()
})

test('a move that is stopped goes on where it stopped, and until then Custos does not open its target', async () => {
  const from = await sqliteWith(4500)
  const to = await emptyAddress()
  const stopping = new AbortController()
  const stopped = moveTo(from, to, {
    signal: stopping.signal,
    onProgress: ({ step, done }) => {
      if (step === 'copying' && done >= 4000) stopping.abort(new Error('stopped'))
    },
  })
  await expect(stopped).rejects.toThrow('stopped')
  await expect(openAt(to)).rejects.toThrow(
    /^The move of an archive to .* is not finished\. Run the same npm run move again/,
  )
  const copied: number[] = []
  const result = await moveTo(from, to, {
    onProgress: ({ step, done }) => {
      if (step === 'copying') copied.push(done)
    },
  })
  expect(copied[0]).toBeGreaterThanOrEqual(4000)
  expect(result).toMatchObject({ type: 'same', contents: { entries: 4500, guilds: 1, days: 188 } })
  const target = await openAt(to)
  expect(await target.countHeld(GUILD)).toBe(4500)
  await target.close()
})

test('an entry that an earlier version stored with the character U+0000 keeps its payload', async () => {
  const [from, to] = [await sqliteWith(1), await emptyAddress()]
  await execute(from, "UPDATE entry SET reason = 'a' || char(0) || 'b'")
  expect(await moveTo(from, to)).toMatchObject({ type: 'same' })
  const target = await openAt(to)
  const [entry] = await target.list(GUILD, { reason: 'A\u{FFFD}B' }, { order: 'newest', limit: 1 })
  expect(entry?.payload).toMatchObject({ reason: 'a\0b', target_id: '201' })
  await target.close()
})

test('what an earlier version stored that is too long for an index of PostgreSQL keeps its payload', async () => {
  const [from, to] = [await sqliteWith(1), await emptyAddress()]
  const long = String.fromCodePoint(...Array.from({ length: 4000 }, (_, index) => 0x4e00 + index))
  await execute(from, `UPDATE entry SET target = '${long}'`)
  await execute(
    from,
    `INSERT INTO name SELECT guild_id, 5, 'user', 'user', target, target, target, 1, 1, 0 FROM entry`,
  )
  expect(await moveTo(from, to)).toMatchObject({ type: 'same' })
  const target = await openAt(to)
  const [entry] = await target.list(GUILD, { targetId: long }, { order: 'newest', limit: 1 })
  expect(entry?.targetId).toBe(long)
  expect(await target.findNames(GUILD, long, 10)).toMatchObject([{ id: '5' }])
  await target.close()
})
