import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Random } from '../../../../sandbox/town/random.ts'
import { Eraser } from '../../../../src/archive/eraser.ts'
import { archiveFile } from '../../../support/archive/archive-file.ts'
import { freshGuild, testArchive } from '../../../support/archive/shared-archive.ts'
import { filesContaining, fillWithSecrets, SECRET } from '../../../support/archive/traces.ts'
import { ManualClock } from '../../../support/manual-clock.ts'
import { RecordedLog } from '../../../support/recorded-log.ts'

/** `KILLS=100 npx vitest run erasing-killed` kills it that often. */
const KILLS = Number(process.env.KILLS ?? 4)
const SEED = Number(process.env.SEED ?? 1)

const SCRIPT = fileURLToPath(new URL('../../../support/archive/archive-eraser.ts', import.meta.url))

test(`an erasure that is killed at any moment is finished at the next start (${KILLS} kills)`, {
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
  const { took } = await eraseAndKill(copyOf(filled), guildId)

  let interrupted = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const path = copyOf(filled)
    const { isOver } = await eraseAndKill(path, guildId, random.whole(0, took))
    const archive = await testArchive(path)
    const isBegun = isOver || (await archive.coverage(guildId)).erasedTo !== undefined
    if (isBegun && !isOver) interrupted++
    const eraser = new Eraser({
      archive,
      clock: new ManualClock(),
      log: new RecordedLog(),
      signal: new AbortController().signal,
    })
    await eraser.resume()
    expect(await archive.isErasing(guildId)).toBe(false)
    expect(filesContaining(path, SECRET)).toEqual(isBegun ? [] : ['custos.db'])
    await archive.close()
  }
  expect(interrupted).toBeGreaterThan(0)
})

/**
 * Erases in a process of its own, which is killed after so many milliseconds.
 * @returns whether it was done before that, and how long it took, in milliseconds
 */
async function eraseAndKill(path: string, guildId: string, killAfter?: number) {
  const child = spawn(process.execPath, [SCRIPT, path, guildId], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk
  })
  await once(child.stdout, 'data')
  const began = performance.now()
  if (killAfter === undefined) while (output === 'erasing') await sleep(1)
  else await sleep(killAfter)
  const took = performance.now() - began
  child.kill('SIGKILL')
  await ended
  return { isOver: output !== 'erasing', took }
}

function copyOf(path: string): string {
  const copy = archiveFile()
  copyFileSync(path, copy)
  return copy
}
