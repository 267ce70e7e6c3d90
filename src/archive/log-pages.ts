import { closeSync, existsSync, openSync, readSync } from 'node:fs'

const HEADER = 32
const FRAME_HEADER = 24

/**
 * The numbers of the pages that wait in a log of writes for being moved into the database's file; none where there
 * is no log. Only as far as the last commit do they count. https://sqlite.org/fileformat2.html#the_write_ahead_log
 * @throws Error when it cannot be read
 */
export function pagesInLog(path: string): ReadonlySet<number> {
  if (!existsSync(path)) return new Set()
  const file = openSync(path, 'r')
  try {
    return readFrames(file)
  } finally {
    closeSync(file)
  }
}

function readFrames(file: number): ReadonlySet<number> {
  const header = Buffer.alloc(HEADER)
  readSync(file, header, { position: 0 })
  const step = FRAME_HEADER + header.readUInt32BE(8)
  const committed = new Set<number>()
  let uncommitted: number[] = []
  const frame = Buffer.alloc(FRAME_HEADER)
  for (let at = HEADER; readSync(file, frame, { position: at }) === FRAME_HEADER; at += step) {
    // Frames that an earlier round left behind bear its salt.
    if (!frame.subarray(8, 16).equals(header.subarray(16, 24))) break
    uncommitted.push(frame.readUInt32BE(0))
    const isCommit = frame.readUInt32BE(4) > 0
    if (!isCommit) continue
    for (const page of uncommitted) committed.add(page)
    uncommitted = []
  }
  return committed
}
