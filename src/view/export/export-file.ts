import type { Entry } from '../../core/audit-log/entry.ts'
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

/**
 * Writes entries into a file of at most `limit` bytes: uncompressed if they fit, otherwise compressed, and truncated if
 * even that does not fit. Each batch is a gzip member of its own, so that the size is known before the next batch
 * starts. A gzip file may have several members: https://www.rfc-editor.org/rfc/rfc1952#page-5
 *
 * The parts are never copied into one buffer, because that would block the event loop for too long.
 * @param onWritten called after each batch with the number of entries written so far
 */
export async function writeExport(
  batches: AsyncIterable<readonly Entry[]>,
  format: ExportFormat,
  limit: number,
  onWritten: (entries: number) => void,
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

  for await (const batch of batches) {
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
  }
  return finish()
}

async function gzip(blob: Blob): Promise<Blob> {
  const stream = blob.stream().pipeThrough(new CompressionStream('gzip'))
  return new Blob(await Array.fromAsync(stream, (chunk) => new Blob([chunk])))
}

function sizeOf(parts: readonly Blob[]): number {
  return parts.reduce((sum, part) => sum + part.size, 0)
}
