import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Random } from '../../sandbox/town/random.ts'
import { openArchive } from '../../src/archive/sqlite/open.ts'
import type { Archive } from '../../src/core/archive.ts'
import type { Entry } from '../../src/core/audit-log/entry.ts'
import type { NameObservation } from '../../src/core/names/named-entity.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import { BIG_GUILD, BOTS, END, ENTRIES, entriesOf, MEMBERS, MODERATORS } from './data.ts'

/** Raise it when the data or the schema changes, so that the file is built again. */
const VERSION = 6

const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/custos-bench/', import.meta.url))

/** How many entries each other guild has: another million in total. */
const OTHERS = [400_000, 200_000, 100_000, 100_000, 50_000, 50_000, 50_000, 50_000]

const NAMES = 100_000
const BATCH = 5000

/** The file with the benchmark's data, which is built if it is missing. */
export async function preparedFile(fresh: boolean): Promise<string> {
  const path = join(FOLDER, `v${VERSION}.db`)
  if (existsSync(path) && !fresh) return path
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const unfinished = `${path}.unfinished`
  const archive = await openArchive(unfinished)
  await fill(archive, BIG_GUILD, ENTRIES)
  for (const [index, howMany] of OTHERS.entries()) {
    await fill(archive, String(BigInt(BIG_GUILD) + BigInt(index + 1)), howMany)
  }
  await archive.record([
    { guildId: BIG_GUILD, entries: [], from: 'rest', names: [...names(), ...moderators()] },
  ])
  await archive.close()
  renameSync(unfinished, path)
  return path
}

async function fill(archive: Archive, guildId: Snowflake, howMany: number): Promise<void> {
  process.stdout.write(`Building ${howMany.toLocaleString('en')} entries of guild ${guildId}…\n`)
  let batch: Entry[] = []
  let writing = Promise.resolve()
  for (const entry of entriesOf(guildId, howMany)) {
    batch.push(entry)
    if (batch.length < BATCH) continue
    await writing
    writing = archive.record([{ guildId, entries: batch, from: 'rest' }])
    batch = []
  }
  await writing
  await archive.record([{ guildId, entries: batch, from: 'rest' }])
}

const SYLLABLES = [
  'an',
  'be',
  'cor',
  'da',
  'el',
  'fi',
  'gra',
  'ho',
  'is',
  'ju',
  'ka',
  'lo',
  'mi',
  'nor',
  'ü',
  'zo',
]

function names(): NameObservation[] {
  const random = new Random(1)
  return Array.from({ length: NAMES }, (_, index) => ({
    id: String(MEMBERS + BigInt(index)),
    type: 'user',
    at: firstIdAt(END),
    presence: 'present',
    name: `${Array.from({ length: random.whole(2, 5) }, () => random.pick(SYLLABLES)).join('')}${index % 100}`,
  }))
}

function moderators(): NameObservation[] {
  return MODERATORS.map((id, index) => ({
    id,
    type: BOTS.has(id) ? 'bot' : 'user',
    at: firstIdAt(END),
    presence: 'present',
    name: `Moderator ${index}`,
    alias: `mod${index}`,
  }))
}
