/** Lets pass or stops what may happen at some times only, such as connections to Discord. It is open at first. */
export class Gate {
  readonly #listeners: (() => void)[] = []
  #closed: PromiseWithResolvers<void> | undefined

  get isOpen(): boolean {
    return this.#closed === undefined
  }

  /** Resolves while it is open. */
  async opened(): Promise<void> {
    while (this.#closed) await this.#closed.promise
  }

  /** Calls a function each time it closes. */
  onClose(listener: () => void): void {
    this.#listeners.push(listener)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = Promise.withResolvers()
    for (const listener of this.#listeners) listener()
  }

  open(): void {
    this.#closed?.resolve()
    this.#closed = undefined
  }
}
