import type { ExportRow } from '../../core/audit-log/export-row.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { ExportFormat } from './export-format.ts'

/** The content of an export file, and how many entries it has. */
export interface ExportFile {
  readonly content: Blob
  readonly isCompressed: boolean
  readonly entries: number
  /** The last entry in the file, if not all entries fit. */
  readonly truncatedAfter?: Snowflake
}

/** Bytes reserved for the end of a compressed file. */
const RESERVED = 256

/** How many entries are read and written at once: few at first, because their size is not known. */
const FEWEST = 1
const FIRST = 10
const MOST = 500

/** About how many bytes are written at once. Reading, parsing and writing more would block the event loop for too long. */
const BATCH_BYTES = 262_144

/** Where the entries of an export come from, and where its progress goes. */
interface Source {
  /** The rows of the next entries, oldest first: fewer than the limit only at the end. */
  readonly read: (limit: number, past: Snowflake | undefined) => Promise<readonly ExportRow[]>
  /** Called after each batch with the number of entries written so far. */
  readonly onWritten: (entries: number) => void
}

/**
 * Writes entries into a file of at most `limit` bytes: uncompressed if they fit, otherwise compressed, and truncated if
 * even that does not fit. Each batch is a gzip member of its own, so that the size is known before the next batch
 * starts. A gzip file may have several members: https://www.rfc-editor.org/rfc/rfc1952#page-5
 *
 * The parts are never copied into one buffer, because that would block the event loop for too long.
 */
export async function writeExport(
  { read, onWritten }: Source,
  format: ExportFormat,
  limit: number,
): Promise<ExportFile> {
  const ending = new Blob([format.after])
  let parts = [new Blob([format.before])]
  let size = sizeOf(parts)
  let isCompressed = false
  let entries = 0
  let last: Snowflake | undefined
  const finish = async () => ({
    content: new Blob([...parts, isCompressed ? await gzip(ending) : ending]),
    isCompressed,
    entries,
  })

  for (let wanted = FIRST; ; ) {
    const batch = await read(wanted, last)
    if (batch.length === 0) return finish()
    const written = new Blob([format.write(batch, entries === 0)])
    if (!isCompressed && size + written.size + ending.size > limit) {
      parts = [await gzip(new Blob(parts))]
      size = sizeOf(parts)
      isCompressed = true
    }
    const part = isCompressed ? await gzip(written) : written
    if (isCompressed && size + part.size + RESERVED > limit) {
      return { ...(await finish()), ...(last && { truncatedAfter: last }) }
    }
    parts.push(part)
    size += part.size
    entries += batch.length
    last = batch.at(-1)?.id
    onWritten(entries)
    if (batch.length < wanted) return finish()
    wanted = nextBatch(wanted, written.size)
  }
}

/** How many entries to read next, after so many entries of so many bytes. */
function nextBatch(entries: number, bytes: number): number {
  const fitting = Math.floor((entries * BATCH_BYTES) / Math.max(bytes, 1))
  return Math.max(FEWEST, Math.min(fitting, entries * 2, MOST))
}

async function gzip(blob: Blob): Promise<Blob> {
  const stream = blob.stream().pipeThrough(new CompressionStream('gzip'))
  return new Blob(await Array.fromAsync(stream, (chunk) => new Blob([chunk])))
}

function sizeOf(parts: readonly Blob[]): number {
  return parts.reduce((sum, part) => sum + part.size, 0)
}
