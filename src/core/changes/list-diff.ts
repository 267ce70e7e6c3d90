import { isRecord } from '../json.ts'

/** The difference between two lists. */
interface ListDiff {
  readonly added: readonly unknown[]
  readonly removed: readonly unknown[]
  /** Objects that are on both sides and differ. */
  readonly changed: readonly { readonly before: unknown; readonly after: unknown }[]
}

/**
 * Compares two lists, ignoring the order of their items.
 * @param by the field that identifies an object on both sides. Without it, an object that differs counts as removed and
 *   added.
 */
export function listDiff(before: readonly unknown[], after: readonly unknown[], by?: string): ListDiff {
  const [inAfter, inBefore] = [new Set(after.map(identity)), new Set(before.map(identity))]
  const removed = before.filter((item) => !inAfter.has(identity(item)))
  const added = after.filter((item) => !inBefore.has(identity(item)))
  if (by === undefined) return { added, removed, changed: [] }
  const [removedBy, addedBy] = [uniqueBy(removed, by), uniqueBy(added, by)]
  const changed = [...removedBy].flatMap(([key, item]) =>
    addedBy.has(key) ? [{ before: item, after: addedBy.get(key) }] : [],
  )
  const inBoth = new Set(changed.flatMap((pair) => [pair.before, pair.after]))
  const alone = (items: readonly unknown[]) => items.filter((item) => !inBoth.has(item))
  return { added: alone(added), removed: alone(removed), changed }
}

/** A text that is the same for equal values, whatever the order of the fields of objects. */
export function identity(item: unknown): string {
  return (
    JSON.stringify(item, (_, value) =>
      isRecord(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    ) ?? ''
  )
}

/** Objects by the value of a field, without those whose value is shared by another. */
function uniqueBy(items: readonly unknown[], by: string): Map<unknown, unknown> {
  const byKey = Map.groupBy(items.filter(isRecord), (item) => item[by])
  return new Map(
    [...byKey].flatMap(([key, [item, ...others]]) =>
      key === undefined || key === null || others.length > 0 ? [] : [[key, item]],
    ),
  )
}
