/** Items that wait, each under a key such as a guild: the keys take turns, and the items of one key come in order. */
export class FairQueue<Key, Item> {
  /** The key whose turn is next comes first. */
  readonly #byKey = new Map<Key, Item[]>()
  readonly #compare: (a: Item, b: Item) => number
  #size = 0

  /** @param compare orders the items of one key, as for sorting; by default, they stay as they were added */
  constructor(compare: (a: Item, b: Item) => number = () => 0) {
    this.#compare = compare
  }

  get size(): number {
    return this.#size
  }

  add(key: Key, item: Item): void {
    const waiting = this.#byKey.get(key) ?? []
    const previous = waiting.findLastIndex((other) => this.#compare(other, item) <= 0)
    waiting.splice(previous + 1, 0, item)
    this.#byKey.set(key, waiting)
    this.#size++
  }

  /**
   * Removes and returns the next item; undefined if none waits. Every other key comes before the next item of its key.
   * @param mayTake whether a key can have its turn, judged by its first item; keys that cannot keep their places
   */
  take(mayTake: (item: Item) => boolean = () => true): Item | undefined {
    for (const [key, waiting] of this.#byKey) {
      const [item] = waiting
      if (item === undefined || !mayTake(item)) continue
      waiting.shift()
      this.#byKey.delete(key)
      if (waiting.length > 0) this.#byKey.set(key, waiting)
      this.#size--
      return item
    }
    return undefined
  }

  /** Removes an item, if it waits. */
  remove(key: Key, item: Item): void {
    const waiting = this.#byKey.get(key) ?? []
    const index = waiting.indexOf(item)
    if (index < 0) return
    waiting.splice(index, 1)
    if (waiting.length === 0) this.#byKey.delete(key)
    this.#size--
  }

  /** Removes and returns the items of a key. */
  takeAll(key: Key): Item[] {
    const items = this.#byKey.get(key) ?? []
    this.#byKey.delete(key)
    this.#size -= items.length
    return items
  }

  /** Removes and returns all items. */
  clear(): Item[] {
    const items = [...this.#byKey.values()].flat()
    this.#byKey.clear()
    this.#size = 0
    return items
  }
}
