import { describe, expect, onTestFinished, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { BotProcess } from '../../../sandbox/bot-process.ts'
import type { Discord } from '../../../sandbox/discord.ts'
import { always } from '../../../sandbox/rest/faults.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { openArchive } from '../../../src/archive/postgres/open.ts'
import { shardOf } from '../../../src/core/sharding/shards.ts'
import type { AtEnd } from '../../support/at-end.ts'
import { allEntries } from '../../support/entries/entries.ts'
import { countOf } from '../../support/entries/truth.ts'
import { openOnce } from '../../support/open-once.ts'
import { connectClient } from '../../support/postgres/client.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { PostgresServer } from '../../support/postgres/server.ts'
import { createDatabase } from '../../support/postgres/test-databases.ts'
import { logged, loggedMatching, openProcesses } from '../../support/process/open-processes.ts'
import { SHORT_LEASES } from '../../support/short-lease-times.ts'

const SHARDS = 4
const STANDS_BY = /"msg":"Standing by: other processes serve all shards/

interface FleetOptions {
  readonly databaseUrl?: string
  readonly atEnd?: AtEnd
}

/** Processes that divide four shards into two blocks, so that one of three stands by. */
async function openFleet({ databaseUrl, atEnd = onTestFinished }: FleetOptions = {}) {
  const url = databaseUrl ?? (await postgresDatabase(atEnd))
  const opened = await openProcesses({ history: { days: 1, perDay: 10, seed: 1 }, atEnd })
  const { gateway } = opened.discord
  gateway.shards = SHARDS
  gateway.maxConcurrency = SHARDS
  const start = (environment: Record<string, string> = {}) =>
    opened.run(
      { DATABASE_URL: url, SHARDS_PER_PROCESS: '2', ...environment },
      { script: 'test/support/process/short-leases.ts' },
    )
  return { ...opened, url, gateway, start }
}

/** The process that serves the town, and the others. */
async function servingTown(town: Town, bots: readonly BotProcess[]) {
  const block = Math.floor(shardOf(town.guild.id, SHARDS) / 2)
  const blocks = await Promise.all(bots.map(blockOf))
  const holder = bots[blocks.indexOf(block)]
  if (!holder) throw new Error('No process serves the town.')
  return { block, holder, others: bots.filter((bot) => bot !== holder) }
}

function kick({ world }: Discord, { guild, moderators, members: all }: Town, from: number, to: number): void {
  for (const { id } of all.slice(from, to))
    members.kick({ world, guild, actorId: moderators[0]?.id ?? '' }, id)
}

/** Waits until an archive has exactly what happened in the town. */
async function untilWhole(url: string, { guild }: Town): Promise<void> {
  const archive = await openArchive(parsePostgresUrl(url, 'the database'))
  onTestFinished(() => archive.close())
  const held = async () => (await allEntries(archive, guild.id)).map(({ id, count }) => [id, count ?? 1])
  const happened = guild.log.since().map((entry) => [entry.id, countOf(entry)])
  await expect.poll(held, { interval: 50, timeout: 20_000 }).toEqual(happened)
}

/** The block of a process, once it has one. */
async function blockOf(bot: BotProcess): Promise<number> {
  await loggedMatching(bot, /"msg":"Serving a block of shards\."/)
  return Number(/"block":(\d+)/.exec(bot.output.stdout)?.[1])
}

// Each test begins with the processes that the one before it has left.
describe('of several processes', () => {
  const here = openOnce(async (atEnd) => {
    const fleet = await openFleet({ atEnd })
    const { discord, gateway, start } = fleet
    // The sandbox refuses a shard that logs in too soon after one with the same remainder, which one of another process has.
    gateway.maxConcurrency = 2
    gateway.identifyInterval = 600
    let registrations = 0
    discord.fault = (method, path) => {
      if (method === 'PUT' && path.endsWith('/commands')) registrations++
      return undefined
    }
    return { ...fleet, serving: [start(), start()], registrations: () => registrations }
  })

  test('one registers the commands, and shards log in one after the other', async () => {
    const { gateway, serving, registrations } = here()
    const blocks = await Promise.all(serving.map(blockOf))
    expect(blocks.toSorted()).toEqual([0, 1])
    const first = serving[blocks.indexOf(0)]
    const second = serving[blocks.indexOf(1)]
    await Promise.all([
      first && logged(first, 'Commands registered.'),
      second && logged(second, 'Connected.'),
    ])
    expect(registrations()).toBe(1)
    expect(gateway.sessionStarts.total - gateway.sessionStarts.left).toBe(SHARDS)
  })

  test('one that stands by stops at once, and one that is stopped is replaced at once', async () => {
    const { serving, start } = here()
    const standbys = [start(), start()] as const
    await Promise.all(standbys.map((standby) => loggedMatching(standby, STANDS_BY)))
    const stopping = performance.now()
    expect(await standbys[0].stop()).toBe(0)
    const stopTook = performance.now() - stopping

    const blocks = await Promise.all(serving.map(blockOf))
    expect(await serving[blocks.indexOf(1)]?.stop()).toBe(0)
    const stopped = performance.now()
    expect(await blockOf(standbys[1])).toBe(1)
    const replacedAfter = performance.now() - stopped
    serving[blocks.indexOf(1)] = standbys[1]
    // It waits for nothing. A busy machine needs most of this time.
    expect(stopTook).toBeLessThan(2000)
    // Before the lease would have ended: the standby looks for a free block all the time.
    expect(replacedAfter).toBeLessThan(SHORT_LEASES.lease - SHORT_LEASES.renewal)
  })

  test('the block of one that is killed is taken over, and nothing is lost', async () => {
    const { discord, town, url, serving, start, moderator } = here()
    const { block, holder, others } = await servingTown(town, serving)
    const standby = start()
    await loggedMatching(standby, STANDS_BY)
    await Promise.all(serving.map((bot) => logged(bot, 'Connected.')))
    await holder.stop('SIGKILL')
    kick(discord, town, 0, 3)
    expect(await blockOf(standby)).toBe(block)
    await logged(standby, 'Connected.')
    kick(discord, town, 3, 6)
    await standby.ready()
    await moderator.command('audit recent')
    await untilWhole(url, town)
    serving.splice(0, Number.POSITIVE_INFINITY, standby, ...others)
  })

  test('one that was paused until another took over ends with 1 and a sentence, and writes nothing', async () => {
    const { discord, town, url, serving, start, moderator } = here()
    await moderator.command('audit recent')
    const { block, holder: paused, others } = await servingTown(town, serving)
    // Not in the middle of a transaction, which the server ends after ten seconds only.
    await untilWhole(url, town)
    paused.signal('SIGSTOP')
    const standby = start()
    expect(await blockOf(standby)).toBe(block)
    await logged(standby, 'Connected.')
    kick(discord, town, 6, 9)
    paused.signal('SIGCONT')
    expect(await paused.ended()).toBe(1)
    expect(paused.output.stderr).toContain('Another process has taken over the shards of this one')
    await untilWhole(url, town)
    serving.splice(0, Number.POSITIVE_INFINITY, standby, ...others)
  })

  test('one that would serve every shard waits until those that serve blocks have stopped', async () => {
    const { gateway, serving, start } = here()
    const single = start({ SHARDS_PER_PROCESS: 'all' })
    await loggedMatching(single, /"msg":"Standing by: other processes run with another SHARD_COUNT/)
    const { connections } = gateway
    expect(await Promise.all(serving.map((bot) => bot.stop()))).toEqual([0, 0])
    await logged(single, 'Connected.')
    expect(gateway.connections).toBe(connections + SHARDS)
    expect(await single.stop()).toBe(0)
  })
})

test('a process whose token is wrong ends with 1 before it claims shards, and one that cannot reach Discord waits', async () => {
  const { discord, start, url } = await openFleet()
  discord.fault = always(/^\/gateway\/bot$/, { status: 503 })
  const bot = start()
  await loggedMatching(bot, /Discord has an internal error \(503\)/)
  discord.fault = undefined
  await blockOf(bot)
  const wrong = start({ DISCORD_TOKEN: 'MTAx.another.token' })
  expect(await wrong.ended()).toBe(1)
  expect(wrong.output.stderr).toContain('Discord does not accept DISCORD_TOKEN')
  const db = await connectClient(url)
  expect((await db.query('SELECT block FROM shard_lease')).rows).toHaveLength(1)
})

test('while PostgreSQL is down no shard is connected, and then each process goes on with its own', async () => {
  const server = await PostgresServer.start()
  onTestFinished(() => server.remove())
  const { discord, town, url, gateway, start, moderator } = await openFleet({
    databaseUrl: (await createDatabase(server.url())).url,
  })
  const bots = [start(), start()] as const
  const blocks = await Promise.all(bots.map(blockOf))
  await Promise.all(bots.map((bot) => logged(bot, 'Connected.')))
  const standby = start()
  await loggedMatching(standby, /Standing by/)
  await server.stop('SIGKILL')
  kick(discord, town, 0, 3)
  await Promise.all(bots.map((bot) => loggedMatching(bot, /could not be renewed in time/)))
  await expect.poll(() => gateway.isConnected(town.bot.id), { interval: 20 }).toBe(false)
  kick(discord, town, 3, 6)
  await server.start()
  await Promise.all(bots.map((bot) => loggedMatching(bot, /The lease on the shards is renewed/)))
  const connected = () => gateway.sessionsOf(town.bot.id).filter(({ socket }) => socket !== undefined)
  await expect.poll(() => connected().length, { interval: 20, timeout: 20_000 }).toBe(SHARDS)
  // Their sessions were resumed: there are no others.
  expect(gateway.sessionsOf(town.bot.id)).toHaveLength(SHARDS)
  kick(discord, town, 6, 9)
  await bots[0].ready()
  await moderator.command('audit recent')
  expect(await Promise.all(bots.map(blockOf))).toEqual(blocks)
  await untilWhole(url, town)
  expect(await standby.stop()).toBe(0)
  expect(await Promise.all(bots.map((bot) => bot.stop()))).toEqual([0, 0])
})
