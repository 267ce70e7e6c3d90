import { dirname } from 'node:path'
import { UNFINISHED_MOVE, unfinishedMove } from '../../move/mark.ts'
import { openInProcess } from '../connection/in-process.ts'
import { migrate } from '../migrate.ts'
import { migrations } from '../migrations/index.ts'
import { inspect } from './inspect.ts'
import { publish, removeUnfinished } from './publish.ts'
import { requireComplete } from './require-complete.ts'

/**
 * Makes sure that a complete archive is at the path: checks the one that is there, or creates a new one.
 * @throws OperatorError when something else is there, which is left as it is
 */
export async function ensureArchive(path: string): Promise<void> {
  removeUnfinished(dirname(path))
  const found = inspect(path, Object.keys(migrations))
  if (found?.schema.has(UNFINISHED_MOVE)) throw unfinishedMove(path)
  if (found) await requireComplete(path, found)
  else await createArchiveFile(path)
}

/** Creates a new archive, where no file is. */
export async function createArchiveFile(path: string): Promise<void> {
  await publish(path, create)
}

async function create(path: string): Promise<void> {
  const db = openInProcess(path)
  try {
    await migrate(db)
  } finally {
    // Closing moves the write-ahead log into the file.
    await db.destroy()
  }
}
