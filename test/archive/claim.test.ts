import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { openArchive } from '../../src/archive/open.ts'
import { OperatorError } from '../../src/core/operator-error.ts'
import { archiveFile } from '../support/archive-file.ts'
import { testArchive } from '../support/shared-archive.ts'

test('an archive is open once at a time, until the one that has it closes it or ends, even by force', async () => {
  const path = archiveFile()
  const inUse = new OperatorError(
    `The archive ${path} is in use by another Custos. Stop that one first, or set DATABASE_URL to another file.`,
  )
  const holder = await holdElsewhere(path)
  await expect(openArchive(path)).rejects.toThrow(inUse)

  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const archive = await testArchive(path)
  expect(await archive.find('1', 'kept', 1)).toHaveLength(1)
  await expect(openArchive(path)).rejects.toThrow(inUse)

  await archive.close()
  await expect(testArchive(path)).resolves.toBeDefined()
})

/** Another process that holds the archive. */
async function holdElsewhere(path: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../support/archive-holder.ts', import.meta.url))
  const holder = spawn(process.execPath, [script, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => {
    holder.kill('SIGKILL')
  })
  const [told] = await once(holder.stdout, 'data')
  expect(String(told)).toBe('held')
  return holder
}
