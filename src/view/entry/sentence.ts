import { actionOf } from '../../core/audit-log/action.ts'
import { type Entry, isRecord } from '../../core/audit-log/entry.ts'
import { amountPruned, membersPruned } from '../../core/audit-log/prune-parts.ts'
import { TIMEOUT_KEY } from '../../core/audit-log/timeout.ts'
import { overwritten } from '../../core/changes/permission-changes.ts'
import { nameOfTarget } from '../../core/names/names-in-entry.ts'
import { isSnowflake } from '../../core/snowflake.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { momentIn } from '../../core/time/moment.ts'
import type { Formatter } from '../text/formatter.ts'
import { canBeMentioned, targetIn } from '../text/target.ts'
import { valueIn } from '../text/value.ts'

/** What an entry says, as a sentence: who did what to whom, in the voice given. */
export function sentenceOf(entry: Entry, formatter: Formatter): string {
  const { says } = actionOf(entry.kind)
  const gap = (name: string) => GAPS[name]?.(entry, formatter)
  const filled = (_: string, optional: string | undefined, name: string, context: number) => {
    if (optional === undefined) return gap(name) ?? unknown(name, entry, context)
    const gaps = [...optional.matchAll(/\{(\w+)\}/g)]
    if (gaps.some(([, inner]) => gap(inner ?? '') === undefined)) return ''
    return optional.replace(/\{(\w+)\}/g, (_gap, inner: string) => gap(inner) ?? '')
  }
  return says.replace(/\[([^\]]*)\]|\{(\w+)\}/g, filled)
}

/** What stands in a gap that the entry does not fill. */
function unknown(name: string, { kind }: Entry, context: number): string {
  const { target } = actionOf(kind)
  const isPerson = name === 'target' ? target === 'user' || target === 'bot' : name !== 'command'
  if (!isPerson) return 'something unknown'
  return context === 0 ? 'Somebody unknown' : 'somebody unknown'
}

type Gap = (entry: Entry, voice: Formatter) => string | undefined

/** How each gap of the catalogue's sentences is filled; undefined where the entry does not say. */
const GAPS: Readonly<Record<string, Gap>> = {
  by: byOf,
  target: targetOf,
  offender: ({ executorId, targetId }, formatter) => {
    const offenderId = executorId ?? targetId
    return isSnowflake(offenderId) ? formatter.user(offenderId) : undefined
  },
  // Whom Discord names for it besides its target.
  another: (entry, formatter) => (entry.executorId === entry.targetId ? undefined : byOf(entry, formatter)),
  command: commandOf,
  channel: ({ channelId }, formatter) => (channelId === null ? undefined : formatter.channel(channelId)),
  messages: ({ count }) => (count === null || count === 1 ? 'a message' : pluralize(count, 'message')),
  members: ({ count }) => (count === null || count === 1 ? 'a member' : pluralize(count, 'member')),
  pruned: (entry) => {
    const members = membersPruned(entry)
    if (members === undefined) return 'members'
    return `${amountPruned(members)} ${members === 1 ? 'member' : 'members'}`
  },
  days: ({ options }) => countedOption(options.delete_member_days, 'day'),
  overwritten: (entry, formatter) => {
    const whom = overwritten(entry)
    return whom && valueIn(whom, formatter)
  },
  until: ({ changes }, formatter) => {
    const until = momentIn(changes.find(({ key }) => key === TIMEOUT_KEY)?.new_value)
    return until === undefined ? undefined : formatter.time(until)
  },
  roles: rolesOf,
  rule: ({ options }, formatter) => textOption(options.auto_moderation_rule_name, formatter),
  status: ({ options }, formatter) => textOption(options.status, formatter),
  changed: ({ changes }) => {
    const isCancelled = changes.find(({ key }) => key === 'is_canceled')
    if (isCancelled?.new_value === true) return 'cancelled'
    return isCancelled?.old_value === true ? 'restored' : 'changed'
  },
}

/** Who acted; and where a bot did it for somebody, for whom. Undefined where Discord does not say. */
function byOf({ executorId, onBehalfOfId }: Entry, formatter: Formatter): string | undefined {
  if (executorId === null) return undefined
  return onBehalfOfId === null
    ? formatter.user(executorId)
    : `${formatter.user(executorId)} for ${formatter.user(onBehalfOfId)}`
}

function targetOf(entry: Entry, formatter: Formatter): string | undefined {
  const { targetId, channelId, kind } = entry
  const { target, category } = actionOf(kind)
  const name = nameOfTarget(entry)
  if (name !== undefined && (!canBeMentioned(target) || category === 'deleted')) return formatter.name(name)
  if (targetId !== null) return targetIn(targetId, target, formatter)
  // An entry may name the channel it is about beside an empty target.
  return target === 'channel' && channelId !== null ? formatter.channel(channelId) : undefined
}

/** Who may use a command is set for one command, or for all of an application, whose id is the target then. */
function commandOf({ targetId, options }: Entry, formatter: Formatter): string | undefined {
  if (targetId === null) return undefined
  return targetId === options.application_id
    ? `the commands of ${formatter.thing(targetId, 'command')}`
    : `the command ${formatter.thing(targetId, 'command')}`
}

function rolesOf({ changes }: Entry, formatter: Formatter): string | undefined {
  const roles = changes.flatMap(({ key, new_value }) => {
    const sign = key === '$add' ? '+' : key === '$remove' ? '−' : undefined
    if (sign === undefined || !Array.isArray(new_value)) return []
    return new_value
      .filter(isRecord)
      .map((role) => `${sign}${isSnowflake(role.id) ? formatter.role(role.id) : '?'}`)
  })
  if (roles.length === 0) return undefined
  return roles.length > 5 ? `${roles.slice(0, 5).join(' ')} and ${roles.length - 5} more` : roles.join(' ')
}

function countedOption(value: unknown, noun: string): string | undefined {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isSafeInteger(number) ? pluralize(number, noun) : undefined
}

function textOption(value: unknown, formatter: Formatter): string | undefined {
  return typeof value === 'string' && value !== '' ? formatter.name(value) : undefined
}
