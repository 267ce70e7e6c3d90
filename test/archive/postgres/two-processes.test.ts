import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import type { Archive, ArchiveUpdate } from '../../../src/core/archive.ts'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import { joinRanges, type Range } from '../../../src/core/coverage/ranges.ts'
import { ArchiveUnavailable } from '../../../src/core/errors.ts'
import type { Log } from '../../../src/core/log.ts'
import { compareIds, firstIdAt, idAfter, type Snowflake } from '../../../src/core/snowflake.ts'
import { freshGuild } from '../../support/archive/shared-archive.ts'
import type { AtEnd } from '../../support/at-end.ts'
import { allEntries, entriesOf, withPruneParts } from '../../support/entries/entries.ts'
import { namedEntity, observationOf } from '../../support/entries/names.ts'
import { byKey, plainTallies } from '../../support/entries/plain-answers.ts'
import { anyPrunesAmongOthers } from '../../support/entries/prunes.ts'
import { openOnce } from '../../support/open-once.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { cuttingProxy } from '../../support/postgres/cutting-proxy.ts'
import { waitersReach } from '../../support/postgres/lock-waiters.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const START = Date.UTC(2026, 10, 24)
const idAt = (minutes: number) => firstIdAt(START + minutes * 60_000)

function open(url: string, log?: Log): Promise<Archive> {
  return openArchive(parsePostgresUrl(url, 'the database'), log)
}

/**
 * Two processes on one database, as for a moment when one takes over from the other.
 * @param settings of the database, which all connections but the test's own begin with
 */
