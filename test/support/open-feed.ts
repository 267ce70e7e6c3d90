import type { OptionValues } from '../../sandbox/member-client/command-options.ts'
import { componentsOf } from '../../sandbox/member-client/components.ts'
import { addModLog } from '../../sandbox/town/mod-log.ts'
import type { Message } from '../../sandbox/world/message.ts'
import { liftLimits } from './lift-limits.ts'
import { READ } from './log-messages.ts'
import { type OpenCustos, type OpenCustosOptions, openCustos } from './open-custos.ts'
import { textOf } from './read.ts'

/** How long a test lets time pass at most until it looks at what has happened, in milliseconds. */
const LONGEST_STEP = 10_000

/** Custos in a guild with a channel `#mod-log`, in which it may post. */
export interface OpenFeed extends OpenCustos {
  /** The id of `#mod-log`. */
  readonly modLog: string
  /** What was posted in `#mod-log`, or another channel, and is not deleted, oldest first. */
  posts(channelId?: string): Message[]
  /** Lets time pass until a condition is true, while nothing is in flight. */
  until(condition: () => boolean, end?: number): Promise<void>
  /** Lets so many milliseconds pass, and Custos do all that is due by then. */
  pass(milliseconds: number): Promise<void>
  /** Waits until everything that has happened is stored. */
  arrived(): Promise<void>
  /** Waits for so many posts in `#mod-log`, or another channel. */
  posted(count: number, channelId?: string): Promise<Message[]>
  /** Waits until a text is in a post in `#mod-log`. */
  shows(text: string | RegExp): Promise<Message>
  /** Adds a feed to `#mod-log`. */
  addFeed(options?: OptionValues): Promise<void>
}

/** Starts Custos, whose log is read, and adds a feed unless `feed` is false. */
export async function openFeed({
  feed = {},
  ...options
}: OpenCustosOptions & { readonly feed?: OptionValues | false } = {}): Promise<OpenFeed> {
  let modLog = ''
  const here = await openCustos({
    ...options,
    prepare: (town) => {
      modLog = addModLog(town)
      options.prepare?.(town)
    },
  })
  liftLimits(here.discord)
  const { conversation } = here.discord
  const until = async (condition: () => boolean, end = Number.POSITIVE_INFINITY) => {
    while (!condition()) {
      await here.inFlight.landed()
      if (!condition()) here.clock.advanceToNext(Math.min(end - here.clock.elapsed(), LONGEST_STEP))
    }
  }
  const posts = (channelId = modLog) => conversation.messagesIn(channelId)
  const find = (text: string | RegExp) =>
    posts().find((post) => (typeof text === 'string' ? textOf(post).includes(text) : text.test(textOf(post))))
  const opened: OpenFeed = {
    ...here,
    modLog,
    posts,
    until,
    pass: async (milliseconds) => {
      const end = here.clock.elapsed() + milliseconds
      await until(() => here.clock.elapsed() >= end, end)
      await here.inFlight.landed()
    },
    arrived: async () => void (await here.moderator.command('audit recent')),
    posted: async (count, channelId) => {
      await until(() => posts(channelId).length >= count)
      return posts(channelId)
    },
    shows: async (text) => {
      await until(() => find(text) !== undefined)
      const post = find(text)
      if (!post) throw new Error('The post was deleted.')
      return post
    },
    addFeed: async (values = {}) => {
      const { message } = await here.moderator.command('custos feed add', { to: modLog, ...values })
      if (!/is set/.test(textOf(message))) throw new Error(`The feed was not set: ${textOf(message)}`)
    },
  }
  await here.log.waitFor(READ)
  if (feed !== false) await opened.addFeed(feed)
  return opened
}

/** The labels of the buttons under a message. */
export function buttonsUnder(message: Message): unknown[] {
  return componentsOf(message).flatMap(({ label }) => (label === undefined ? [] : [label]))
}
