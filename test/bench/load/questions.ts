import type { OptionValues } from '../../../sandbox/member-client/command-options.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { fieldOf, numberIn, textOf } from '../../support/read.ts'
import type { Server } from './servers.ts'

/** A command whose answer has a number that grows with the log, so that it can be compared with the truth. */
export interface Question {
  readonly path: string
  readonly values: (server: Server) => OptionValues
  /** The number in an answer. */
  readonly shown: (message: Message) => number
  /** What an entry adds to it. */
  readonly counts: (entry: LogEntry, server: Server) => number
}

const RECENT: Question = {
  path: 'audit recent',
  values: () => ({}),
  shown: (message) => numberIn(/ of ([\d,]+), newest first/.exec(textOf(message))?.[1]),
  counts: () => 1,
}

const USER: Question = {
  path: 'audit user',
  values: ({ moderators }) => ({ user: moderators[1]?.userId ?? '' }),
  shown: (message) => numberIn(fieldOf(message, 'Actions')),
  counts: ({ user_id }, { moderators }) => (user_id === moderators[1]?.userId ? 1 : 0),
}

const DELETES: Question = {
  path: 'audit deletes',
  values: () => ({}),
  shown: (message) => numberIn(fieldOf(message, 'Messages deleted')),
  counts: ({ action_type, options }) => (action_type === 72 ? Number(options?.count ?? 1) : 0),
}

const ACTIVITY: Question = {
  path: 'audit activity',
  values: () => ({}),
  shown: (message) => numberIn(/([\d,]+) actions? by/.exec(textOf(message))?.[1]),
  counts: () => 1,
}

/** One question after the other, in turn. */
export function questionOf(index: number): Question {
  return [USER, DELETES, ACTIVITY][index % 4] ?? RECENT
}

/** The number that is right now, by the sandbox's log. */
export function truth({ counts }: Question, server: Server): number {
  return server.guild.log.since().reduce((sum, entry) => sum + counts(entry, server), 0)
}

/** How much of the truth no event has told. */
export function untold(question: Question, server: Server): number {
  return question === DELETES ? server.untold : 0
}
