import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openArchive } from '../../../../src/archive/sqlite/open.ts'
import type { SavedQuery } from '../../../../src/core/query/saved-query.ts'
import type { Snowflake } from '../../../../src/core/snowflake.ts'
import { archiveFile } from '../../../support/archive-file.ts'
import type { AtEnd } from '../../../support/at-end.ts'
import { entriesOf } from '../../../support/entries.ts'
import { RecordedLog } from '../../../support/recorded-log.ts'
import { freshGuild, queriesWritten, testArchive } from '../../../support/shared-archive.ts'
import { asKilled, openElsewhere } from '../../../support/traces.ts'

const HELD = 'Questions could not be written; they are held.'
const WRITTEN = 'Questions are written again.'
const ASKER = '7'

function asked(guildId: Snowflake, askerId = ASKER): SavedQuery {
  return {
    command: 'audit recent',
    guildId,
    askerId,
    askedAt: 5,
    filter: { reason: 'Spam' },
    order: 'newest',
  }
}

/** An archive that another program keeps from writing, until it is told to stop. */
async function locked(atEnd: AtEnd) {
  const path = archiveFile(atEnd)
  const log = new RecordedLog()
  const archive = await openArchive(path, log)
  return { path, log, archive, stop: openElsewhere(path, 'writes', atEnd) }
}

describe.concurrent('a question that cannot be written yet', () => {
  test('has its number at once, and is found in every way', async ({ onTestFinished: atEnd }) => {
    const { archive, log } = await locked(atEnd)
    const guildId = freshGuild()
    const number = archive.saveQuery(asked(guildId))
    await log.heard(HELD)
    expect(await archive.savedQuery(number)).toEqual(asked(guildId))
    expect(await archive.lastQuery(guildId, ASKER)).toEqual(asked(guildId))
    expect(await archive.lastQuery(guildId, '8')).toBeUndefined()
    expect([await archive.hasQueries(guildId), await archive.hasQueries(freshGuild())]).toEqual([true, false])
    await archive.close()
  })

  test('is written with the next thing that can be, under its number', async ({ onTestFinished: atEnd }) => {
    const { path, archive, log, stop } = await locked(atEnd)
    const guildId = freshGuild()
    const number = archive.saveQuery(asked(guildId))
    await log.heard(HELD)
    stop()
    await archive.record([
      { guildId, from: 'gateway', entries: entriesOf(guildId, [{ id: '9', action_type: 22 }]) },
    ])
    await log.heard(WRITTEN)
    await archive.close()
    expect(await (await testArchive(path, atEnd)).savedQuery(number)).toEqual(asked(guildId))
  })

  test('is written when the archive is closed', async ({ onTestFinished: atEnd }) => {
    const { path, archive, log, stop } = await locked(atEnd)
    const number = archive.saveQuery(asked('1'))
    await log.heard(HELD)
    stop()
    await archive.close()
    expect(await (await testArchive(path, atEnd)).savedQuery(number)).toEqual(asked('1'))
  })

  test('goes with what is erased, and is not written after it', async ({ onTestFinished: atEnd }) => {
    const { path, archive, log, stop } = await locked(atEnd)
    const [guildId, other] = [freshGuild(), freshGuild()]
    const numbers = [
      asked(guildId),
      asked(guildId, '8'),
      asked(other),
      { ...asked(other), askedAt: Number.MAX_SAFE_INTEGER },
    ].map((query) => archive.saveQuery(query))
    await log.heard(HELD)
    stop()
    await archive.forget(guildId, '60', ASKER)
    await archive.forget(other, '60000000000')
    await queriesWritten(archive)
    await archive.close()
    const after = await testArchive(path, atEnd)
    const found = await Promise.all(numbers.map((number) => after.savedQuery(number)))
    expect(found.map((query) => query !== undefined)).toEqual([false, true, false, true])
  })
})

test('a question is there for all who look while it is written', async () => {
  const archive = await testArchive(archiveFile())
  const numbers = Array.from({ length: 700 }, () => archive.saveQuery(asked('1')))
  expect(new Set(numbers).size).toBe(700)
  let isOver = false
  const written = queriesWritten(archive).then(() => {
    isOver = true
  })
  for (let index = 0; !isOver; index++) {
    expect(await archive.savedQuery(numbers[index % 700] ?? 0)).toBeDefined()
    await turn()
  }
  await written
  for (const number of numbers) expect(await archive.savedQuery(number)).toBeDefined()
})

describe.concurrent('of all who take a question', () => {
  test.for([
    ['written', true],
    ['held', false],
    ['being written', undefined],
  ] as const)('one gets it, when it is %s', async ([, isWritten], { onTestFinished: atEnd }) => {
    const { path, archive, log, stop } = await locked(atEnd)
    if (isWritten !== false) stop()
    const number = archive.saveQuery(asked('1'))
    if (isWritten === true) await queriesWritten(archive)
    if (isWritten === false) await log.heard(HELD)
    const taken = await Promise.all(Array.from({ length: 5 }, () => archive.takeQuery(number)))
    stop()
    expect(taken.filter((query) => query !== undefined)).toEqual([asked('1')])
    expect(await archive.savedQuery(number)).toBeUndefined()
    await archive.close()
    const after = await testArchive(path, atEnd)
    expect([await after.savedQuery(number), await after.takeQuery(number)]).toEqual([undefined, undefined])
  })
})

test('no number is given twice, whether its question was written, erased or lost in a crash', async () => {
  const path = archiveFile()
  const archive = await testArchive(path)
  const before = [archive.saveQuery(asked('1'))]
  await queriesWritten(archive)
  await archive.forget('1', '60')
  const copy = asKilled(path)
  before.push(...Array.from({ length: 1000 }, () => archive.saveQuery(asked('1'))))
  const after = await testArchive(copy)
  const numbers = Array.from({ length: 1000 }, () => after.saveQuery(asked('1')))
  expect(Math.min(...numbers)).toBeGreaterThan(Math.max(...before))
  expect(Math.max(...numbers)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER)
})
