/** The checksum of SQLite's write-ahead log: two unsigned 32-bit numbers. */
export type Checksum = readonly [number, number]

export const ZERO: Checksum = [0, 0]

/**
 * Continues a checksum over more bytes.
 * @param bytes a multiple of 8
 * @param isLittleEndian the byte order of the numbers, from the log's header
 * https://sqlite.org/walformat.html#checksum_algorithm
 */
export function addToChecksum([first, second]: Checksum, bytes: Buffer, isLittleEndian: boolean): Checksum {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let [s0, s1] = [first, second]
  for (let at = 0; at < bytes.length; at += 8) {
    s0 = (s0 + words.getUint32(at, isLittleEndian) + s1) >>> 0
    s1 = (s1 + words.getUint32(at + 4, isLittleEndian) + s0) >>> 0
  }
  return [s0, s1]
}

/** Whether eight bytes are a checksum as a log stores it, which is always big-endian. */
export function bytesMatch([s0, s1]: Checksum, bytes: Buffer): boolean {
  return bytes.readUInt32BE(0) === s0 && bytes.readUInt32BE(4) === s1
}
