import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import type { Archive } from '../../../src/core/archive.ts'
import type { Snowflake } from '../../../src/core/snowflake.ts'
import type { AtEnd } from '../at-end.ts'
import { entriesOf } from '../entries/entries.ts'
import { archiveFile } from './archive-file.ts'

/** A text that no file may contain after it is erased. */
export const SECRET = 'Schlüsselblume'

/** Records entries with a secret reason, in an order that splits the pages of the file many times. */
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

/** The files in an archive's folder that contain a text, in any case. */
export function filesContaining(path: string, text: string): string[] {
  const folder = dirname(path)
  const wanted = Buffer.from(text).toString('latin1').toLowerCase()
  return readdirSync(folder).filter((name) =>
    readFileSync(join(folder, name)).toString('latin1').toLowerCase().includes(wanted),
  )
}

/** Copies an archive's files as they would be if the process was killed now. @returns the copy's path */
export function asKilled(path: string, atEnd: AtEnd = onTestFinished): string {
  const copy = archiveFile(atEnd)
  for (const end of ['', '-wal']) if (existsSync(path + end)) copyFileSync(path + end, copy + end)
  return copy
}

/** A number that grows with each VACUUM of the file. https://sqlite.org/pragma.html#pragma_schema_version */
export function timesVacuumed(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true })
  const { schema_version } = database.prepare('PRAGMA schema_version').get() ?? {}
  database.close()
  return Number(schema_version)
}

/** Opens the archive in another connection, which reads or writes until the returned function is called. */
export function openElsewhere(
  path: string,
  action: 'reads' | 'writes',
  atEnd: AtEnd = onTestFinished,
): () => void {
  const program = new DatabaseSync(path)
  program.exec(action === 'reads' ? 'BEGIN; SELECT count(*) FROM entry' : 'BEGIN IMMEDIATE')
  const stop = () => {
    if (program.isOpen) program.close()
  }
  atEnd(async () => stop())
  return stop
}
