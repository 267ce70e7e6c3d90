/** Items that wait, each under a key such as a guild: the keys in rotation, and the items of one key in order. */
export class FairQueue<Key, Item> {
  readonly #byKey = new Map<Key, Item[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  add(key: Key, items: readonly Item[]): void {
    if (items.length === 0) return
    this.#size += items.length
    const waiting = this.#byKey.get(key)
    if (waiting) waiting.push(...items)
    else this.#byKey.set(key, [...items])
  }

  /** Removes and returns the next item; undefined if none waits. Then the other keys come first. */
  take(): Item | undefined {
    const [next] = this.#byKey
    if (!next) return undefined
    const [key, [item, ...rest]] = next
    this.#byKey.delete(key)
    if (rest.length > 0) this.#byKey.set(key, rest)
    this.#size--
    return item
  }

  /** Removes and returns the items of a key. */
  takeAll(key: Key): Item[] {
    const items = this.#byKey.get(key) ?? []
    this.#byKey.delete(key)
    this.#size -= items.length
    return items
  }
}
