import { type OpenFeed, openFeed } from '../support/open-feed.ts'
import { textOf } from '../support/read.ts'
import { shown, typed } from './page.ts'

/** How long a feed still gathers what comes, at most, when something was due, in milliseconds. */
const SETTLED = 2000

/** A guild with a `#mod-log`, whose posts look the same whenever they are drawn. */
export interface PostScene extends OpenFeed {
  /** Types a command, and returns the drawn reply. */
  type(line: string): Promise<string>
  /** Lets so many milliseconds pass, and waits until everything is posted that is due by then. */
  rest(milliseconds: number): Promise<void>
  /** Has things happen, so many milliseconds one after the other. Nothing is posted before all of them have arrived. */
  happen(apart: number, ...acts: readonly (() => void)[]): Promise<void>
  /**
   * Waits until the last post has a text, and draws it as it looks so many milliseconds from now.
   * @param milliseconds more than it takes, so that it does not matter how long it took
   */
  post(text: string, milliseconds: number): Promise<string>
}

/** Starts Custos, whose log is read, and adds a feed unless `feed` is false. */
export async function openScene(options: Parameters<typeof openFeed>[0] = {}): Promise<PostScene> {
  const here = await openFeed(options)
  const { clock, posts, until } = here
  return {
    ...here,
    type: async (line) => shown(here, line, await typed(here, line)),
    rest: async (milliseconds) => {
      clock.advance(milliseconds - SETTLED)
      await here.pass(SETTLED)
    },
    happen: async (apart, ...acts) => {
      for (const [index, act] of acts.entries()) {
        // Only the time of day moves on.
        if (index > 0) clock.step(apart)
        act()
      }
      await here.arrived()
    },
    post: async (text, milliseconds) => {
      const end = clock.now() + milliseconds
      const awaited = () =>
        posts()
          .slice(-1)
          .find((post) => textOf(post).includes(text))
      await until(() => awaited() !== undefined, end)
      const post = awaited()
      if (!post) throw new Error('The post was deleted.')
      clock.step(end - clock.now())
      return shown(here, '#mod-log', post)
    },
  }
}
