import type { Archive } from '../core/archive.ts'
import type { SyncStatus } from '../core/coverage/sync-status.ts'
import type { Erasing } from '../core/erasure.ts'
import { UserError } from '../core/errors.ts'
import { isSnowflake, type Snowflake } from '../core/snowflake.ts'
import type { Answer, Command, Navigation } from './command.ts'
import type { CommandContext } from './context.ts'

/**
 * How an interaction is answered: with a new message that only the member sees, with a new message that everyone in the
 * channel sees, or by updating the message that the component is on.
 */
export type ReplyMode = 'ephemeral' | 'public' | 'update'

/**
 * Who may use a component: only the member who ran the command that it belongs to, or everyone who may use `/audit`. The
 * components under a post are for everyone, because nobody ran a command.
 */
export type Audience = 'asker' | 'moderators'

/** What a component needs to be handled. */
export interface ComponentRequest {
  readonly guildId: Snowflake
  /** The member who used it. */
  readonly askerId: Snowflake
  /** The id of the interaction. Its time is when the component was used. */
  readonly interactionId: Snowflake
  readonly commands: readonly Command[]
  readonly archive: Archive
  readonly erasing: Erasing
  /** The status of the guild's sync now. */
  syncStatus(): SyncStatus
  readonly context: CommandContext
  /** The option chosen in a select menu; undefined for a button, or if Discord did not send it. */
  readonly chosen: string | undefined
  /** The text typed into the component's form; undefined without a form, or if Discord did not send it. */
  readonly typed: string | undefined
}

/** Handles a component: returns an answer, or another query to answer. */
type Handle = (request: ComponentRequest) => Promise<Answer | Navigation>

/** A form with one line to type in. Discord shows it when a button is pressed. */
export interface Form {
  /** At most 45 characters, like `label`. */
  readonly title: string
  readonly label: string
  /** What to type, in at most 100 characters. */
  readonly description: string
  readonly placeholder?: string
  readonly maxLength: number
}

/** A button or select menu under an answer. */
export interface Component {
  /** The first part of its custom ids. It never changes, because sent messages contain it. */
  readonly name: string
  readonly mode: Exclude<ReplyMode, 'public'>
  readonly audience: Audience
  /** Shown when the button is pressed. The button is handled when it is submitted. Absent for most components. */
  readonly form?: Form
  /** Parses the parts of a custom id after the name and the member's id; undefined if they are not this component's. */
  parse(parts: readonly string[]): Handle | undefined
}

/** A component that writes its own custom ids. */
interface EncodedComponent<Params> extends Component {
  /**
   * At most 100 characters.
   * @param askerId the member who ran the command; `EVERYONE` for a component with another audience
   */
  toCustomId(askerId: Snowflake, params: Params): string
  /** Parses the parameters from the parts after the name and the member's id; undefined if they are not valid. */
  decode(parts: readonly string[]): Params | undefined
}

/** In the custom ids of components that belong to nobody's command. */
export const EVERYONE: Snowflake = '0'

/** Creates a component whose custom id contains the parameters of its handler. */
export function component<Params>(definition: {
  name: string
  mode: Component['mode']
  /** By default, the member who ran the command. */
  audience?: Audience
  form?: Form
  /** Formats the parameters as parts of a custom id. The format never changes, because sent messages contain it. */
  encode(params: Params): readonly (string | number)[]
  decode(parts: readonly string[]): Params | undefined
  handle(params: Params, request: ComponentRequest): Promise<Answer | Navigation>
}): EncodedComponent<Params> {
  const { name, mode, audience = 'asker', form, encode, decode, handle } = definition
  return {
    name,
    mode,
    audience,
    ...(form && { form }),
    decode,
    toCustomId: (askerId, params) => [name, askerId, ...encode(params)].join(':'),
    parse(parts) {
      const params = decode(parts)
      return params === undefined ? undefined : (request) => handle(params, request)
    },
  }
}

/** For a component whose only parameter is the number of a saved query. */
export const queryNumber = {
  encode: (number: number) => [number],
  decode: ([number]: readonly string[]) => parseInteger(number),
}

/** For a component whose only parameter is the id of an entry. */
export const entryId = {
  encode: (id: Snowflake) => [id],
  decode: ([id]: readonly string[]) => (isSnowflake(id) ? id : undefined),
}

/** A component by its custom id. */
interface FoundComponent {
  readonly mode: Component['mode']
  readonly audience: Audience
  readonly form: Form | undefined
  /** The member who ran the command; `EVERYONE` for a component with another audience. */
  readonly askerId: Snowflake
  readonly handle: Handle
}

/** Finds the component of a custom id; undefined for an id that Custos did not write. */
export function findComponent(
  components: readonly Component[],
  customId: string,
): FoundComponent | undefined {
  const [name, askerId, ...parts] = customId.split(':')
  const found = components.find((each) => each.name === name)
  const handle = found?.parse(parts)
  return found && handle && isSnowflake(askerId)
    ? { mode: found.mode, audience: found.audience, form: found.form, askerId, handle }
    : undefined
}

/** Parses an integer in a custom id; undefined if it is none. */
export function parseInteger(part: string | undefined): number | undefined {
  const number = Number(part)
  return Number.isSafeInteger(number) ? number : undefined
}

/** How long the value of an option may be. https://docs.discord.com/developers/components/reference#string-select */
const LONGEST_VALUE = 100

/** The option chosen in a select menu. @throws UserError if Discord did not send it */
export function requireChoice({ chosen = '' }: ComponentRequest): string {
  if (chosen !== '' && chosen.length <= LONGEST_VALUE) return chosen
  throw new UserError('Discord did not say what was chosen. Try again.')
}

/** The text typed into a form. @throws UserError if Discord did not send it */
export function requireTyped({ typed }: ComponentRequest): string {
  if (typed !== undefined && typed.trim() !== '') return typed.trim()
  throw new UserError('Discord did not say what was typed. Try again.')
}
