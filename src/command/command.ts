import type { ArchiveReader } from '../core/archive.ts'
import type { Entry } from '../core/audit-log/entry.ts'
import type { KnownCoverage } from '../core/coverage/coverage.ts'
import type { Standing } from '../core/coverage/sync-status.ts'
import type { Erasing } from '../core/erasure.ts'
import { UserError } from '../core/errors.ts'
import type { FromEntry, Turn } from '../core/query/component-action.ts'
import type { Draft, Question } from '../core/query/saved-query.ts'
import type { Snowflake } from '../core/snowflake.ts'
import type { Asked } from '../core/time/when.ts'
import type { Reply } from '../view/reply.ts'
import { type Suggestion, suggestionsFor } from './autocomplete.ts'
import type { Place } from './context.ts'
import { type Arguments, areArguments, type Options } from './option.ts'

export type { Reply, Suggestion }

/** What an answer is made of. */
export interface Asking {
  readonly question: Question
  /** What the archive finds the question by, for the buttons under the answer. */
  readonly number: number
  readonly turn: Turn
  readonly archive: ArchiveReader
  /** What is known of the log at the moment it was asked. */
  readonly coverage: KnownCoverage
  readonly standing: Standing
  /** What the reader has to know first, such as that Discord could not be read. */
  readonly notice: string | undefined
  readonly place: Place
}

/** What an answer asked to be confirmed, and was. */
export interface Confirmed {
  readonly question: Question
  /** The moment it was confirmed, as an id: before it lies all that happened before. */
  readonly at: Snowflake
  readonly erasing: Erasing
  /** Says how far it is, in place of what was asked. */
  report(sentence: string): Promise<void>
}

/** A subcommand: what is registered and what runs, in one object. */
export interface Subcommand {
  readonly name: string
  readonly description: string
  readonly options: Options
  /**
   * Understands what was typed.
   * @throws UserError for what cannot be understood
   */
  ask(values: Readonly<Record<string, unknown>>, asked: Asked): Draft
  /** Answers a page of the question from the archive. */
  answer(asking: Asking): Promise<Reply>
  /** Does what its answer asks to be confirmed; absent where it asks for nothing. */
  confirmed?(confirmed: Confirmed): Promise<Reply>
  /** What an option offers while its value is typed, best first. */
  suggest(option: string, typed: string, asked: Asked, archive: ArchiveReader): Promise<Suggestion[]>
}

/** A command as it stands in Discord's list, in guilds alone. */
export interface Command {
  readonly name: string
  readonly description: string
  /** The permission of the members it is shown to, unless a guild's admins say otherwise. */
  readonly permission: 'ViewAuditLog' | 'ManageGuild'
  readonly subcommands: readonly Subcommand[]
}

/** A command in the menu that opens on a user or a message, and the question it asks of that one. */
export interface MenuCommand {
  /** As the menu shows it. */
  readonly name: string
  readonly of: 'user' | 'message'
  ask(targetId: Snowflake, asked: Asked): Jumped
}

/** An entry that is to be shown, and to whom. */
export interface Showing {
  readonly entry: Entry
  readonly askerId: Snowflake
  readonly archive: ArchiveReader
  /** What the reader has to know first. */
  readonly notice?: string | undefined
}

/** What can be done with one entry of a list, and from there. */
export interface EntryView {
  /** Shows the entry whole. */
  show(showing: Showing): Promise<Reply>
  /** Shows what its target was before and after it. */
  showSides(showing: Showing): Promise<Reply>
  /** Asks for a list: of the entries around it, of its actor's, or of those on its target. */
  jump(showing: Showing, to: Jump): Promise<Jumped>
  /** Asks what bots did for the moderator whom a question is about. */
  through(question: Question): Jumped
  /** Asks what was done to a target, as `writeTargets` wrote it, in the window of a question that named it. */
  history(question: Question, written: string): Jumped
}

/** A question that a button or a menu asks, and the path of the subcommand that answers it. */
export interface Jumped {
  readonly path: string
  readonly draft: Draft
}

/** Where the buttons under an entry lead to other answers. */
export type Jump = Exclude<FromEntry, 'sides'>

/** Makes a subcommand whose options give its handler the types of its arguments. */
export function subcommand<const Chosen extends Options>(definition: {
  name: string
  description: string
  options: Chosen
  ask(args: Arguments<Chosen>, asked: Asked): Draft
  answer(asking: Asking): Promise<Reply>
  confirmed?(confirmed: Confirmed): Promise<Reply>
}): Subcommand {
  const { options } = definition
  return {
    ...definition,
    ask(values, asked) {
      if (areArguments(options, values)) return definition.ask(values, asked)
      throw new UserError('Discord sent options that this command does not know. Try again in a minute.')
    },
    async suggest(option, typed, asked, archive) {
      const suggests = options[option]?.suggests
      return suggests ? suggestionsFor(suggests, typed, asked, archive) : []
    },
  }
}
