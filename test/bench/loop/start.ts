import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { Discord } from '../../../sandbox/discord.ts'
import { createTown } from '../../../sandbox/town/town.ts'
import type { Load } from './loads.ts'
import { MeasuredBot } from './measured-bot.ts'
import { addSmallGuilds } from './small-guilds.ts'

const GUILDS = 10_000

/** Discord allows 2,500 guilds a shard. */
const SHARDS = 4

/** How many names a small guild has: its own, 20 roles and 50 channels. */
const NAMES = 71

/** A bot in many guilds with an empty archive, and its start as a load: until all their names are stored. */
export async function startInManyGuilds(token: string) {
  const folder = mkdtempSync(join(tmpdir(), 'custos-bench-'))
  const path = join(folder, 'custos.db')
  const discord = await Discord.start()
  discord.gateway.shards = SHARDS
  discord.gateway.maxConcurrency = SHARDS
  addSmallGuilds(discord, createTown(discord, token).bot, GUILDS)
  const bot = new MeasuredBot(discord, token, { DATABASE_URL: `sqlite:${path}` })
  const load: Load = {
    what: 'start in 10,000 servers with 71 names each',
    run: async () => {
      while (namesIn(path) < GUILDS * NAMES) await sleep(100)
    },
  }
  const stop = async () => {
    await bot.stop()
    await discord.stop()
    rmSync(folder, { recursive: true })
  }
  return { bot, load, stop }
}

function namesIn(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const { names } = database.prepare('SELECT count(*) AS names FROM name').get() ?? {}
  database.close()
  return Number(names)
}
