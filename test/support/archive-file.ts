import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A path for an archive that lasts as long as the test. */
export function archiveFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'custos-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'custos.db')
}
