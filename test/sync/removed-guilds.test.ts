import { expect, test } from 'vitest'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { OpenSync } from '../support/open-sync.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const archive = await sharedArchive()

test('no state is left of a thousand guilds that join and leave, whatever is under way', async () => {
  const sync = new OpenSync(archive, { perMinute: 100_000 })
  const { engine, clock } = sync
  const behaviours = ['normal', 'failing', 'denying'] as const
  for (let count = 0; count < 1000; count++) {
    const discord = sync.guild(DAY)
    discord.write(clock.now() - MINUTE, clock.now() - MINUTE)
    discord.behaviour = behaviours[count % 3] ?? 'normal'
    discord.mayView = count % 5 !== 0
    engine.guildAvailable(discord.guildId)
    if (count % 4 === 0) engine.accessLost(discord.guildId)
    await sync.settled()
    // Some leave before the first answer, some after it, some when everything is read.
    if (count % 7 === 0) await sync.answerAll()
    else if (count % 7 > 3) await sync.answer(discord)
    engine.guildRemoved(discord.guildId)
    engine.status(discord.guildId)
    await sync.answerAll()
  }
  expect(engine.guildIds).toEqual([])
  clock.advance(DAY)
  await sync.answerAll()
  expect(engine.guildIds).toEqual([])
}, 60_000)

test('what a read finds is not stored if the guild was removed meanwhile', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(DAY)
  discord.write(sync.clock.now() - MINUTE, sync.clock.now() - MINUTE)
  sync.engine.guildAvailable(discord.guildId)
  await sync.settled()
  sync.engine.guildRemoved(discord.guildId)
  await sync.answerAll()
  expect(await archive.guilds()).not.toContain(discord.guildId)
})

test('a guild that is removed while it is queued is not read', async () => {
  const sync = new OpenSync(archive, { perMinute: 1 })
  const [first, second] = [sync.guild(DAY), sync.guild(DAY)]
  sync.engine.guildAvailable(first.guildId)
  sync.engine.guildAvailable(second.guildId)
  await sync.answerAll()
  sync.engine.guildRemoved(second.guildId)
  sync.clock.advance(30 * MINUTE)
  await sync.answerAll()
  expect(new Set(sync.requested)).toEqual(new Set([first.guildId]))
})

test('a guild that comes back is read like any other', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.settled()
  sync.engine.guildRemoved(discord.guildId)
  discord.write(sync.clock.now() - MINUTE, sync.clock.now() - MINUTE)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  expect(await archive.countHeld(discord.guildId)).toBe(1)
  expect(sync.engine.status(discord.guildId).liveFrom).toBeDefined()
})

test('a guild that is down keeps its status', async () => {
  const sync = new OpenSync(archive)
  const discord = sync.guild(DAY)
  sync.engine.guildAvailable(discord.guildId)
  await sync.answerAll()
  sync.engine.guildUnavailable(discord.guildId)
  expect(sync.engine.status(discord.guildId)).toMatchObject({ lastRead: 'read' })
})
