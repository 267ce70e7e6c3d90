import type { Entry } from '../core/entry.ts'
import type { Snowflake } from '../core/snowflake.ts'
import type { ExportFormat } from './export-format.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A file of entries, and how many of them it holds. */
export interface ExportFile {
  readonly bytes: Bytes
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
 */
export async function writeExport(
  stretches: AsyncIterable<readonly Entry[]>,
  format: ExportFormat,
  limit: number,
  onWritten: (entries: number) => Promise<void>,
): Promise<ExportFile> {
  const encoder = new TextEncoder()
  let parts = [encoder.encode(format.before)]
  let size = sizeOf(parts)
  let isCompressed = false
  let entries = 0
  let last: Snowflake | undefined

  for await (const stretch of stretches) {
    const written = encoder.encode(format.write(stretch, entries === 0))
    const ending = encoder.encode(format.after).length
    if (!isCompressed && size + written.length + ending > limit) {
      parts = await Promise.all(parts.length > 1 ? [compressed(joined(parts))] : parts.map(compressed))
      size = sizeOf(parts)
      isCompressed = true
    }
    const part = isCompressed ? await compressed(written) : written
    if (isCompressed && size + part.length + ENDING > limit) {
      return { ...(await finished(parts, format, isCompressed)), entries, ...(last && { cutAfter: last }) }
    }
    parts.push(part)
    size += part.length
    entries += stretch.length
    last = stretch.at(-1)?.id
    await onWritten(entries)
  }
  return { ...(await finished(parts, format, isCompressed)), entries }
}

async function finished(parts: readonly Bytes[], { after }: ExportFormat, isCompressed: boolean) {
  const ending = new TextEncoder().encode(after)
  return { bytes: joined([...parts, isCompressed ? await compressed(ending) : ending]), isCompressed }
}

async function compressed(bytes: Bytes): Promise<Bytes> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function sizeOf(parts: readonly Bytes[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(sizeOf(parts))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
