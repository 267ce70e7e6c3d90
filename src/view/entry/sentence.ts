import { actionOf } from '../../core/audit-log/action.ts'
import type { SentenceParts } from '../../core/audit-log/actions/row.ts'
import type { Entry } from '../../core/audit-log/entry.ts'
import { amountPruned, membersPruned } from '../../core/audit-log/prune-parts.ts'
import { timeoutEnd } from '../../core/audit-log/timeout.ts'
import { overwritten } from '../../core/changes/permission-changes.ts'
import { isRecord } from '../../core/json.ts'
import { nameOfTarget } from '../../core/names/names-in-entry.ts'
import { isSnowflake, timeOf } from '../../core/snowflake.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { inRoundWords } from '../../core/time/duration.ts'
import { SECOND } from '../../core/time/units.ts'
import type { Formatter } from '../text/formatter.ts'
import { canBeMentioned, formatTarget } from '../text/target.ts'
import { formatValue } from '../text/value.ts'

/** An entry as a sentence: who did what to whom. */
export function sentenceOf(entry: Entry, formatter: Formatter): string {
  return actionOf(entry.kind).sentence(partsOf(entry, formatter))
}

/** The parts of an entry's sentence. They are getters, so that only the parts a sentence uses are formatted. */
function partsOf(entry: Entry, formatter: Formatter): SentenceParts {
  const { changes, channelId, count, executorId, kind, options, targetId } = entry
  return {
    get by() {
      return byOf(entry, formatter) ?? 'Somebody unknown'
    },
    get target() {
      return targetOf(entry, formatter) ?? unknownTarget(kind)
    },
    get targetIfKnown() {
      return targetOf(entry, formatter)
    },
    get offender() {
      const offenderId = executorId ?? targetId
      return isSnowflake(offenderId) ? formatter.user(offenderId) : 'somebody unknown'
    },
    get otherExecutor() {
      return executorId === targetId ? undefined : byOf(entry, formatter)
    },
    get command() {
      return commandOf(entry, formatter) ?? 'something unknown'
    },
    get channel() {
      return channelId === null ? undefined : formatter.channel(channelId)
    },
    messages: count === null || count === 1 ? 'a message' : pluralize(count, 'message'),
    members: count === null || count === 1 ? 'a member' : pluralize(count, 'member'),
    get pruned() {
      const members = membersPruned(entry)
      if (members === undefined) return 'members'
      return `${amountPruned(members)} ${members === 1 ? 'member' : 'members'}`
    },
    days: countedOption(options.delete_member_days, 'day'),
    get overwritten() {
      const whom = overwritten(entry)
      return whom && formatValue(whom, formatter)
    },
    get duration() {
      const left = timeoutLeft('new_value', entry)
      return left === undefined ? undefined : inRoundWords(left / SECOND)
    },
    get hadTimeout() {
      return (timeoutLeft('old_value', entry) ?? 0) > 0
    },
    get roles() {
      return rolesOf(entry, formatter)
    },
    get rule() {
      return textOption(options.auto_moderation_rule_name, formatter)
    },
    get status() {
      return textOption(options.status, formatter)
    },
    get changed() {
      const isCancelled = changes.find(({ key }) => key === 'is_canceled')
      if (isCancelled?.new_value === true) return 'cancelled'
      return isCancelled?.old_value === true ? 'restored' : 'changed'
    },
  }
}

/** How long a timeout lasts after an entry, in milliseconds; undefined if its end is absent or cannot be read. */
function timeoutLeft(side: 'old_value' | 'new_value', entry: Entry): number | undefined {
  const end = timeoutEnd(entry, side)
  return end === undefined ? undefined : end - timeOf(entry.id)
}

/** Who acted, and whom a bot acted for; undefined where Discord does not say. */
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
  if (targetId !== null) return formatTarget(targetId, target, formatter)
  // An entry may name its channel in its options and leave its target empty.
  return target === 'channel' && channelId !== null ? formatter.channel(channelId) : undefined
}

function unknownTarget(kind: number): string {
  const { target } = actionOf(kind)
  return target === 'user' || target === 'bot' ? 'somebody unknown' : 'something unknown'
}

/** Permissions are set for one command, or for all commands of an application; then the target is the application. */
function commandOf({ targetId, options }: Entry, formatter: Formatter): string | undefined {
  if (targetId === null) return undefined
  return targetId === options.application_id
    ? `the commands of ${formatter.entity(targetId, 'command')}`
    : `the command ${formatter.entity(targetId, 'command')}`
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
