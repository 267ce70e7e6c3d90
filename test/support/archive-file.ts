import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/**
 * A path for an archive that lasts as long as the test.
 * @param atEnd is given what removes it; it is called when the test that is running has finished, by default
 */
export function archiveFile(atEnd: (remove: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'custos-'))
  atEnd(() => rmSync(folder, { recursive: true }))
  return join(folder, 'custos.db')
}
