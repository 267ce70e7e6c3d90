import { ACTION_ROWS } from './action-table.ts'
import { type ActionRow, optional } from './actions/row.ts'
import { Kind } from './kind.ts'
import { spaced } from './named-bits.ts'
import { ActionType } from './undocumented.ts'

/** What an action does to its object, by the last word of its name in Discord's enum. */
export type Category = 'created' | 'updated' | 'deleted' | 'none'

/** A kind of action: its row, and what follows from its name. */
interface Action extends ActionRow {
  /** The action type, or one of `Kind`. */
  readonly kind: number
  /** The name in Discord's enum, in words: `Member Ban Add`. */
  readonly name: string
  readonly category: Category
  /** The type of object that the action changes, such as `channel_overwrite`. */
  readonly object: string
}

/** The names in Discord's enum, by action type: `MemberBanAdd`. */
const ENUM_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(ActionType).flatMap(([name, type]) => (typeof type === 'number' ? [[type, name]] : [])),
)

/** Every kind of action in the table, by its number. */
export const ACTIONS: ReadonlyMap<number, Action> = new Map(
  ACTION_ROWS.map(actionFrom).map((action) => [action.kind, action]),
)

/** Kinds of action that members do without a moderator's permission. */
const BY_ANY_MEMBER: ReadonlySet<number> = new Set([
  Kind.OwnUpdate,
  Kind.OwnRoleUpdate,
  ActionType.InviteCreate,
  ActionType.InviteUpdate,
  ActionType.InviteDelete,
  ActionType.GuildScheduledEventCreate,
  ActionType.GuildScheduledEventUpdate,
  ActionType.GuildScheduledEventDelete,
  ActionType.GuildScheduledEventExceptionCreate,
  ActionType.GuildScheduledEventExceptionUpdate,
  ActionType.GuildScheduledEventExceptionDelete,
  ActionType.ThreadCreate,
  ActionType.ThreadUpdate,
  ActionType.ThreadDelete,
  ActionType.VoiceChannelStatusCreate,
  ActionType.VoiceChannelStatusDelete,
])

/** What AutoMod and Discord do by themselves. The executor of such an entry, if there is one, is the offender. */
const AUTOMATIC: ReadonlyMap<number, 'AutoMod' | 'Discord'> = new Map([
  [ActionType.AutoModerationBlockMessage, 'AutoMod'],
  [ActionType.AutoModerationFlagToChannel, 'AutoMod'],
  [ActionType.AutoModerationUserCommunicationDisabled, 'AutoMod'],
  [ActionType.AutoModerationQuarantineUser, 'AutoMod'],
  [ActionType.HarmfulLinksBlockedMessage, 'Discord'],
])

/** Who does actions of a kind without a user: AutoMod or Discord. Undefined for what users do. */
export function automaticActor(kind: number): 'AutoMod' | 'Discord' | undefined {
  return AUTOMATIC.get(kind)
}

/** What AutoMod and Discord do by themselves. The executor of such an entry is the offender. */
export const AUTOMATIC_KINDS: readonly number[] = [...AUTOMATIC.keys()]

/** The kinds of action that require a moderator's permission. */
export const MODERATING: readonly number[] = [...ACTIONS.keys()].filter(
  (kind) => kind !== Kind.PrunePart && !BY_ANY_MEMBER.has(kind) && !AUTOMATIC.has(kind),
)

/**
 * The kinds whose entries Discord merges later actions into: their count grows, and no event reports it.
 * https://docs.discord.com/developers/resources/audit-log#audit-log-entry-object-optional-audit-entry-info
 */
export const GROWING: readonly number[] = [
  ActionType.MessageDelete,
  ActionType.MemberMove,
  ActionType.MemberDisconnect,
]

/** The action of a kind. A kind that is not in the table gets the name `Unknown action`. */
export function actionOf(kind: number): Action {
  return (
    ACTIONS.get(kind) ?? {
      kind,
      type: kind,
      name: `Unknown action ${kind}`,
      category: 'none',
      object: 'unknown',
      group: 'Other',
      target: 'unknown',
      emoji: '❔',
      sentence: ({ by, targetIfKnown }) =>
        `${by} did something Custos does not know yet, action ${kind}${optional(', to ', targetIfKnown)}`,
    }
  )
}

/** A row with what follows from the name of its type. A timeout is a Member Update to Discord, so it is `updated`. */
function actionFrom(row: ActionRow): Action {
  const typeName = spaced(ENUM_NAMES.get(row.type) ?? '')
  const words = typeName.split(' ')
  return {
    ...row,
    kind: row.kind ?? row.type,
    name: row.name ?? typeName,
    category: categoryOf(words.at(-1)),
    object: words.slice(0, -1).join('_').toLowerCase(),
  }
}

function categoryOf(lastWord: string | undefined): Category {
  switch (lastWord) {
    case 'Create':
      return 'created'
    case 'Update':
      return 'updated'
    case 'Delete':
      return 'deleted'
    default:
      return 'none'
  }
}
