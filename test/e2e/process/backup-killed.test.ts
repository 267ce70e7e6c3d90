import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Random } from '../../../sandbox/town/random.ts'
import { backUp } from '../../../src/archive/sqlite/file/backup.ts'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { testArchive } from '../../support/archive/shared-archive.ts'
import { entriesOf } from '../../support/entries/entries.ts'

/** `KILLS=100 npx vitest run backup-killed` kills each of them 100 times. */
const KILLS = Number(process.env.KILLS ?? 3)
const SEED = Number(process.env.SEED ?? 1)

const GUILD = '1564237482688512200'
const ENTRIES = 20_000

const HOLDER = fileURLToPath(new URL('../../support/archive/archive-holder.ts', import.meta.url))

function unfinishedIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('.custos'))
}

/** Runs a process, and kills it the given number of milliseconds after it has made its first file. */
async function killed(run: () => ReturnType<typeof spawn>, folder: string, after: number): Promise<void> {
  const child = run()
  const ended = once(child, 'exit')
  while (child.exitCode === null && readdirSync(folder).length === 0) await sleep(1)
  await sleep(after)
  child.kill('SIGKILL')
  await ended
}

/** How long a backup takes from its first file on, in milliseconds. */
async function durationOf(path: string): Promise<number> {
  const began = performance.now()
  await backUp(path, archiveFile())
  return performance.now() - began
}

test(`a backup killed at any moment, ${KILLS} times, leaves a complete archive or no file`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const random = new Random(SEED)
  const path = archiveFile()
  const archive = await testArchive(path)
  const payloads = Array.from({ length: ENTRIES }, (_, id) => ({
    id: String(id + 1),
    action_type: 22,
    user_id: '7',
    reason: `No reason is as long as the one of a ban, ${id}`,
  }))
  await archive.record([{ guildId: GUILD, entries: entriesOf(GUILD, payloads), from: 'rest' }])
  const duration = await durationOf(path)
  const env = { ...process.env, INIT_CWD: '', DATABASE_URL: `sqlite:${path}` }
  for (let kill = 0; kill < KILLS; kill++) {
    const copy = archiveFile()
    const run = () => spawn(process.execPath, ['src/backup.ts', copy], { env, stdio: 'ignore' })
    await killed(run, dirname(copy), random.whole(0, Math.ceil(duration)))
    if (!existsSync(copy)) await backUp(path, copy)
    const restored = await openArchive(copy)
    expect(await restored.countHeld(GUILD)).toBe(ENTRIES)
    await restored.close()
    expect(unfinishedIn(dirname(copy))).toEqual([])
  }
})

test(`a first start killed at any moment, ${KILLS} times, does not prevent the next one from starting`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const random = new Random(SEED)
  for (let kill = 0; kill < KILLS; kill++) {
    const path = archiveFile()
    const run = () => spawn(process.execPath, [HOLDER, path], { stdio: 'ignore' })
    await killed(run, dirname(path), random.whole(0, 100))
    await (await testArchive(path)).close()
    expect(unfinishedIn(dirname(path))).toEqual([])
  }
})
