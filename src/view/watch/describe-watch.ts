import type { Names } from '../../core/names/names.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { nameOfRule } from '../../core/watch/alerts/actions.ts'
import type { Alert, Digest, Watch, WatchDefinition, WatchDraft, WatchType } from '../../core/watch/watch.ts'
import { describeFilter } from '../list/describe.ts'
import { type Formatter, markdownFormatter } from '../text/formatter.ts'
import { oftenInWords } from './alert/alert-words.ts'

/** `Feed 3`. */
export function watchTitle({ number, definition: { type } }: Pick<Watch, 'number' | 'definition'>): string {
  return `${capitalized(type)} ${number}`
}

/** `an alert`. */
export function withArticle(type: WatchType): string {
  return `${type === 'alert' ? 'an' : 'a'} ${type}`
}

/** How many there are of each type: `2 feeds, 1 alert`. Empty if there are none. */
export function countWatches(watches: readonly Pick<Watch, 'definition'>[]): string {
  const types: readonly WatchType[] = ['feed', 'alert', 'digest']
  return types
    .map((type) => ({ type, amount: watches.filter(({ definition }) => definition.type === type).length }))
    .filter(({ amount }) => amount > 0)
    .map(({ type, amount }) => pluralize(amount, type))
    .join(', ')
}

/** What a feed, alert or digest posts, in few words: `by @mod · Bans & kicks · without bots`. */
export function describeWatch(
  definition: WatchDefinition,
  names: Names,
  formatter: Formatter = markdownFormatter(names),
): string {
  switch (definition.type) {
    case 'feed':
      return describeFilter(definition, names, formatter) || 'every entry'
    case 'alert':
      return describeAlert(definition, formatter)
    case 'digest':
      return describeDigest(definition, formatter)
  }
}

/** The ids that a feed, alert or digest shows by name. */
export function namedInWatch({ channelId, definition }: WatchDraft): string[] {
  const { executorId, targetId, channelId: within } = definition.type === 'feed' ? definition.filter : {}
  const roleId = definition.type === 'alert' ? definition.pingRoleId : undefined
  const listed = definition.type === 'digest' ? definition.roleId : undefined
  return [channelId, executorId, targetId, within, roleId, listed].filter((id) => id !== undefined)
}

/** How much of the names of actions is shown. */
const LONGEST_RULE = 100

function describeAlert(alert: Alert, formatter: Formatter): string {
  const { rule, count, pingRoleId, exempt } = alert
  const exempted = exempt.userIds.length + exempt.roleIds.length
  return [
    rule.type === 'preset' ? nameOfRule(alert) : formatter.text(rule.names, LONGEST_RULE),
    ...(count > 1 ? [oftenInWords(alert)] : []),
    ...(pingRoleId === undefined ? [] : [`pings ${formatter.role(pingRoleId)}`]),
    ...(exempted === 0 ? [] : [`${pluralize(exempted, 'member or role', 'members or roles')} exempt`]),
  ].join(' · ')
}

const EVERY: Readonly<Record<Digest['every'], string>> = {
  day: 'every day',
  week: 'every Monday',
  month: 'on the first of every month',
}

function describeDigest({ every, at, roleId }: Digest, formatter: Formatter): string {
  const [hour, minute] = [Math.floor(at / 60), at % 60].map((part) => String(part).padStart(2, '0'))
  return [
    `${EVERY[every]} at ${hour}:${minute}`,
    ...(roleId === undefined ? [] : [`members of ${formatter.role(roleId)}`]),
  ].join(' · ')
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
