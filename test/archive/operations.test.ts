import { expect, test } from 'vitest'
import type { Operation, OperationDetail } from '../../src/core/operation.ts'
import { freshGuild, sharedArchive } from '../support/archive/shared-archive.ts'

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
