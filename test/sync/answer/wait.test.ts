import { expect, test } from 'vitest'
import type { Archive } from '../../../src/core/archive.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import type { Need } from '../../../src/sync/answer/need.ts'
import { DELETE, type ModelDiscord } from '../../model/model-discord.ts'
import { sharedArchive } from '../../support/archive/shared-archive.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { OpenSync } from '../../support/open-sync.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const BAN = 22

/** How long an answer waits on a live stream, and one about counts. */
const LIVE_PATIENCE = 400
const COUNTS_PATIENCE = 800

const archive = await sharedArchive()

/** A live guild in which a count can have grown since it was read. */
async function grown(): Promise<{ sync: OpenSync; discord: ModelDiscord }> {
  const sync = new OpenSync(archive)
  const discord = sync.guild(5 * DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  sync.clock.advance(MINUTE)
  sync.send(discord, discord.write(sync.clock.now(), sync.clock.now(), DELETE))
  await sync.settled()
  return { sync, discord }
}

/** Runs an answer while Discord sends pages of another guild only. */
async function answerWithoutPages(need: Omit<Need, 'from'>, patience: number) {
  const { sync, discord } = await grown()
  const other = sync.guild(DAY)
  sync.engine.guildAvailable(other.guildId)
  await sync.answerAll()
  const asleep = sync.clock.slept(patience)
  const from = firstIdAt(sync.clock.now() - DAY)
  const answered = sync.engine.refresh(discord.guildId, { ...need, from }, () => {})
  await asleep
  const refreshed = sync.engine.refresh(other.guildId, { from }, () => {})
  await sync.settled()
  while (other.requests.length > 0) await sync.answer(other)
  await refreshed
  sync.clock.advance(patience)
  return answered
}

test('counts that an answer does not need do not make it late', async () => {
  expect(await answerWithoutPages({ kinds: { anyOf: [BAN] } }, LIVE_PATIENCE)).toMatchObject({
    outcome: 'live',
  })
  expect(await answerWithoutPages({}, LIVE_PATIENCE)).toMatchObject({ outcome: 'uncounted' })
})

test('an answer about counts waits longer for them than another', async () => {
  const answer = await answerWithoutPages({ kinds: { anyOf: [DELETE] } }, COUNTS_PATIENCE)
  expect(answer).toMatchObject({ outcome: 'uncounted', countsAsOf: expect.any(Number) })
})

test('counts that can have grown only after the window do not matter', async () => {
  const { now } = new ManualClock()
  expect(await answerWithoutPages({ to: firstIdAt(now()) }, LIVE_PATIENCE)).toMatchObject({ outcome: 'live' })
})

test('an answer that waits for the archive does not say that Discord could not be read', async () => {
  let writable = Promise.resolve()
  const writes = Promise.withResolvers<void>()
  const record: Archive['record'] = async (updates) => {
    if (isBusy) writes.resolve()
    await writable
    return archive.record(updates)
  }
  let isBusy = false
  const sync = new OpenSync({ ...archive, record })
  const discord = sync.guild(5 * DAY)
  discord.write(sync.clock.now() - MINUTE, sync.clock.now() - MINUTE, BAN)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  const idle = Promise.withResolvers<void>()
  writable = idle.promise
  isBusy = true
  const from = firstIdAt(sync.clock.now() - DAY)
  const answer = (need: Omit<Need, 'from'>) =>
    sync.engine.refresh(discord.guildId, { ...need, from }, () => {})
  const first = answer({ kinds: { anyOf: [DELETE] } })
  await sync.settled()
  discord.requests.shift()?.answer()
  await writes.promise
  const asleep = sync.clock.slept(LIVE_PATIENCE)
  const second = answer({})
  await asleep
  sync.clock.advance(LIVE_PATIENCE)
  expect(await second).toMatchObject({ outcome: 'live' })
  idle.resolve()
  expect(await first).toMatchObject({ outcome: 'read' })
})

test('when Custos stops, an answer that waits ends without an alarm', async () => {
  const { sync, discord } = await grown()
  const answered = sync.engine.refresh(discord.guildId, { from: firstIdAt(sync.clock.now() - DAY) }, () => {})
  await sync.settled()
  sync.stop()
  expect(await answered).toMatchObject({ outcome: 'unfinished' })
})
