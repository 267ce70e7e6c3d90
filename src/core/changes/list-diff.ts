import { isRecord } from '../json.ts'

/** How a list differs from what it was. */
export interface ListDiff {
  readonly added: readonly unknown[]
  readonly removed: readonly unknown[]
  /** Objects that are on both sides, and changed. */
  readonly changed: readonly { readonly before: unknown; readonly after: unknown }[]
}

/**
 * Compares two lists, whatever the order of their items.
 * @param by the field by which an object is the same before and after; without it, one that changed counts as removed
 *   and added
 */
export function listDiff(before: readonly unknown[], after: readonly unknown[], by?: string): ListDiff {
  const [kept, keptBefore] = [new Set(after.map(identity)), new Set(before.map(identity))]
  const removed = before.filter((item) => !kept.has(identity(item)))
  const added = after.filter((item) => !keptBefore.has(identity(item)))
  if (by === undefined) return { added, removed, changed: [] }
  const [was, type] = [onlyOnes(removed, by), onlyOnes(added, by)]
  const changed = [...was].flatMap(([key, item]) =>
    type.has(key) ? [{ before: item, after: type.get(key) }] : [],
  )
  const inBoth = new Set(changed.flatMap((pair) => [pair.before, pair.after]))
  const alone = (items: readonly unknown[]) => items.filter((item) => !inBoth.has(item))
  return { added: alone(added), removed: alone(removed), changed }
}

/** A text that is the same for equal values, in whatever order Discord sends the fields of objects. */
export function identity(item: unknown): string {
  return (
    JSON.stringify(item, (_, value) =>
      isRecord(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    ) ?? ''
  )
}

/** Objects by the value of a field, without those that share the value with another. */
function onlyOnes(items: readonly unknown[], by: string): Map<unknown, unknown> {
  const byKey = Map.groupBy(items.filter(isRecord), (item) => item[by])
  return new Map(
    [...byKey].flatMap(([key, [item, ...others]]) =>
      key === undefined || key === null || others.length > 0 ? [] : [[key, item]],
    ),
  )
}
