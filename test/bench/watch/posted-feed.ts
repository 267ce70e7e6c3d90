import type { Message } from '../../../sandbox/world/message.ts'
import { type Shown, shownPosts, summarized } from '../../soak/watches/shown-posts.ts'

/** What a feed shows, and since when. It is a feed of everything, which posts in the order of the log. */
export class PostedFeed {
  /** When each act was done, and when it was first shown, by `performance.now()`. */
  readonly #actedAt: number[] = []
  readonly #shownAt: number[] = []
  /** How many acts each message shows, by its id. */
  readonly #shown = new Map<string, number>()

  acted(): void {
    this.#actedAt.push(performance.now())
  }

  /** A message was posted or edited. */
  changed(message: Message, shown: Shown): void {
    const { length } = shown.type === 'entries' ? shown.entries : []
    this.#shown.set(message.id, shown.type === 'counted' ? summarized(message).entries : length)
    const now = performance.now()
    while (this.#shownAt.length < this.total) this.#shownAt.push(now)
  }

  get total(): number {
    return [...this.#shown.values()].reduce((sum, each) => sum + each, 0)
  }

  get messages(): number {
    return this.#shown.size
  }

  /** How many acts are not shown; below zero if some are shown twice. */
  get missing(): number {
    return this.#actedAt.length - this.total
  }

  /** How long it took until each act was shown, in milliseconds. */
  get delays(): number[] {
    return this.#actedAt.flatMap((at, index) => {
      const shownAt = this.#shownAt[index]
      return shownAt === undefined ? [] : [shownAt - at]
    })
  }

  /** Forgets the delays so far. @throws Error if something is not shown yet */
  reset(): void {
    if (this.missing !== 0) throw new Error(`${this.missing} acts are not shown.`)
    this.#shown.clear()
    this.#actedAt.length = 0
    this.#shownAt.length = 0
  }
}

/** What a message of Custos in a channel shows; undefined for any other. */
export function shownIn(message: Message, botId: string): Shown | undefined {
  return shownPosts([message], botId)[0]?.shown
}
