import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SoakDatabase } from './database.ts'

/** An archive in a file. */
export async function openSqlite(): Promise<SoakDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'custos-soak-'))
  const path = join(folder, 'custos.db')
  return {
    type: 'sqlite',
    url: `sqlite:${path}`,
    isUp: true,
    faults: [],
    rows: async (sql) => {
      const archive = new DatabaseSync(path, { readOnly: true })
      const rows = archive.prepare(sql).all()
      archive.close()
      return rows
    },
    /**
     * Another process reads the files, because a process that closes a file loses all its locks on it, and the bot runs in
     * this one. https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
     */
    remaining: async (texts) => {
      const paths = readdirSync(folder).map((name) => join(folder, name))
      const content = execFileSync('cat', paths, { maxBuffer: 2 ** 30 })
      return texts.filter((text) => content.includes(text))
    },
    remove: async () => rmSync(folder, { recursive: true }),
  }
}
