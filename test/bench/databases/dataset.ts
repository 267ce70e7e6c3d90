import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Archive } from '../../../src/core/archive.ts'
import type { Entry } from '../../../src/core/audit-log/entry.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import { BIG_GUILD, ENTRIES, entriesOf, memberNames, moderatorNames } from '../data.ts'
import type { DatabaseType } from './database.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Where the data of benchmarks is kept. */
export const CACHE = join(ROOT, 'node_modules/.cache/custos-bench')

/** Raise it when the data changes, so that it is built again. */
const VERSION = 8

const BATCH = 5000

/** A guild, and how many entries it has. */
export interface FilledGuild {
  readonly guildId: Snowflake
  readonly entries: number
}

/** What an archive is filled with. */
export interface Dataset {
  readonly name: string
  readonly guilds: readonly FilledGuild[]
  /** The guilds with 100,000 names. */
  readonly named: readonly Snowflake[]
}

/** A guild with a million entries, and eight others that have another million. */
export const STANDARD: Dataset = {
  name: 'standard',
  guilds: [ENTRIES, 400_000, 200_000, 100_000, 100_000, 50_000, 50_000, 50_000, 50_000].map(guildWith(0)),
  named: [BIG_GUILD],
}

/** Guilds of very different sizes. */
export const GROWING: Dataset = {
  name: 'growing',
  guilds: [10_000, 100_000, 1_000_000, 4_000_000].map(guildWith(100)),
  get named() {
    return this.guilds.map(({ guildId }) => guildId)
  },
}

function guildWith(first: number) {
  return (entries: number, index: number): FilledGuild => ({
    guildId: String(BigInt(BIG_GUILD) + BigInt(first + index)),
    entries,
  })
}

/** The name of a database with this data and the current schema. If the schema changes, it is built again. */
export function nameOf({ name }: Dataset, type: DatabaseType): string {
  const hash = createHash('sha256')
  for (const path of globSync(`src/archive/${type}/migrations/*`, { cwd: ROOT }).sort())
    hash.update(readFileSync(join(ROOT, path)))
  return `${name}_${VERSION}_${hash.digest('hex').slice(0, 8)}`
}

export async function fill(archive: Archive, { guilds, named }: Dataset): Promise<void> {
  for (const { guildId, entries } of guilds) await fillGuild(archive, guildId, entries)
  for (const guildId of named) {
    const names = [...memberNames(), ...moderatorNames()]
    await archive.record([{ guildId, entries: [], from: 'rest', names }])
  }
}

async function fillGuild(archive: Archive, guildId: Snowflake, howMany: number): Promise<void> {
  process.stdout.write(`Building ${howMany.toLocaleString('en')} entries of guild ${guildId}…\n`)
  let batch: Entry[] = []
  let writing: Promise<unknown> = Promise.resolve()
  for (const entry of entriesOf(guildId, howMany)) {
    batch.push(entry)
    if (batch.length < BATCH) continue
    await writing
    writing = archive.record([{ guildId, entries: batch, from: 'rest' }])
    batch = []
  }
  await writing
  await archive.record([{ guildId, entries: batch, from: 'rest' }])
  // As the daily maintenance does.
  await archive.packDays(guildId)
}
