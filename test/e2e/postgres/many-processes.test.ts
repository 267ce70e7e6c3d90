import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { BotProcess } from '../../../sandbox/bot-process.ts'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { shardOf } from '../../../src/core/shards.ts'
import { allEntries } from '../../support/entries/entries.ts'
import { countOf } from '../../support/entries/truth.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { logged, loggedMatching, openProcesses } from '../../support/process/open-processes.ts'

const SHARDS = 4
const STANDS_BY = /"msg":"Standing by: other processes serve all shards/

/** Processes that divide four shards into two blocks, so that one of three stands by. */
async function openFleet() {
  const url = await postgresDatabase()
  const opened = await openProcesses({ history: { days: 1, perDay: 10, seed: 1 } })
  const { gateway } = opened.discord
  gateway.shards = SHARDS
  gateway.maxConcurrency = SHARDS
  const start = () =>
    opened.run(
      { DATABASE_URL: url, SHARDS_PER_PROCESS: '2' },
      { script: 'test/support/process/short-leases.ts' },
    )
  return { ...opened, url, gateway, start }
}

/** The block of a process, once it has one. */
async function blockOf(bot: BotProcess): Promise<number> {
  await loggedMatching(bot, /"msg":"Serving a block of shards\."/)
  return Number(/"block":(\d+)/.exec(bot.output.stdout)?.[1])
}

test('the block of a process that is killed is taken over, and nothing is lost', async () => {
  const { discord, town, url, gateway, start, moderator } = await openFleet()
  const bots = [start(), start()] as const
  const blocks = await Promise.all(bots.map(blockOf))
  expect(blocks.toSorted()).toEqual([0, 1])
  const standby = start()
  await loggedMatching(standby, STANDS_BY)
  await Promise.all(bots.map((bot) => logged(bot, 'Connected.')))
  expect(bots.map(({ output }) => output.stdout.includes('Commands registered.'))).toEqual(
    blocks.map((block) => block === 0),
  )

  const block = Math.floor(shardOf(town.guild.id, SHARDS) / 2)
  const holder = bots[blocks.indexOf(block)]
  await holder?.stop('SIGKILL')
  const actor = { world: discord.world, guild: town.guild, actorId: town.moderators[0]?.id ?? '' }
  for (const member of town.members.slice(0, 3)) members.kick(actor, member.id)
  expect(await blockOf(standby)).toBe(block)
  await logged(standby, 'Connected.')
  for (const member of town.members.slice(3, 6)) members.kick(actor, member.id)
  const { message } = await moderator.command('audit recent')
  expect(JSON.stringify(message)).toContain('Member Kick')
  expect(gateway.connections).toBe(6)

  expect(
    await Promise.all([standby, ...bots.filter((bot) => bot !== holder)].map((bot) => bot.stop())),
  ).toEqual([0, 0])
  const archive = await openArchive(parsePostgresUrl(url, 'the database'))
  const entries = await allEntries(archive, town.guild.id)
  await archive.close()
  expect(entries.map(({ id, count }) => [id, count ?? 1])).toEqual(
    town.guild.log.since().map((entry) => [entry.id, countOf(entry)]),
  )
})
