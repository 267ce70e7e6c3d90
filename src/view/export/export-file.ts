import type { Entry } from '../../core/audit-log/entry.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { ExportFormat } from './export-format.ts'

/** A file of entries, and how many of them it holds. */
export interface ExportFile {
  readonly content: Blob
  readonly isCompressed: boolean
  readonly entries: number
  /** The last entry it holds, where it could not hold all. */
  readonly cutAfter?: Snowflake
}

/** How much is kept free for what a compressed file needs to end, in bytes. */
const ENDING = 256

/**
 * Writes entries into a file of at most so many bytes: as they are if they fit, else compressed, and if even that
 * does not fit, up to the last that does. Each stretch is compressed by itself, since gzip files can stand one
 * after another, so that the size is known before the next is begun. https://www.rfc-editor.org/rfc/rfc1952#page-5
 *
 * The parts are never copied into one: that would take longer than anybody else should have to wait.
 */
export async function writeExport(
  stretches: AsyncIterable<readonly Entry[]>,
  format: ExportFormat,
  limit: number,
  onWritten: (entries: number) => Promise<void>,
): Promise<ExportFile> {
  const ending = new Blob([format.after])
  let parts = [new Blob([format.before])]
  let size = sizeOf(parts)
  let isCompressed = false
  let entries = 0
  let last: Snowflake | undefined
  const finished = async () => ({
    content: new Blob([...parts, isCompressed ? await compressed(ending) : ending]),
    isCompressed,
    entries,
  })

  for await (const stretch of stretches) {
    const written = new Blob([format.write(stretch, entries === 0)])
    if (!isCompressed && size + written.size + ending.size > limit) {
      parts = [await compressed(new Blob(parts))]
      size = sizeOf(parts)
      isCompressed = true
    }
    const part = isCompressed ? await compressed(written) : written
    if (isCompressed && size + part.size + ENDING > limit) {
      return { ...(await finished()), ...(last && { cutAfter: last }) }
    }
    parts.push(part)
    size += part.size
    entries += stretch.length
    last = stretch.at(-1)?.id
    await onWritten(entries)
  }
  return finished()
}

async function compressed(blob: Blob): Promise<Blob> {
  const stream = blob.stream().pipeThrough(new CompressionStream('gzip'))
  return new Blob(await Array.fromAsync(stream, (chunk) => new Blob([chunk])))
}

function sizeOf(parts: readonly Blob[]): number {
  return parts.reduce((sum, part) => sum + part.size, 0)
}
