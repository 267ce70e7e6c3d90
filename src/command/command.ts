import type { ArchiveReader } from '../core/archive.ts'
import type { Entry } from '../core/audit-log/entry.ts'
import type { KnownCoverage } from '../core/coverage/known-coverage.ts'
import type { SyncStatus } from '../core/coverage/sync-status.ts'
import type { Erasing } from '../core/erasure.ts'
import { UserError } from '../core/errors.ts'
import type { EntryActionName, Page } from '../core/query/component-action.ts'
import type { QueryDraft, SavedQuery } from '../core/query/saved-query.ts'
import type { Snowflake } from '../core/snowflake.ts'
import type { ParseContext } from '../core/time/when.ts'
import type { Reply } from '../view/reply.ts'
import { type Suggestion, suggestionsFor } from './autocomplete.ts'
import type { CommandContext } from './context.ts'
import { type Arguments, areArguments, type Options } from './option.ts'

export type { Reply, Suggestion }

/** What an answer is made of. */
export interface CommandRequest {
  readonly query: SavedQuery
  /** What the archive finds the question by, for the buttons under the answer. */
  readonly number: number
  readonly page: Page
  readonly archive: ArchiveReader
  /** What is known of the log at the moment it was asked. */
  readonly coverage: KnownCoverage
  readonly syncStatus: SyncStatus
  /** What the reader has to know first, such as that Discord could not be read. */
  readonly notice: string | undefined
  readonly context: CommandContext
}

/** What an answer asked to be confirmed, and was. */
export interface ConfirmedRequest {
  readonly query: SavedQuery
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
  parse(values: Readonly<Record<string, unknown>>, asked: ParseContext): QueryDraft
  /** Answers a page of the question from the archive. */
  answer(asking: CommandRequest): Promise<Reply>
  /** Does what its answer asks to be confirmed; absent where it asks for nothing. */
  confirmed?(confirmed: ConfirmedRequest): Promise<Reply>
  /** What an option offers while its value is typed, best first. */
  suggest(option: string, typed: string, asked: ParseContext, archive: ArchiveReader): Promise<Suggestion[]>
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
  parse(targetId: Snowflake, asked: ParseContext): Navigation
}

/** An entry that is to be shown, and to whom. */
export interface EntryRequest {
  readonly entry: Entry
  readonly askerId: Snowflake
  readonly archive: ArchiveReader
  /** What the reader has to know first. */
  readonly notice?: string | undefined
}

/** What can be done with one entry of a list, and from there. */
export interface EntryView {
  /** Shows the entry whole. */
  show(showing: EntryRequest): Promise<Reply>
  /** Shows what its target was before and after it. */
  showDiff(showing: EntryRequest): Promise<Reply>
  /** Asks for a list: of the entries around it, of its actor's, or of those on its target. */
  navigate(showing: EntryRequest, to: NavigationKind): Promise<Navigation>
  /** Asks what bots did for the moderator whom a question is about. */
  onBehalfOf(question: SavedQuery): Navigation
  /** Asks what was done to a target, as `writeTargets` wrote it, in the window of a question that named it. */
  history(question: SavedQuery, written: string): Navigation
}

/** A question that a button or a menu asks, and the path of the subcommand that answers it. */
export interface Navigation {
  readonly path: string
  readonly draft: QueryDraft
}

/** Where the buttons under an entry lead to other answers. */
export type NavigationKind = Exclude<EntryActionName, 'sides'>

/** Makes a subcommand whose options give its handler the types of its arguments. */
export function subcommand<const Chosen extends Options>(definition: {
  name: string
  description: string
  options: Chosen
  ask(args: Arguments<Chosen>, asked: ParseContext): QueryDraft
  answer(asking: CommandRequest): Promise<Reply>
  confirmed?(confirmed: ConfirmedRequest): Promise<Reply>
}): Subcommand {
  const { options } = definition
  return {
    ...definition,
    parse(values, asked) {
      if (areArguments(options, values)) return definition.ask(values, asked)
      throw new UserError('Discord sent options that this command does not know. Try again in a minute.')
    },
    async suggest(option, typed, asked, archive) {
      const suggests = options[option]?.suggests
      return suggests ? suggestionsFor(suggests, typed, asked, archive) : []
    },
  }
}
