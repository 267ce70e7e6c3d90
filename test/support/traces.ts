import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import type { Archive } from '../../src/core/archive.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { archiveFile } from './archive-file.ts'
import type { AtEnd } from './at-end.ts'
import { entriesOf } from './entries.ts'

/** What nobody may find any more once it is erased. */
export const SECRET = 'Schlüsselblume'

/** Fills a guild with entries that tell a secret, in pages that were split again and again. */
export async function fillWithSecrets(
  archive: Archive,
  guildId: Snowflake,
  entries = 2000,
  secret = SECRET,
): Promise<void> {
  const payloads = Array.from({ length: entries }, (_, index) => ({
    id: String(1000 + index),
    action_type: 22,
    user_id: '101',
    target_id: String(500 + ((index * 7919) % 400)),
    reason: `${secret} ${'x'.repeat(index % 300)}`,
  }))
  await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, payloads) }])
}

/** The files of an archive's folder that hold a text, in whatever case. */
export function filesContaining(path: string, text: string): string[] {
  const folder = dirname(path)
  const wanted = Buffer.from(text).toString('latin1').toLowerCase()
  return readdirSync(folder).filter((name) =>
    readFileSync(join(folder, name)).toString('latin1').toLowerCase().includes(wanted),
  )
}

/** The files of an archive as a process that is killed now would leave them, in another folder. */
export function asKilled(path: string, atEnd: AtEnd = onTestFinished): string {
  const copy = archiveFile(atEnd)
  for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end)
  return copy
}

/** How often the file was written anew, counted from when it was made. https://sqlite.org/pragma.html#pragma_schema_version */
export function timesVacuumed(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const { schema_version } = database.prepare('PRAGMA schema_version').get() ?? {}
  database.close()
  return Number(schema_version)
}

/** Another program that reads or writes in the archive, until it is told to stop. */
export function openElsewhere(
  path: string,
  does: 'reads' | 'writes',
  atEnd: AtEnd = onTestFinished,
): () => void {
  const program = new DatabaseSync(path)
  program.exec(does === 'reads' ? 'BEGIN; SELECT count(*) FROM entry' : 'BEGIN IMMEDIATE')
  const stop = () => {
    if (program.isOpen) program.close()
  }
  atEnd(async () => stop())
  return stop
}
