import { DatabaseSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Eraser } from '../../../src/archive/erase/eraser.ts'
import type { Archive } from '../../../src/core/archive.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { forget } from '../../support/archive/forget.ts'
import { freshGuild, testArchive } from '../../support/archive/shared-archive.ts'
import {
  asKilled,
  filesContaining,
  fillWithSecrets,
  openElsewhere,
  SECRET,
  timesVacuumed,
} from '../../support/archive/traces.ts'
import type { AtEnd } from '../../support/at-end.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const MINUTE = 60_000
const DONE = 'The archive’s files no longer contain anything that was erased.'

interface Options {
  /** How long a vacuum takes, by the clock. */
  readonly took?: number
  readonly path?: string
  /** Called when the rows are deleted, before the vacuum. */
  readonly between?: (path: string) => void
  /** A vacuum waits for it. */
  readonly before?: () => Promise<void>
  /** Whether `isErasing` fails. */
  readonly isErasingFails?: boolean
  /** Which guilds this process serves; all by default. */
  readonly serves?: (guildId: Snowflake) => boolean
}

/** An archive and an eraser for it. */
async function scene(atEnd: AtEnd, options: Options = {}) {
  const { took = 0, path = archiveFile(atEnd), between = () => {}, before = async () => {} } = options
  const plain = await testArchive(path, atEnd)
  const clock = new ManualClock()
  const log = new RecordedLog()
  const stopping = new AbortController()
  const archive: Archive = {
    ...plain,
    isErasing: async (guildId) => {
      if (options.isErasingFails) throw new Error('A thread of the archive has ended.')
      return plain.isErasing(guildId)
    },
    finishErasing: async (guildId) => {
      const gone = await plain.finishErasing(guildId)
      between(path)
      return gone
    },
    vacuum: async (scope) => {
      await before()
      const isDone = await plain.vacuum(scope)
      clock.advance(took)
      return isDone
    },
  }
  const eraser = new Eraser({
    serves: options.serves ?? (() => true),
    archive,
    clock,
    log,
    signal: stopping.signal,
  })
  const erase = (guildId: Snowflake, waiting: (wait: number) => void = () => {}, begun = () => {}) =>
    eraser.erase({ guildId, upTo: '100000', by: '7' }, { begun, waiting })
  const guild = async () => {
    const guildId = freshGuild()
    await fillWithSecrets(plain, guildId, 200)
    return guildId
  }
  return { archive, path, clock, log, stopping, eraser, erase, guild }
}

test.concurrent('an erasure is reported as done when none of the archive’s files contains anything of it', async ({
  onTestFinished: atEnd,
}) => {
  const { archive, path, erase, guild } = await scene(atEnd)
  const guildId = await guild()
  expect(await erase(guildId)).toEqual({ type: 'gone', entries: 200 })
  expect(filesContaining(path, SECRET)).toEqual([])
  expect(await archive.isErasing(guildId)).toBe(false)
})

