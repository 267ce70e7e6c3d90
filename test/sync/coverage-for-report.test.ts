import { expect, test } from 'vitest'
import { isComplete } from '../../src/core/coverage/gaps.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { PAGE } from '../model/model-discord.ts'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { OpenSync } from '../support/open-sync.ts'

const SECOND = 1000
const HOUR = 3_600_000
const DAY = 86_400_000

const archive = await sharedArchive()

test('a report waits until all that it needs is read, longer than an answer does', async () => {
  const sync = new OpenSync(archive)
  const { clock, engine } = sync
  const discord = sync.guild(DAY)
  await sync.sync(discord)
  engine.guildUnavailable(discord.guildId)
  clock.advance(HOUR)
  for (let count = 0; count < 3 * PAGE; count++) discord.write(clock.now() - count * SECOND)
  const need = { from: firstIdAt(clock.now() - DAY) }
  let isDone = false
  const asked = engine.coverageFor(discord.guildId, need).finally(() => {
    isDone = true
  })
  await sync.settled()
  await sync.answer(discord)
  clock.advance(3 * SECOND)
  await sync.settled()
  clock.advance(SECOND)
  await sync.settled()
  expect(isDone).toBe(false)
  await sync.answerAll()
  expect(isComplete(await asked, need.from, undefined)).toBe(true)
})

test('after half a minute it has what is stored', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(DAY)
  const asked = sync.engine.coverageFor(discord.guildId, { from: '0' })
  await sync.settled()
  sync.clock.advance(30 * SECOND)
  expect((await asked).ranges).toEqual([])
})
