import type { ArchiveReader } from '../core/archive.ts'
import type { KnownCoverage } from '../core/coverage/known-coverage.ts'
import type { SyncStatus } from '../core/coverage/sync-status.ts'
import type { Erasing } from '../core/erasure.ts'
import { UserError } from '../core/errors.ts'
import type { Page } from '../core/query/page.ts'
import type { QueryDraft, SavedQuery } from '../core/query/saved-query.ts'
import type { Snowflake } from '../core/snowflake.ts'
import type { ParseContext } from '../core/time/bound.ts'
import type { ChannelMessage } from '../view/channel-message.ts'
import type { Reply } from '../view/reply.ts'
import { suggestionsFor } from './autocomplete/suggestions.ts'
import type { CommandContext, Permission } from './context.ts'
import { type Arguments, areArguments, type Options, type Suggestion } from './option.ts'

// For `src/discord`, which does not import views.
export type { ChannelMessage, Reply }

/** The answer of a command. */
export interface Answer extends Reply {
  /**
   * The same reply with a part that takes longer, such as a chart; undefined if that part failed. The reply is shown
   * without it if it is not ready soon. Absent if nothing takes longer.
   */
  readonly whole?: Promise<Reply | undefined>
}

/** What a command needs to answer a page of its query. */
export interface CommandRequest {
  readonly query: SavedQuery
  /** The number under which the archive stores the query. The components of the answer refer to it. */
  readonly number: number
  readonly page: Page
  readonly archive: ArchiveReader
  /** The coverage of the log when the command was run. */
  readonly coverage: KnownCoverage
  readonly syncStatus: SyncStatus
  /** A sentence above the answer, such as that Discord could not be read. */
  readonly notice: string | undefined
  readonly context: CommandContext
}

/** What a member has to confirm before a command does it. */
export interface Confirmation {
  /**
   * Checks that the member may do it, with what they typed into the form of the button, if it has one.
   * @throws UserError if not; they can try again
   */
  check(
    request: Pick<CommandRequest, 'query' | 'context'> & { readonly typed: string | undefined },
  ): Promise<void>
  /** Does it. It runs at most once. */
  run(request: ConfirmedRequest): Promise<Reply>
}

/** A command that a member ran and then confirmed. */
export interface ConfirmedRequest {
  readonly query: SavedQuery
  /** How many entries the member was told that it is about; undefined if an earlier version asked. */
  readonly announced: number | undefined
  /** The id of the interaction that confirmed it: everything older happened before. */
  readonly at: Snowflake
  readonly archive: ArchiveReader
  readonly erasing: Erasing
  readonly context: CommandContext
  /** Shows progress in place of the message that was confirmed; if it fails then, its last sentence stays. */
  report(sentence: string): void
}

/** A subcommand, as Discord registers it and as it runs. */
export interface Subcommand {
  readonly name: string
  readonly description: string
  readonly options: Options
  /**
   * Reads the options as Discord sent them.
   * @throws UserError for options that cannot be understood
   */
  parse(values: Readonly<Record<string, unknown>>, context: ParseContext): QueryDraft
  /** Answers a page of the query from the archive. */
  answer(request: CommandRequest): Promise<Answer>
  /** Absent if there is nothing to confirm. */
  readonly confirmation?: Confirmation
  /** The suggestions for an option while a member types it, best first. */
  suggest(option: string, typed: string, context: ParseContext, archive: ArchiveReader): Promise<Suggestion[]>
}

/** A command as Discord lists it. It can be used in guilds only. */
export interface Command {
  readonly name: string
  readonly description: string
  /** Members with this permission see the command, unless the guild's admins decide otherwise. */
  readonly permission: Permission
  readonly subcommands: readonly Subcommand[]
  readonly groups?: readonly SubcommandGroup[]
}

/** Subcommands that are listed under a name of their own, such as `/custos feed`. */
export interface SubcommandGroup {
  readonly name: string
  readonly description: string
  readonly subcommands: readonly Subcommand[]
}

/** A command in the context menu of a user or a message. */
export interface MenuCommand {
  /** As the menu shows it. */
  readonly name: string
  readonly target: 'user' | 'message'
  /** @param channelId the channel that it was used in, which is that of the message; undefined if Discord did not say */
  handle(targetId: Snowflake, context: ParseContext, channelId: Snowflake | undefined): Navigation
}

/** A query to run, and the path of the subcommand that answers it. */
export interface Navigation {
  readonly path: string
  readonly draft: QueryDraft
}

/** Makes a subcommand whose handler gets typed arguments from the definition of its options. */
export function subcommand<const Chosen extends Options>(
  definition: Pick<Subcommand, 'name' | 'description' | 'answer' | 'confirmation'> & {
    options: Chosen
    draft(args: Arguments<Chosen>, context: ParseContext): QueryDraft
  },
): Subcommand {
  const { options, draft, ...rest } = definition
  return {
    ...rest,
    options,
    parse(values, context) {
      if (areArguments(options, values)) return draft(values, context)
      throw new UserError('Discord sent options that this command does not have. Try again in a minute.')
    },
    async suggest(option, typed, context, archive) {
      const suggests = options[option]?.suggests
      return suggests ? suggestionsFor(suggests, typed, context, archive) : []
    },
  }
}