describe.concurrent('a vacuum', () => {
  test('runs one at a time, and once for all who request it meanwhile', async ({ onTestFinished: atEnd }) => {
    const { path, erase, guild } = await scene(atEnd)
    const guilds = await Promise.all([guild(), guild(), guild(), guild(), guild()])
    const before = timesVacuumed(path)
    const erased = await Promise.all(guilds.map((guildId) => erase(guildId)))
    expect(erased.map(({ type }) => type)).toEqual(['gone', 'gone', 'gone', 'gone', 'gone'])
    expect(timesVacuumed(path)).toBeLessThanOrEqual(before + 2)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('is followed by a pause of twenty times its duration', async ({ onTestFinished: atEnd }) => {
    const { path, clock, erase, guild } = await scene(atEnd, { took: 3000 })
    const [first, second, third] = [await guild(), await guild(), await guild()]
    const rest = clock.slept(MINUTE)
    await erase(first)
    await rest
    const before = timesVacuumed(path)
    const waits: number[] = []
    const later = [second, third].map((guildId) => erase(guildId, (left) => waits.push(left)))
    while (waits.length < 2) await turn()
    expect(waits).toEqual([MINUTE, MINUTE])
    expect(timesVacuumed(path)).toBe(before)
    clock.advance(MINUTE)
    expect((await Promise.all(later)).map(({ type }) => type)).toEqual(['gone', 'gone'])
    expect(timesVacuumed(path)).toBe(before + 1)
  })

  test.for([
    ['set back', -10 * 86_400_000, undefined],
    ['set ahead', 100 * 86_400_000, 60 * MINUTE],
  ] as const)(
    'is followed by a pause of an hour at most when the clock is %s during it',
    async ([, took, rest], { onTestFinished: atEnd }) => {
      const { clock, erase, guild } = await scene(atEnd, { took })
      const rested = rest === undefined ? undefined : clock.slept(rest)
      await erase(await guild())
      await rested
      if (rest === undefined) expect(await erase(await guild())).toMatchObject({ type: 'gone' })
    },
  )

  test('that starts later than an answer can wait is reported with its time', async ({
    onTestFinished: atEnd,
  }) => {
    const { clock, erase, guild } = await scene(atEnd, { took: 2 * MINUTE })
    const rest = clock.slept(40 * MINUTE)
    await erase(await guild())
    await rest
    expect(await erase(await guild())).toEqual({
      type: 'hidden',
      entries: 200,
      nextTry: 40 * MINUTE,
    })
  })
})

test.concurrent('an erasure that has begun is not reported as failed when its state cannot be read', async ({
  onTestFinished: atEnd,
}) => {
  const { promise: blocked, resolve: unblock } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const before = () => {
    begin()
    return blocked
  }
  const { erase, guild } = await scene(atEnd, { before, isErasingFails: true })
  const [first, second] = [await guild(), await guild()]
  const erasing = erase(first)
  await begun
  const shared = erase(second, () => unblock())
  expect((await Promise.all([erasing, shared])).map(({ type }) => type)).toEqual(['gone', 'gone'])
})

test.concurrent('an erasure that the running vacuum includes does not wait for another one', async ({
  onTestFinished: atEnd,
}) => {
  const { promise: blocked, resolve: unblock } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const before = () => {
    begin()
    return blocked
  }
  const { path, clock, erase, guild } = await scene(atEnd, { took: 3000, before })
  const [first, second] = [await guild(), await guild()]
  const rest = clock.slept(MINUTE)
  const erasing = erase(first)
  await begun
  const waits: number[] = []
  const shared = erase(second, (left) => waits.push(left))
  while (waits.length === 0) await turn()
  const times = timesVacuumed(path)
  unblock()
  expect((await Promise.all([erasing, shared])).map(({ type }) => type)).toEqual(['gone', 'gone'])
  await rest
  expect(waits).toEqual([0])
  expect(timesVacuumed(path)).toBe(times + 1)
})

describe.concurrent('an unfinished erasure', () => {
  test('is reported as such and retried until it is finished', async ({ onTestFinished: atEnd }) => {
    let stop = () => {}
    const between = (file: string) => {
      stop = openElsewhere(file, 'writes', atEnd)
    }
    const { archive, path, clock, log, erase, guild } = await scene(atEnd, { between })
    const guildId = await guild()
    const rest = clock.slept(10 * MINUTE)
    expect(await erase(guildId)).toEqual({
      type: 'hidden',
      entries: 200,
      nextTry: 10 * MINUTE,
    })
    expect(log.lines.find(({ level }) => level === 'error')?.message).toMatch(/free space of twice/)
    await rest
    expect(await archive.isErasing(guildId)).toBe(true)
    stop()
    clock.advance(10 * MINUTE)
    await log.waitFor(DONE)
    expect(await archive.isErasing(guildId)).toBe(false)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('that a reader prevents from finishing is retried a minute later', async ({
    onTestFinished: atEnd,
  }) => {
    const { archive, path, clock, log, erase, guild } = await scene(atEnd)
    const guildId = await guild()
    const stop = openElsewhere(path, 'reads', atEnd)
    const rest = clock.slept(MINUTE)
    expect(await erase(guildId)).toMatchObject({ type: 'hidden', nextTry: MINUTE })
    await rest
    stop()
    clock.advance(MINUTE)
    await log.waitFor(DONE)
    expect(await archive.isErasing(guildId)).toBe(false)
  })

  test('whose rows could not all be deleted is reported as begun', async ({ onTestFinished: atEnd }) => {
    const { archive, path, clock, log, erase, guild } = await scene(atEnd)
    const guildId = await guild()
    // Like a disk that becomes full in the middle of it.
    const program = new DatabaseSync(path)
    atEnd(async () => program.close())
    program.exec(
      "CREATE TRIGGER refuse BEFORE DELETE ON entry BEGIN SELECT RAISE(FAIL, 'disk I/O error'); END",
    )
    expect(await erase(guildId)).toEqual({ type: 'begun', nextTry: 10 * MINUTE })
    expect(await archive.isErasing(guildId)).toBe(true)
    program.exec('DROP TRIGGER refuse')
    clock.advance(10 * MINUTE)
    await log.waitFor(DONE)
    expect(await archive.countHeld(guildId)).toBe(0)
    expect(filesContaining(path, SECRET)).toEqual([])
  })

  test('is reported apart from an earlier one that it finishes', async ({ onTestFinished: atEnd }) => {
    const { archive, eraser, guild } = await scene(atEnd)
    const guildId = await guild()
    await archive.beginErasing({ guildId, upTo: '99999', memberId: '501', by: '7' })
    const silent = { begun() {}, waiting() {} }
    const erased = await eraser.erase({ guildId, upTo: '100000', memberId: '500', by: '7' }, silent)
    const texts = (await archive.operations(guildId)).map(
      ({ detail }) => 'entries' in detail && detail.entries,
    )
    expect(erased).toEqual({ type: 'gone', entries: texts[0] })
    expect(texts).toEqual([1, 1])
  })

  test('that could not be stored throws, and erases nothing', async ({ onTestFinished: atEnd }) => {
    const { archive, path, erase, guild } = await scene(atEnd)
    const guildId = await guild()
    await forget(archive, guildId, '1', '101')
    openElsewhere(path, 'writes', atEnd)
    await expect(erase(guildId)).rejects.toThrow('locked')
    expect(await archive.countHeld(guildId)).toBe(200)
  })

  test('is reported at once when Custos stops, and finished at the next start', async ({
    onTestFinished: atEnd,
  }) => {
    const { path, clock, stopping, erase, guild } = await scene(atEnd, { took: 3000 })
    const rest = clock.slept(MINUTE)
    await erase(await guild())
    await rest
    const erasing = erase(await guild(), () => stopping.abort())
    expect(await erasing).toMatchObject({ type: 'hidden', nextTry: 'at the next start' })

    const after = await scene(atEnd, { path: asKilled(path, atEnd) })
    await after.eraser.resume()
    expect(filesContaining(after.path, SECRET)).toEqual([])
    expect(after.log.lines.map(({ message }) => message)).toEqual([DONE])
  })

  test('is stored before it is reported as begun, so that no stop or kill loses it', async ({
    onTestFinished: atEnd,
  }) => {
    const { archive, path, stopping, erase, guild } = await scene(atEnd)
    const guildId = await guild()
    let copy = ''
    const begun = () => {
      copy = asKilled(path, atEnd)
      stopping.abort()
    }
    expect(await erase(guildId, undefined, begun)).toEqual({ type: 'begun', nextTry: 'at the next start' })
    expect(await archive.isErasing(guildId)).toBe(true)
    const after = await scene(atEnd, { path: copy })
    await after.eraser.resume()
    expect(await after.archive.countHeld(guildId)).toBe(0)
    expect(filesContaining(copy, SECRET)).toEqual([])
  })

  test('is finished by the process that serves its server, and by no other', async ({
    onTestFinished: atEnd,
  }) => {
    const { archive, path, guild } = await scene(atEnd)
    const guilds = [await guild(), await guild()]
    for (const guildId of guilds) await archive.beginErasing({ guildId, upTo: '100000', by: '7' })
    const [first = ''] = guilds
    const after = await scene(atEnd, { path: asKilled(path, atEnd), serves: (guildId) => guildId === first })
    await after.eraser.resume()
    expect(await Promise.all(guilds.map((guildId) => after.archive.countHeld(guildId)))).toEqual([0, 200])
    expect(await after.archive.isErasing(guilds[1] ?? '')).toBe(true)
    const other = await scene(atEnd, { path: asKilled(after.path, atEnd), serves: () => false })
    await other.eraser.resume()
    expect(other.log.lines).toEqual([])
  })
})
