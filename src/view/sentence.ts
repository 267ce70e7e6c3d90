import { actionOf } from '../core/action.ts'
import { type Entry, isRecord } from '../core/entry.ts'
import { momentIn } from '../core/moment.ts'
import { nameOfTarget } from '../core/names-in-entry.ts'
import { whomFor } from '../core/permission-changes.ts'
import { membersPruned, orMore } from '../core/prune-parts.ts'
import { isSnowflake } from '../core/snowflake.ts'
import { TIMEOUT_KEY } from '../core/timeout.ts'
import { counted } from '../core/words.ts'
import { canBeMentioned, targetIn } from './target.ts'
import { valueIn } from './value.ts'
import type { Voice } from './voice.ts'

/** What an entry says, as a sentence: who did what to whom, in the voice given. */
export function sentenceOf(entry: Entry, voice: Voice): string {
  const { says } = actionOf(entry.kind)
  const gap = (name: string) => GAPS[name]?.(entry, voice)
  return says.replace(/\[([^\]]*)\]|\{(\w+)\}/g, (_, optional: string | undefined, name: string) => {
    if (optional === undefined) return gap(name) ?? 'something unknown'
    const gaps = [...optional.matchAll(/\{(\w+)\}/g)]
    if (gaps.some(([, inner]) => gap(inner ?? '') === undefined)) return ''
    return optional.replace(/\{(\w+)\}/g, (_gap, inner: string) => gap(inner) ?? '')
  })
}

type Gap = (entry: Entry, voice: Voice) => string | undefined

/** How each gap of the catalogue's sentences is filled; undefined where the entry does not say. */
const GAPS: Readonly<Record<string, Gap>> = {
  by: byOf,
  target: targetOf,
  command: commandOf,
  channel: ({ channelId }, voice) => (channelId === null ? undefined : voice.channel(channelId)),
  messages: ({ count }) => (count === null || count === 1 ? 'a message' : counted(count, 'message')),
  members: ({ count }) => (count === null || count === 1 ? 'a member' : counted(count, 'member')),
  pruned: (entry) => {
    const members = membersPruned(entry)
    return members === undefined ? undefined : counted(members, 'member') + orMore(members)
  },
  days: ({ options }) => countedOption(options.delete_member_days, 'day'),
  overwritten: overwrittenOf,
  until: ({ changes }, voice) => {
    const until = momentIn(changes.find(({ key }) => key === TIMEOUT_KEY)?.new_value)
    return until === undefined ? undefined : voice.time(until)
  },
  roles: rolesOf,
  rule: ({ options }, voice) => textOption(options.auto_moderation_rule_name, voice),
  status: ({ options }, voice) => textOption(options.status, voice),
}

/** Who acted; and where a bot did it for somebody, for whom. */
function byOf({ executorId, creditedId }: Entry, voice: Voice): string {
  if (executorId === null) return 'unknown'
  return creditedId === null
    ? voice.user(executorId)
    : `${voice.user(executorId)} for ${voice.user(creditedId)}`
}

function targetOf(entry: Entry, voice: Voice): string | undefined {
  const { targetId, channelId, kind } = entry
  const { target, category } = actionOf(kind)
  const name = nameOfTarget(entry)
  if (name !== undefined && (!canBeMentioned(target) || category === 'deleted')) return voice.name(name)
  if (targetId !== null) return targetIn(targetId, target, voice)
  // An entry may name the channel it is about beside an empty target.
  return target === 'channel' && channelId !== null ? voice.channel(channelId) : undefined
}

/** Who may use a command is set for one command, or for all of an application, whose id is the target then. */
function commandOf({ targetId, options }: Entry, voice: Voice): string | undefined {
  if (targetId === null) return undefined
  return targetId === options.application_id
    ? `the commands of ${voice.thing(targetId, 'command')}`
    : `the command ${voice.thing(targetId, 'command')}`
}

function overwrittenOf(entry: Entry, voice: Voice): string | undefined {
  const { id, type } = entry.options
  return isSnowflake(id) ? valueIn(whomFor(id, type, entry), voice) : undefined
}

function rolesOf({ changes }: Entry, voice: Voice): string | undefined {
  const roles = changes.flatMap(({ key, new_value }) => {
    const sign = key === '$add' ? '+' : key === '$remove' ? '−' : undefined
    if (sign === undefined || !Array.isArray(new_value)) return []
    return new_value
      .filter(isRecord)
      .map((role) => `${sign}${isSnowflake(role.id) ? voice.role(role.id) : '?'}`)
  })
  if (roles.length === 0) return undefined
  return roles.length > 5 ? `${roles.slice(0, 5).join(' ')} and ${roles.length - 5} more` : roles.join(' ')
}

function countedOption(value: unknown, noun: string): string | undefined {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isSafeInteger(number) ? counted(number, noun) : undefined
}

function textOption(value: unknown, voice: Voice): string | undefined {
  return typeof value === 'string' && value !== '' ? voice.name(value) : undefined
}