async function openTwo(atEnd: AtEnd = onTestFinished, settings: Readonly<Record<string, string>> = {}) {
  const url = await postgresDatabase(atEnd)
  const [db, watch] = [await connectClient(url, atEnd), await connectClient(url, atEnd)]
  for (const [name, value] of Object.entries(settings)) {
    await db.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET ${name} = '${value}'`)
  }
  const log = new RecordedLog({ isTracing: true })
  const archives = [await open(url), await open(url, log)] as const
  log.lines.splice(0)
  atEnd(async () => void (await Promise.all(archives.map((archive) => archive.close()))))
  return { url, archives, db, watch, log }
}

const two = openOnce((atEnd) => openTwo(atEnd))

/** Expects that an archive's sums are those of its entries. */
async function expectRightSums(archive: Archive, guildId: Snowflake): Promise<Entry[]> {
  const entries = await allEntries(archive, guildId)
  expect(await archive.countHeld(guildId)).toBe(entries.length)
  const byKind = await archive.countByKind(guildId, {})
  expect(byKey(byKind)).toEqual(byKey(plainTallies(entries, ({ kind }) => kind)))
  const executors = await archive.rank(guildId, {}, { by: 'executor', most: 'entries', top: 1000 })
  expect(byKey(executors.top)).toEqual(byKey(plainTallies(entries, ({ executorId }) => executorId)))
  const window = { from: idAt(-100_000), to: idAt(100_000) }
  const ids = executors.top.flatMap(({ key }) => key ?? [])
  const activity = await archive.activity(guildId, window, ids)
  const named = entries.filter(({ executorId }) => executorId !== null)
  expect(byKey(activity.map(({ key, kind, ...sums }) => ({ ...sums, key: `${key} ${kind}` })))).toEqual(
    byKey(plainTallies(named, ({ executorId, kind }) => `${executorId} ${kind}`)),
  )
  return entries
}

/** A page or a batch of events that one of the processes writes, as numbers to make it from. */
const anyWrite = fc.record({
  from: fc.constantFrom('gateway', 'rest'),
  entries: fc.array(fc.record({ index: fc.nat(59), count: fc.integer({ min: 1, max: 9 }) }), {
    maxLength: 30,
  }),
  names: fc.array(fc.record({ member: fc.nat(3), at: fc.nat(59) }), { maxLength: 4 }),
  complete: fc.array(fc.tuple(fc.nat(59), fc.nat(10)), { maxLength: 2 }),
})
type Write = typeof anyWrite extends fc.Arbitrary<infer Value> ? Value : never

const MEMBERS = ['101', '102', '103', '9007199254740993']

function entryAt(guildId: Snowflake, index: number, count: number): Entry[] {
  const [member, other] = [MEMBERS[index % 4], MEMBERS[(index + 1) % 4]]
  const [type, rest] = [
    [72, { options: { channel_id: '301', count: String(count) } }],
    [22, { reason: `Spam by <@${other}>` }],
    [20, { reason: `Banned by <@${other}>: rude`, user_id: '104' }],
    [40, { changes: [{ key: 'code', new_value: `invite-${index}` }] }],
  ][index % 4] ?? [1, {}]
  return entriesOf(guildId, [
    { id: idAt(index), action_type: type, user_id: member, target_id: other, ...Object(rest) },
  ])
}

function nameAt(member: number, at: number) {
  const id = MEMBERS[member] ?? ''
  return observationOf(namedEntity(id, 'user', `${id} at ${at}`), idAt(at))
}

function updateOf(guildId: Snowflake, { from, entries, names, complete }: Write): ArchiveUpdate {
  const byIndex = new Map(entries.map((each) => [each.index, each]))
  return {
    guildId,
    from,
    entries: [...byIndex.values()].flatMap(({ index, count }) => entryAt(guildId, index, count)),
    names: names.map(({ member, at }) => nameAt(member, at)),
    complete: complete.map(([start, length]) => ({ start: idAt(start), end: idAt(start + length) })),
    readAt: START,
  }
}

/** Does the work of each lane in order, and all lanes at once: each process has several, in turn. */
async function atOnce(lanes: readonly (readonly (() => Promise<unknown>)[])[]): Promise<void> {
  await Promise.all(
    lanes.map(async (lane) => {
      for (const step of lane) await step()
    }),
  )
}

const runs = (numRuns: number) => ({ numRuns, endOnFailure: true })

describe('two processes that write the same guilds at once', () => {
  test('store what one would have stored that wrote all of it', async () => {
    const { archives } = two()
    const anyLanes = fc.array(fc.array(anyWrite, { minLength: 1, maxLength: 6 }), {
      minLength: 4,
      maxLength: 4,
    })
    await fc.assert(
      fc.asyncProperty(anyLanes, fc.nat(59), fc.nat(59), async (lanes, erased, expired) => {
        const [kept, cut] = [freshGuild(), freshGuild()]
        const [first] = archives
        // What is complete from here on is not trusted any more; nothing below it is touched.
        const [end, far] = [idAt(1000), idAt(2000)]
        const guilds = [kept, cut]
        await first.record(
          guilds.map((guildId) => ({
            guildId,
            from: 'rest',
            entries: [],
            complete: [{ start: end, end: far }],
          })),
        )
        const { archives: both } = two()
        await atOnce([
          ...lanes.map((writes, lane) => {
            const archive = both[lane % 2] ?? first
            return writes.map(
              (write) => () => archive.record(guilds.map((guildId) => updateOf(guildId, write))),
            )
          }),
          ...both.map((archive, index) => [
            () => archive.beginErasing({ guildId: cut, upTo: idAt(erased), by: '7' }),
            () => archive.finishErasing(cut),
            () => archive.applyRetention(cut, idAt(expired), START),
            () =>
              archive.record([
                { guildId: kept, from: 'rest', entries: [], invalidateFrom: idAt(1001 + index) },
              ]),
          ]),
        ])
        // A retention that finds nothing sets no bound.
        await first.applyRetention(cut, idAt(expired), START)
        const bound = idAt(Math.max(erased, expired))
        const all = lanes.flat()
        for (const guildId of guilds) {
          const isKept = ({ id }: Entry) => guildId === kept || compareIds(id, bound) > 0
          const entries = await expectRightSums(first, guildId)
          expect(entries.map(({ id, kind, count, reason }) => ({ id, kind, count, reason }))).toEqual(
            plainEntries(guildId, all)
              .filter(isKept)
              .map(({ id, kind, count, reason }) => ({ id, kind, count, reason })),
          )
          expect((await first.coverage(guildId)).ranges).toEqual(
            plainRanges(all, guildId === kept ? undefined : bound, {
              start: end,
              end: guildId === kept ? idAt(1001) : far,
            }),
          )
        }
        expect(await namesIn(first, kept)).toEqual(plainNames(all))
      }),
      runs(8),
    )
  })

  test('judge the parts of large prunes as one would that has all of them', async () => {
    const { archives } = two()
    await fc.assert(
      fc.asyncProperty(
        anyPrunesAmongOthers,
        fc.array(fc.nat(3), { minLength: 25, maxLength: 25 }),
        async (log, lanes) => {
          const guildId = freshGuild()
          const entries = entriesOf(guildId, log)
          await atOnce(
            [0, 1, 2, 3].map((lane) => {
              const own = entries.filter((_, index) => lanes[index] === lane)
              return own.map((entry) => async () => {
                await archives[lane % 2]?.record([{ guildId, from: 'gateway', entries: [entry] }])
              })
            }),
          )
          const stored = await expectRightSums(archives[0], guildId)
          const expected = withPruneParts(entries).toSorted((a, b) => compareIds(a.id, b.id))
          const judged = ({ id, kind, executorId }: Entry) => ({ id, kind, executorId })
          expect(stored.map(judged)).toEqual(expected.map(judged))
        },
      ),
      runs(6),
    )
  })

  test('keep sums and register right while one of them erases members and purges the guild', async () => {
    const { archives } = two()
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyWrite, { minLength: 8, maxLength: 8 }),
        fc.nat(59),
        async (writes, upTo) => {
          const guildId = freshGuild()
          const [one, other] = archives
          const record = (archive: Archive) => (write: Write) => () =>
            archive.record([updateOf(guildId, write)])
          await atOnce([writes.map(record(one))])
          await one.recordDeparture(guildId, 5, 5)
          await atOnce([
            writes.map(record(one)),
            writes.toReversed().map(record(other)),
            [
              () => other.beginErasing({ guildId, upTo: idAt(upTo), memberId: '101', by: '7' }),
              () => other.finishErasing(guildId),
              () => other.purge(guildId),
            ],
            [() => one.purge(guildId)],
          ])
          const left = await expectRightSums(one, guildId)
          if (left.length > 0) expect(await one.guilds()).toContain(guildId)
          const texts = left.filter(
            ({ id, executorId, targetId, reason }) =>
              compareIds(id, idAt(upTo)) <= 0 &&
              [executorId, targetId].includes('101') &&
              reason?.startsWith('Spam'),
          )
          expect(texts).toEqual([])
        },
      ),
      runs(8),
    )
  })
})

describe('a process', () => {
  test('keeps the name of a member whom another process’s entry is about, while it deletes names that no entry needs', async () => {
    const { archives, db, watch } = two()
    const [one, other] = archives
    const guildId = freshGuild()
    const names = ['101', '102'].map((id) => observationOf(namedEntity(id, 'user', id), idAt(1)))
    await one.record([{ guildId, from: 'gateway', entries: entryAt(guildId, 0, 1), names }])
    await one.beginErasing({ guildId, upTo: idAt(9), by: '7' })
    // The deletion of names waits for a name, and has begun to read then.
    await db.query('BEGIN')
    await db.query(`SELECT 1 FROM name WHERE guild_id = ${guildId} AND id = 101 FOR UPDATE`)
    const erasing = one.finishErasing(guildId)
    await waitersReach(1, watch)
    const entries = entriesOf(guildId, [{ id: idAt(20), action_type: 22, user_id: '102', target_id: '7' }])
    const recorded = other.record([
      {
        guildId,
        from: 'gateway',
        entries,
        names: [observationOf(namedEntity('102', 'user', 'Ada'), idAt(20))],
      },
    ])
    await Promise.race([recorded, waitersReach(2, watch)])
    await db.query('COMMIT')
    await Promise.all([erasing, recorded])
    expect(await namesIn(one, guildId)).toEqual({ 102: 'Ada' })
  })

  test('runs a transaction again that PostgreSQL ended because of a deadlock, and doubles nothing', async () => {
    const { archives, db, other, watch, log } = await openForDeadlock()
    const guilds = [freshGuild(), freshGuild(), freshGuild()]
    await archives[0].record(
      guilds.map((guildId) => ({ guildId, from: 'rest', entries: entryAt(guildId, 4, 2) })),
    )
    const lock = (index: number) => `SELECT 1 FROM guild WHERE guild_id = ${guilds[index]} FOR UPDATE`
    await db.query(lock(1))
    await other.query(lock(2))
    const recorded = archives[1].record(
      guilds.map((guildId) => ({
        guildId,
        from: 'rest',
        entries: [...entryAt(guildId, 4, 3), ...entryAt(guildId, 8, 1)],
      })),
    )
    await waitersReach(1, watch)
    const opposite = other.query(lock(0))
    await waitersReach(2, watch)
    await db.query('COMMIT')
    await opposite
    await other.query('COMMIT')
    await recorded
    // More, if it takes the lock again before the one that waited for it wakes up.
    expect(attempts(log)).toBeGreaterThan(1)
    for (const guildId of guilds) {
      const entries = await expectRightSums(archives[0], guildId)
      expect(entries.map(({ id, count }) => [id, count])).toEqual([
        [idAt(4), 3],
        [idAt(8), 1],
      ])
    }
  })

  test('runs a transaction again that a deadlock ended while it wrote several guilds', async () => {
    const { archives, db, other, watch, log } = await openForDeadlock()
    const guilds = [freshGuild(), freshGuild()]
    const names = [observationOf(namedEntity('101', 'user', 'Ada'), idAt(1))]
    await archives[0].record(guilds.map((guildId) => ({ guildId, from: 'gateway', entries: [], names })))
    const lockName = (index: number) => `SELECT 1 FROM name WHERE guild_id = ${guilds[index]} FOR UPDATE`
    await db.query(lockName(0))
    await other.query(lockName(1))
    const later = [observationOf(namedEntity('101', 'user', 'Bo'), idAt(2))]
    const recorded = archives[1].record(
      guilds.map((guildId) => ({ guildId, from: 'gateway', entries: entryAt(guildId, 8, 1), names: later })),
    )
    await waitersReach(1, watch)
    const opposite = other.query(`SELECT 1 FROM guild WHERE guild_id = ${guilds[1]} FOR UPDATE`)
    await waitersReach(2, watch)
    await db.query('COMMIT')
    await opposite
    await other.query('COMMIT')
    await recorded
    expect(attempts(log)).toBeGreaterThan(1)
    for (const guildId of guilds) {
      expect(await expectRightSums(archives[0], guildId)).toHaveLength(1)
      expect(await namesIn(archives[0], guildId)).toEqual({ 101: 'Bo' })
    }
  })

  test('runs a transaction again that PostgreSQL could not serialize, and doubles nothing', async () => {
    const { archives, db, log } = await openTwo(onTestFinished)
    const guildId = freshGuild()
    await archives[0].record([{ guildId, from: 'rest', entries: entryAt(guildId, 4, 2) }])
    // Read-committed transactions do not fail like this, but a server that distributes PostgreSQL may say so.
    await db.query(`
      CREATE SEQUENCE attempt;
      CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('attempt') = 1 THEN RAISE EXCEPTION USING ERRCODE = 'serialization_failure'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fail_once AFTER INSERT ON daily FOR EACH STATEMENT EXECUTE FUNCTION fail_once()`)
    await archives[1].record([{ guildId, from: 'gateway', entries: entryAt(guildId, 8, 1) }])
    expect(attempts(log)).toBe(2)
    expect(await expectRightSums(archives[0], guildId)).toHaveLength(2)
  })

  test('doubles nothing when it writes again what was committed, but whose confirmation was lost', async () => {
    const { url, archives } = two()
    const proxy = await cuttingProxy(url)
    const archive = await open(proxy.url)
    onTestFinished(() => archive.close())
    const guildId = freshGuild()
    const update: ArchiveUpdate = {
      guildId,
      from: 'gateway',
      entries: [4, 5, 6, 8].flatMap((index) => entryAt(guildId, index, 3)),
      complete: [{ start: idAt(0), end: idAt(9) }],
    }
    proxy.cutNextCommit()
    await expect(archive.record([update])).rejects.toThrow(ArchiveUnavailable)
    expect(proxy.cuts).toBe(1)
    const before = await expectRightSums(archives[0], guildId)
    expect(before).toHaveLength(4)
    await archive.record([update])
    expect(await expectRightSums(archives[0], guildId)).toEqual(before)
    expect(await archive.coverage(guildId)).toMatchObject({ ranges: update.complete })
  })
})

/**
 * Two processes, and two transactions by hand. PostgreSQL looks for a deadlock once, some time after a statement began to
 * wait, and ends the transaction that finds it: the last one to wait here is the second process.
 */
async function openForDeadlock() {
  const opened = await openTwo(onTestFinished, { deadlock_timeout: '10ms' })
  const other = await connectClient(opened.url)
  for (const client of [opened.db, other]) {
    await client.query("SET deadlock_timeout = '60s'")
    await client.query('BEGIN')
  }
  return { ...opened, other }
}

/** How many transactions the second process has begun. */
function attempts(log: RecordedLog): number {
  return log.lines.filter(({ facts }) => 'sql' in facts && facts.sql === 'begin').length
}

/** The entries that some writes are about, each with the highest of its counts. */
function plainEntries(guildId: Snowflake, writes: readonly Write[]): Entry[] {
  const counts = new Map<number, number>()
  for (const { entries } of writes) {
    for (const { index, count } of lastOfEach(entries))
      counts.set(index, Math.max(counts.get(index) ?? 0, count))
  }
  return [...counts].sort(([a], [b]) => a - b).flatMap(([index, count]) => entryAt(guildId, index, count))
}

function lastOfEach(entries: Write['entries']) {
  return new Map(entries.map((each) => [each.index, each])).values()
}

function plainRanges(writes: readonly Write[], bound: Snowflake | undefined, last: Range): Range[] {
  const ranges = writes
    .flatMap(({ complete }) => complete)
    .map(([start, length]) => ({ start: idAt(start), end: idAt(start + length) }))
  const kept = [...ranges, last].flatMap(({ start, end }) => {
    if (bound === undefined) return [{ start, end }]
    if (compareIds(end, bound) <= 0) return []
    return [{ start: compareIds(start, bound) <= 0 ? idAfter(bound) : start, end }]
  })
  return joinRanges(kept)
}

function plainNames(writes: readonly Write[]): Record<Snowflake, string> {
  const names = writes.flatMap((write) => write.names).toSorted((a, b) => a.at - b.at)
  return Object.fromEntries(names.map(({ member, at }) => [MEMBERS[member], nameAt(member, at).name]))
}

async function namesIn(archive: Archive, guildId: Snowflake): Promise<Record<Snowflake, string>> {
  const { all } = await archive.names(guildId, MEMBERS)
  return Object.fromEntries(all.map(({ id, name }) => [id, name]))
}
