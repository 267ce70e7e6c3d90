import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../../src/archive/sqlite/open.ts'
import type { SavedQuery } from '../../../../src/core/query/saved-query.ts'
import type { Snowflake } from '../../../../src/core/snowflake.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { forget } from '../../../support/archive/forget.ts'
import { freshGuild, queriesWritten, testArchive } from '../../../support/archive/shared-archive.ts'
import { asKilled, openElsewhere } from '../../../support/archive/traces.ts'
import type { AtEnd } from '../../../support/at-end.ts'
import { entriesOf } from '../../../support/entries/entries.ts'
import { RecordedLog } from '../../../support/recorded-log.ts'

const FAILED = 'Saving queries failed; they are held in memory and saved again.'
const RECOVERED = 'Saving queries works again.'
const ASKER = '7'

function queryBy(guildId: Snowflake, askerId = ASKER): SavedQuery {
  return {
    command: 'audit recent',
    guildId,
    askerId,
    askedAt: 5,
    timeZone: 'UTC',
    filter: { reason: 'Spam' },
    order: 'newest',
  }
}

/** An archive whose file another program locks until `stop` is called. */
async function openLocked(atEnd: AtEnd) {
  const path = archiveFile(atEnd)
  const log = new RecordedLog()
  const archive = await openArchive(path, log)
  return { path, log, archive, stop: openElsewhere(path, 'writes', atEnd) }
}

describe.concurrent('a query that cannot be written yet', () => {
  test('gets its number at once and is found by every method', async ({ onTestFinished: atEnd }) => {
    const { archive, log } = await openLocked(atEnd)
    const guildId = freshGuild()
    const number = archive.saveQuery(queryBy(guildId))
    await log.waitFor(FAILED)
    expect(await archive.savedQuery(guildId, number)).toEqual(queryBy(guildId))
    expect(await archive.lastQuery(guildId, ASKER)).toEqual(queryBy(guildId))
    expect(await archive.lastQuery(guildId, '8')).toBeUndefined()
    expect([await archive.wasAsked(guildId), await archive.wasAsked(freshGuild())]).toEqual([true, false])
    await archive.close()
  })

  test('is written under its number after the next write that succeeds', async ({
    onTestFinished: atEnd,
  }) => {
    const { path, archive, log, stop } = await openLocked(atEnd)
    const guildId = freshGuild()
    const number = archive.saveQuery(queryBy(guildId))
    await log.waitFor(FAILED)
    stop()
    await archive.record([
      { guildId, from: 'gateway', entries: entriesOf(guildId, [{ id: '9', action_type: 22 }]) },
    ])
    await log.waitFor(RECOVERED)
    await archive.close()
    expect(await (await testArchive(path, atEnd)).savedQuery(guildId, number)).toEqual(queryBy(guildId))
  })

  test('is written when the archive is closed', async ({ onTestFinished: atEnd }) => {
    const { path, archive, log, stop } = await openLocked(atEnd)
    const number = archive.saveQuery(queryBy('1'))
    await log.waitFor(FAILED)
    stop()
    await archive.close()
    expect(await (await testArchive(path, atEnd)).savedQuery('1', number)).toEqual(queryBy('1'))
  })

  test('is dropped by an erasure and not written afterwards', async ({ onTestFinished: atEnd }) => {
    const { path, archive, log, stop } = await openLocked(atEnd)
    const [guildId, other] = [freshGuild(), freshGuild()]
    const numbers = [
      queryBy(guildId),
      queryBy(guildId, '8'),
      queryBy(other),
      { ...queryBy(other), askedAt: Number.MAX_SAFE_INTEGER },
    ].map((query) => archive.saveQuery(query))
    await log.waitFor(FAILED)
    stop()
    await forget(archive, guildId, '60', ASKER)
    await forget(archive, other, '60000000000')
    await queriesWritten(archive)
    await archive.close()
    const after = await testArchive(path, atEnd)
    const found = await Promise.all(
      numbers.map((number, index) => after.savedQuery(index < 2 ? guildId : other, number)),
    )
    expect(found.map((query) => query !== undefined)).toEqual([false, true, false, true])
  })
})

test('a query can be read at any moment while it is being written', async () => {
  const archive = await testArchive(archiveFile())
  const numbers = Array.from({ length: 700 }, () => archive.saveQuery(queryBy('1')))
  expect(new Set(numbers).size).toBe(700)
  let isOver = false
  const written = queriesWritten(archive).then(() => {
    isOver = true
  })
  for (let index = 0; !isOver; index++) {
    expect(await archive.savedQuery('1', numbers[index % 700] ?? 0)).toBeDefined()
    await turn()
  }
  await written
  for (const number of numbers) expect(await archive.savedQuery('1', number)).toBeDefined()
})

describe.concurrent('a query that several callers take', () => {
  test.for([
    ['written', true],
    ['unwritten', false],
    ['being written', undefined],
  ] as const)('goes to one of them, when it is %s', async ([, isWritten], { onTestFinished: atEnd }) => {
    const { path, archive, log, stop } = await openLocked(atEnd)
    if (isWritten !== false) stop()
    const number = archive.saveQuery(queryBy('1'))
    if (isWritten === true) await queriesWritten(archive)
    if (isWritten === false) await log.waitFor(FAILED)
    const taken = await Promise.all(Array.from({ length: 5 }, () => archive.takeQuery('1', number)))
    stop()
    expect(taken.filter((query) => query !== undefined)).toEqual([queryBy('1')])
    expect(await archive.savedQuery('1', number)).toBeUndefined()
    await archive.close()
    const after = await testArchive(path, atEnd)
    expect([await after.savedQuery('1', number), await after.takeQuery('1', number)]).toEqual([
      undefined,
      undefined,
    ])
  })
})

test('no number is used twice, whether its query was written, erased or lost in a crash', async () => {
  const path = archiveFile()
  const archive = await testArchive(path)
  const before = [archive.saveQuery(queryBy('1'))]
  await queriesWritten(archive)
  await forget(archive, '1', '60')
  const copy = asKilled(path)
  before.push(...Array.from({ length: 1000 }, () => archive.saveQuery(queryBy('1'))))
  const after = await testArchive(copy)
  const numbers = Array.from({ length: 1000 }, () => after.saveQuery(queryBy('1')))
  expect(Math.min(...numbers)).toBeGreaterThan(Math.max(...before))
  expect(Math.max(...numbers)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER)
})
