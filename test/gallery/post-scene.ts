import { type OpenFeed, openFeed } from '../support/open-feed.ts'
import { textOf } from '../support/read.ts'
import { shown, typed } from './page.ts'

/** A guild with a `#mod-log`, whose posts look the same whenever they are drawn. */
export interface PostScene extends OpenFeed {
  /** Types a command, and returns the drawn reply. */
  type(line: string): Promise<string>
  /** Lets so many milliseconds pass, and Custos do all that is due by then. */
  rest(milliseconds: number): Promise<void>
  /** Has things happen, so many milliseconds one after the other. Nothing is posted before all of them have arrived. */
  happen(apart: number, ...acts: readonly (() => void)[]): Promise<void>
  /** Waits for something, and lets so many milliseconds pass altogether, no matter how long it took. */
  within(milliseconds: number, condition: () => boolean): Promise<void>
  /** Waits until the last post has a text, and draws it as it looks so many milliseconds from now. */
  post(text: string, milliseconds: number): Promise<string>
}

/** Starts Custos, whose log is read, and adds a feed unless `feed` is false. */
export async function openScene(options: Parameters<typeof openFeed>[0] = {}): Promise<PostScene> {
  const here = await openFeed(options)
  const { clock, inFlight, posts } = here
  const within = async (milliseconds: number, condition: () => boolean) => {
    const end = clock.now() + milliseconds
    for (;;) {
      await inFlight.landed()
      if (condition()) break
      if (clock.now() >= end) throw new Error(`It did not happen within ${milliseconds} ms.`)
      clock.advanceToNext(end - clock.now())
    }
    // Only the time of day moves on, so that nothing else is done.
    clock.step(end - clock.now())
  }
  return {
    ...here,
    type: async (line) => shown(here, line, await typed(here, line)),
    rest: here.pass,
    happen: async (apart, ...acts) => {
      for (const [index, act] of acts.entries()) {
        if (index > 0) clock.step(apart)
        act()
      }
      await here.arrived()
    },
    within,
    post: async (text, milliseconds) => {
      const awaited = () =>
        posts()
          .slice(-1)
          .find((post) => textOf(post).includes(text))
      await within(milliseconds, () => awaited() !== undefined)
      const post = awaited()
      if (!post) throw new Error('The post was deleted.')
      return shown(here, '#mod-log', post)
    },
  }
}
