import { describe, expect, test } from 'vitest'
import type { Operation, OperationDetail } from '../../src/core/operation.ts'
import { freshGuild, queriesWritten, sharedArchive } from '../support/archive/shared-archive.ts'
import { entriesOf } from '../support/entries/entries.ts'

const archive = await sharedArchive()

const operation = (id: number, detail: OperationDetail): Operation => ({ id: String(id), by: '7', detail })

test('nothing is set in a new guild, and nothing was done', async () => {
  const guildId = freshGuild()
  expect(await archive.settings(guildId)).toEqual({ timeZone: undefined })
  expect(await archive.operations(guildId)).toEqual([])
})

test('a time zone is stored with who set it, for its guild only', async () => {
  const [guildId, other] = [freshGuild(), freshGuild()]
  const first = operation(1, { type: 'time zone', timeZone: 'Europe/Berlin' })
  const second = operation(2, { type: 'time zone', timeZone: 'Asia/Tokyo' })
  await archive.recordOperation(guildId, first)
  await archive.recordOperation(guildId, second)
  expect(await archive.settings(guildId)).toEqual({ timeZone: 'Asia/Tokyo' })
  expect(await archive.operations(guildId)).toEqual([second, first])
  expect(await archive.settings(other)).toEqual({ timeZone: undefined })
  expect(await archive.operations(other)).toEqual([])
})

test('many exports do not push an erasure out of the log', async () => {
  const guildId = freshGuild()
  const erasure = operation(1, { type: 'erasure', entries: 334 })
  await archive.recordOperation(guildId, erasure)
  for (let id = 2; id < 62; id++)
    await archive.recordOperation(guildId, operation(id, { type: 'export', entries: id, format: 'csv' }))
  const operations = await archive.operations(guildId)
  expect(operations).toHaveLength(51)
  expect(operations.at(0)?.id).toBe('61')
  expect(operations.at(-1)).toEqual(erasure)
})

test('a purge deletes the settings and the log of a guild', async () => {
  const guildId = freshGuild()
  await archive.recordOperation(guildId, operation(1, { type: 'time zone', timeZone: 'Asia/Tokyo' }))
  await archive.recordDeparture(guildId, 1, 1)
  await archive.purge(guildId)
  expect(await archive.settings(guildId)).toEqual({ timeZone: undefined })
  expect(await archive.operations(guildId)).toEqual([])
})

test('a time zone that is set already is not stored again', async () => {
  const guildId = freshGuild()
  const first = operation(1, { type: 'time zone', timeZone: 'Asia/Tokyo' })
  await archive.recordOperation(guildId, first)
  await archive.recordOperation(guildId, operation(2, { type: 'time zone', timeZone: 'Asia/Tokyo' }))
  expect(await archive.operations(guildId)).toEqual([first])
})

test('of two zones set at the same moment, the newer is in force, whichever is stored first', async () => {
  const guildId = freshGuild()
  const newer = operation(2, { type: 'time zone', timeZone: 'Asia/Tokyo' })
  const older = operation(1, { type: 'time zone', timeZone: 'Europe/Berlin' })
  await archive.recordOperation(guildId, newer)
  await archive.recordOperation(guildId, older)
  expect(await archive.operations(guildId)).toEqual([newer, older])
  expect(await archive.settings(guildId)).toEqual({ timeZone: 'Asia/Tokyo' })
})

describe('an erasure', () => {
  const filled = async () => {
    const guildId = freshGuild()
    const entries = entriesOf(guildId, [
      { id: '10', action_type: 20, user_id: '5', target_id: '6', reason: 'Spam' },
      { id: '20', action_type: 20, user_id: '5', target_id: '6' },
      { id: '30', action_type: 20, user_id: '5', target_id: '8', reason: 'Rude' },
    ])
    await archive.record([{ guildId, from: 'rest', entries }])
    return guildId
  }

  test('is stored with who confirmed it and how many entries it erases, before any is erased', async () => {
    const guildId = await filled()
    await archive.beginErasing({ guildId, upTo: '25', by: '7' })
    expect(await archive.operations(guildId)).toEqual([operation(25, { type: 'erasure', entries: 2 })])
    expect(await archive.countHeld(guildId)).toBe(3)
    expect(await archive.finishErasing(guildId)).toEqual({ removed: 2, scrubbed: 0 })
  })

  test('of one member is stored with the number of entries whose texts it erases', async () => {
    const guildId = await filled()
    await archive.beginErasing({ guildId, upTo: '25', memberId: '5', by: '7' })
    const detail = { type: 'erasure', entries: 1, memberId: '5' } as const
    expect(await archive.operations(guildId)).toEqual([operation(25, detail)])
    expect(await archive.finishErasing(guildId)).toEqual({ removed: 0, scrubbed: 1 })
  })

  test('of everything leaves the settings and the log', async () => {
    const guildId = await filled()
    const zone = operation(1, { type: 'time zone', timeZone: 'Asia/Tokyo' })
    await archive.recordOperation(guildId, zone)
    await archive.beginErasing({ guildId, upTo: '40', by: '7' })
    await archive.finishErasing(guildId)
    expect(await archive.operations(guildId)).toEqual([operation(40, { type: 'erasure', entries: 3 }), zone])
    expect(await archive.settings(guildId)).toEqual({ timeZone: 'Asia/Tokyo' })
  })
})

describe('a guild was asked', () => {
  const query = (guildId: string) =>
    ({
      command: 'audit recent',
      guildId,
      askerId: '7',
      askedAt: 5,
      timeZone: 'UTC',
      filter: {},
      order: 'newest',
    }) as const

  test('not before a query was saved in it', async () => {
    expect(await archive.wasAsked(freshGuild())).toBe(false)
  })

  test.each<[string, (guildId: string) => Promise<unknown>]>([
    ['retention deleted its queries', (guildId) => archive.applyRetention(guildId, undefined, 100)],
    [
      'everything was erased',
      async (guildId) => {
        await archive.beginErasing({ guildId, upTo: '99999999999999', by: '7' })
        await archive.finishErasing(guildId)
      },
    ],
    [
      'the member who asked was erased',
      async (guildId) => {
        await archive.beginErasing({ guildId, upTo: '100', memberId: '7', by: '7' })
        await archive.finishErasing(guildId)
      },
    ],
  ])('even if %s', async (_, erase) => {
    const guildId = freshGuild()
    const number = archive.saveQuery(query(guildId))
    await queriesWritten(archive)
    await erase(guildId)
    expect(await archive.savedQuery(guildId, number)).toBeUndefined()
    expect(await archive.wasAsked(guildId)).toBe(true)
  })

  test('but not once it is purged, because the bot joins a new guild then', async () => {
    const guildId = freshGuild()
    archive.saveQuery(query(guildId))
    await queriesWritten(archive)
    await archive.recordDeparture(guildId, 1, 1)
    await archive.purge(guildId)
    expect(await archive.wasAsked(guildId)).toBe(false)
  })
})
