import { setTimeout as sleep } from 'node:timers/promises'
import { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import type { Reply } from '../../../sandbox/member-client/reply.ts'
import { Random } from '../../../sandbox/town/random.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import type { Guild } from '../../../sandbox/world/guild.ts'
import { isDelete, messagesIn } from '../../support/entries/truth.ts'
import { fieldOf, numberIn, textOf } from '../../support/read.ts'
import { act } from '../actions.ts'
import { ARCHIVE_DOWN, isAnswered, isPartial, totalIn } from '../answers.ts'
import type { Period } from './connections.ts'

/** What a reply says if its process is stopped meanwhile. */
const STOPPING = /Custos is stopping/

export interface TrafficOptions {
  readonly town: Town
  readonly guilds: readonly Guild[]
  readonly seed: number
  readonly eventsPerSecond: number
  readonly questionsPerSecond: number
}

/** A question to which no answer came, and when it was waited for. */
export interface Unanswered extends Readonly<Period> {
  readonly guild: Guild
  /** The reply, which says that the archive cannot be reached; undefined if there was none. */
  readonly reply?: string
}

/** What moderators ask, with what is true of it: a number that only grows. */
const QUESTIONS = [
  {
    path: 'audit recent',
    truth: ({ log }: Guild) => log.since().length,
    shown: ({ message }: Reply) => totalIn(textOf(message)),
  },
  {
    path: 'audit deletes',
    truth: ({ log }: Guild) => messagesIn(log.since().filter(isDelete)),
    shown: ({ message }: Reply) => numberIn(fieldOf(message, 'Messages deleted')),
  },
] as const

type Question = (typeof QUESTIONS)[number]

/** Moderators who act and ask in all guilds at a steady rate. Every answer has to be right, or to say what is missing. */
export class Traffic {
  events = 0
  answers = 0
  /** How many answers said that something is missing. */
  partial = 0
  readonly unanswered: Unanswered[] = []
  readonly problems: string[] = []
  /** When each guild got an answer in which nothing was missing. */
  readonly answeredAt = new Map<Guild, number[]>()
  readonly #options: TrafficOptions
  readonly #stopping = new AbortController()
  readonly #running: Promise<unknown>[] = []

  constructor(options: TrafficOptions) {
    this.#options = options
  }

  start(): void {
    const { town, guilds, seed, eventsPerSecond, questionsPerSecond } = this.#options
    const [acting, asking] = [new Random(seed), new Random(seed + 1)]
    const actOnce = () => {
      act({ random: acting, town }, acting.pick(guilds))
      this.events++
    }
    this.#running.push(
      this.#repeat(1000 / eventsPerSecond, actOnce),
      this.#repeat(1000 / questionsPerSecond, () => {
        this.#running.push(this.#check(asking.pick(guilds), asking.weighted(weighted(QUESTIONS))))
      }),
    )
  }

  /** Resolves once the last question is answered. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    // Questions are added as long as it runs.
    for (const running of this.#running) await running
  }

  /** Asks each question in a guild, after everything has happened. @returns what is wrong, a line each */
  async wrongAnswers(guild: Guild): Promise<string[]> {
    const wrong = QUESTIONS.map(async (question) => {
      const reply = await this.#ask(guild, question)
      if (!reply) return `/${question.path} is not answered.`
      const [truth, shown] = [question.truth(guild), question.shown(reply)]
      const text = textOf(reply.message)
      return isPartial(text) || shown !== truth ? `${truth} is right, but /${question.path}: ${text}` : []
    })
    return (await Promise.all(wrong)).flat()
  }

  async #check(guild: Guild, question: Question): Promise<void> {
    const from = performance.now()
    const least = question.truth(guild)
    const reply = await this.#ask(guild, question)
    if (!reply) {
      this.unanswered.push({ guild, from, until: performance.now() })
      return
    }
    const text = textOf(reply.message)
    if (ARCHIVE_DOWN.test(text) || STOPPING.test(text)) {
      this.unanswered.push({ guild, from, until: performance.now(), reply: text })
      return
    }
    this.answers++
    if (isPartial(text)) {
      this.partial++
      return
    }
    const [most, shown] = [question.truth(guild), question.shown(reply)]
    // It says as of when its counts are.
    if (shown < least && text.includes('may be higher')) this.partial++
    else if (shown >= least && shown <= most) {
      this.answeredAt.set(guild, [...(this.answeredAt.get(guild) ?? []), performance.now()])
    } else this.problems.push(`${least} to ${most} is right, but /${question.path}: ${text}`)
  }

  /** The reply to a question; undefined if none came. */
  async #ask(guild: Guild, { path }: Question): Promise<Reply | undefined> {
    const { town } = this.#options
    const [channelId = ''] = town.channels
    const client = new MemberClient(town.discord, town.moderators[0]?.id ?? '', {
      guild,
      channelId,
      applicationId: town.bot.id,
    })
    const reply = client.send(path, path === 'audit deletes' ? { since: '30d' } : {})
    try {
      await reply.until(() => isAnswered(reply))
      return reply
    } catch {
      return undefined
    }
  }

  /** Does something again and again, on average so often that as many milliseconds lie between two times. */
  async #repeat(pause: number, run: () => void): Promise<void> {
    const { signal } = this.#stopping
    let next = performance.now()
    while (!signal.aborted) {
      run()
      next = Math.max(next + pause, performance.now() - 1000)
      await sleep(Math.max(next - performance.now(), 0), undefined, { signal }).catch(() => {})
    }
  }
}

function weighted<Item>([first, ...others]: readonly Item[]): (readonly [Item, number])[] {
  return [...(first === undefined ? [] : [[first, 3] as const]), ...others.map((item) => [item, 1] as const)]
}
