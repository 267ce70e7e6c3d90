import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { addToChecksum, bytesMatch, type Checksum, ZERO } from './wal-checksum.ts'

const HEADER = 32
const FRAME_HEADER = 24

/** The first four bytes of a log. Their last bit is the byte order of the checksums. */
const MAGIC = 0x377f0682

/** How many bytes of the log's header, and of a frame's header, their checksums cover. */
const CHECKED_OF_HEADER = 24
const CHECKED_OF_FRAME_HEADER = 8

/**
 * The numbers of the pages in a write-ahead log; none if there is no log. Like SQLite, it reads frames up to the first
 * with a wrong checksum, which was not written completely, and of those the committed ones only. https://sqlite.org/walformat.html
 * @throws Error when it cannot be read
 */
export function pagesInWal(path: string): ReadonlySet<number> {
  if (!existsSync(path)) return new Set()
  const file = openSync(path, 'r')
  try {
    return readFrames(file)
  } finally {
    closeSync(file)
  }
}

function readFrames(file: number): ReadonlySet<number> {
  const committed = new Set<number>()
  const header = Buffer.alloc(HEADER)
  readSync(file, header, { position: 0 })
  const isLittleEndian = header.readUInt32BE(0) === MAGIC
  if (!isLittleEndian && header.readUInt32BE(0) !== MAGIC + 1) return committed
  let sum = addToChecksum(ZERO, header.subarray(0, CHECKED_OF_HEADER), isLittleEndian)
  if (!bytesMatch(sum, header.subarray(CHECKED_OF_HEADER))) return committed

  const frame = Buffer.alloc(FRAME_HEADER + header.readUInt32BE(8))
  let uncommitted: number[] = []
  for (let at = HEADER; readSync(file, frame, { position: at }) === frame.length; at += frame.length) {
    // Frames of an earlier use of the log have another salt.
    if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) break
    sum = checksumOf(sum, frame, isLittleEndian)
    if (!bytesMatch(sum, frame.subarray(16, FRAME_HEADER))) break
    uncommitted.push(frame.readUInt32BE(0))
    const isCommit = frame.readUInt32BE(4) > 0
    if (!isCommit) continue
    for (const page of uncommitted) committed.add(page)
    uncommitted = []
  }
  return committed
}

/** The checksum of a frame continues that of the frame before. */
function checksumOf(before: Checksum, frame: Buffer, isLittleEndian: boolean): Checksum {
  const withHeader = addToChecksum(before, frame.subarray(0, CHECKED_OF_FRAME_HEADER), isLittleEndian)
  return addToChecksum(withHeader, frame.subarray(FRAME_HEADER), isLittleEndian)
}
