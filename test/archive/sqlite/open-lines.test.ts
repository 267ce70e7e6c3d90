import { expect, onTestFinished, test } from 'vitest'
import { migrations } from '../../../src/archive/sqlite/migrations/index.ts'
import { openArchive } from '../../../src/archive/sqlite/open.ts'
import { archiveBefore } from '../../support/archive/archive-before.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { RecordedLog } from '../../support/recorded-log.ts'

const NEWEST = Object.keys(migrations).at(-1)

/** What is logged while an archive is opened. */
async function linesOf(path: string): Promise<RecordedLog['lines']> {
  const log = new RecordedLog()
  const archive = await openArchive(path, log)
  onTestFinished(() => archive.close())
  return log.lines
}

test('the log says which archive is open, with its schema', async () => {
  const path = archiveFile()
  expect(await linesOf(path)).toEqual([
    {
      level: 'info',
      message: 'The archive is open.',
      facts: { archive: path, database: `SQLite ${process.versions.sqlite}`, schema: NEWEST },
    },
  ])
})

test('the log says that an archive is upgraded, before that begins', async () => {
  const path = await archiveBefore('0011-faster-counts', [])
  expect((await linesOf(path)).map(({ message, facts }) => [message, facts])).toEqual([
    [
      'Upgrading the archive. Custos answers when that is done.',
      { from: '0010-one-guild-at-a-time', to: NEWEST },
    ],
    ['The archive is open.', expect.anything()],
  ])
})
