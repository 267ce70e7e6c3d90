import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Random } from '../../../../sandbox/town/random.ts'
import { Eraser } from '../../../../src/archive/erase/eraser.ts'
import type { Operation } from '../../../../src/core/operation.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { freshGuild, testArchive } from '../../../support/archive/shared-archive.ts'
import { filesContaining, fillWithSecrets, SECRET } from '../../../support/archive/traces.ts'
import { ManualClock } from '../../../support/manual-clock.ts'
import { RecordedLog } from '../../../support/recorded-log.ts'

/** `KILLS=100 npx vitest run erasing-killed` kills it that often at random moments. */
const KILLS = Number(process.env.KILLS ?? 2)
const SEED = Number(process.env.SEED ?? 1)

const SCRIPT = fileURLToPath(new URL('../../../support/archive/archive-eraser.ts', import.meta.url))

test(`an erasure that is killed is finished at the next start: once it has begun, and at ${KILLS} random moments`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const random = new Random(SEED)
  const guildId = freshGuild()
  const filled = archiveFile()
  const first = await testArchive(filled)
  // Most of the archive stays, so that most kills hit the vacuum.
  await fillWithSecrets(first, freshGuild(), 15_000, 'A reason that stays')
  await fillWithSecrets(first, guildId, 500)
  await first.close()

  const begun = copyOf(filled)
  expect((await eraseAndKill(begun, guildId, 'once it has begun')).isOver).toBe(false)
  expect(await isBegun(begun, guildId)).toBe(true)
  await expectFinished(begun, guildId)
  expect(filesContaining(begun, SECRET)).toEqual([])

  const { took } = await eraseAndKill(copyOf(filled), guildId)
  for (let kill = 0; kill < KILLS; kill++) {
    const path = copyOf(filled)
    const { isOver } = await eraseAndKill(path, guildId, random.whole(0, took))
    const isErased = isOver || (await isBegun(path, guildId))
    const operations = await expectFinished(path, guildId)
    expect(filesContaining(path, SECRET)).toEqual(isErased ? [] : ['custos.db'])
    expect(operations).toHaveLength(isErased ? 1 : 0)
  }
})

async function isBegun(path: string, guildId: string): Promise<boolean> {
  const archive = await testArchive(path)
  const { erasedTo } = await archive.coverage(guildId)
  await archive.close()
  return erasedTo !== undefined
}

/**
 * Resumes erasures as a start does, and expects that nothing is left to erase.
 * @returns what members had Custos do
 */
async function expectFinished(path: string, guildId: string): Promise<Operation[]> {
  const archive = await testArchive(path)
  const { signal } = new AbortController()
  const eraser = new Eraser({
    serves: () => true,
    archive,
    clock: new ManualClock(),
    log: new RecordedLog(),
    signal,
  })
  await eraser.resume()
  expect(await archive.isErasing(guildId)).toBe(false)
  const operations = await archive.operations(guildId)
  await archive.close()
  return operations
}

/**
 * Erases in a process of its own, which kills itself once the erasure has begun, or is killed after so many milliseconds
 * or when it is done.
 * @returns whether it was done before that, and how long it took, in milliseconds
 */
async function eraseAndKill(path: string, guildId: string, killed?: number | 'once it has begun') {
  const ends = killed === 'once it has begun' ? { KILLED_ONCE_BEGUN: 'yes' } : {}
  const child = spawn(process.execPath, [SCRIPT, `sqlite:${path}`, guildId], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...ends },
  })
  const ended = once(child, 'close')
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk
  })
  await once(child.stdout, 'data')
  const began = performance.now()
  if (killed === undefined) while (output === 'erasing') await once(child.stdout, 'data')
  if (typeof killed === 'number') await sleep(killed)
  const took = performance.now() - began
  if (killed !== 'once it has begun') child.kill('SIGKILL')
  await ended
  return { isOver: output !== 'erasing', took }
}

function copyOf(path: string): string {
  const copy = archiveFile()
  copyFileSync(path, copy)
  return copy
}
