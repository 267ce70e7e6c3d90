/**
 * The columns of a packed day: the values of its entries one after another, little-endian. Ids have 64 bits, and are -1
 * where there is none. Kinds and counts have as few bytes as all of them fit in: 2 for a kind, 1 or 4 for a count, or else
 * 8 as floating-point numbers.
 */

/** The lower and the upper half of each id, in turns: JavaScript reads two halves much faster than a BigInt. */
export type Ids = Uint32Array

export type Counts = Uint8Array | Uint32Array | Float64Array

export type KindColumn = Int16Array | Float64Array

export function packValues(values: Ids | KindColumn | Counts): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

export function unpackIds(column: Uint8Array): Ids {
  const { buffer, byteOffset, length } = aligned(column)
  return new Uint32Array(buffer, byteOffset, length / Uint32Array.BYTES_PER_ELEMENT)
}

/** @param entries how many entries the day has */
export function unpackKinds(column: Uint8Array, entries: number): KindColumn {
  const { buffer, byteOffset, length } = aligned(column)
  return length === entries * Int16Array.BYTES_PER_ELEMENT
    ? new Int16Array(buffer, byteOffset, entries)
    : new Float64Array(buffer, byteOffset, entries)
}

/** @param entries how many entries the day has */
export function unpackCounts(column: Uint8Array, entries: number): Counts {
  const { buffer, byteOffset, length } = aligned(column)
  if (length === entries) return column
  return length === entries * Uint32Array.BYTES_PER_ELEMENT
    ? new Uint32Array(buffer, byteOffset, entries)
    : new Float64Array(buffer, byteOffset, entries)
}

/** Kinds in the narrowest array that holds them. */
export function kindsOf(kinds: readonly number[]): KindColumn {
  const isNarrow = kinds.every((kind) => Math.abs(kind) < 2 ** 15)
  return isNarrow ? Int16Array.from(kinds) : Float64Array.from(kinds)
}

/** Counts in the narrowest array that holds them. */
export function countsOf(counts: readonly number[]): Counts {
  const isWithin = (most: number) => counts.every((count) => count >= 0 && count <= most)
  if (isWithin(0xff)) return Uint8Array.from(counts)
  return isWithin(0xffff_ffff) ? Uint32Array.from(counts) : Float64Array.from(counts)
}

/** Ids from their lower and upper halves. */
export function idsOf(low: readonly number[], high: readonly number[]): Ids {
  const ids = new Uint32Array(2 * low.length)
  for (const [index, half] of low.entries()) {
    ids[2 * index] = half
    ids[2 * index + 1] = high[index] ?? 0
  }
  return ids
}

/** The column where a typed array can begin. */
function aligned(column: Uint8Array): Uint8Array {
  return column.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0 ? column : column.slice()
}
