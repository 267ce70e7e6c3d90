import { nameOfKinds } from '../../core/audit-log/action-names.ts'
import type { Names } from '../../core/names/names.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { inWords } from '../../core/time/duration.ts'
import { SECOND } from '../../core/time/units.ts'
import type { Alert, Digest, WatchDefinition } from '../../core/watch/watch.ts'
import { describeFilter } from '../list/describe.ts'
import { markdownFormatter } from '../text/formatter.ts'

/** What a feed, alert or digest posts, in few words: `by @mod · Bans & kicks · without bots`. */
export function describeWatch(definition: WatchDefinition, names: Names): string {
  switch (definition.type) {
    case 'feed':
      return describeFilter(definition, names) || 'every entry'
    case 'alert':
      return describeAlert(definition, names)
    case 'digest':
      return describeDigest(definition, names)
  }
}

const PER: Readonly<Record<Alert['per'], string>> = {
  moderator: 'by one moderator',
  target: 'on one target',
  server: 'in the whole server',
}

function describeAlert({ rule, count, within, per, pingRoleId, exempt }: Alert, names: Names): string {
  const formatter = markdownFormatter(names)
  const exemptCount = exempt.userIds.length + exempt.roleIds.length
  return [
    rule.type === 'preset' ? capitalized(rule.preset) : nameOfKinds(rule.kinds),
    ...(count > 1 ? [`${count} within ${inWords(within / SECOND)} ${PER[per]}`] : []),
    ...(pingRoleId === undefined ? [] : [`pings ${formatter.role(pingRoleId)}`]),
    ...(exemptCount === 0 ? [] : [`${pluralize(exemptCount, 'member or role', 'members or roles')} exempt`]),
  ].join(' · ')
}

const EVERY: Readonly<Record<Digest['every'], string>> = {
  day: 'every day',
  week: 'every Monday',
  month: 'on the first of every month',
}

function describeDigest({ every, at, roleId }: Digest, names: Names): string {
  const time = `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`
  const role = roleId === undefined ? [] : [`members of ${markdownFormatter(names).role(roleId)}`]
  return [`${EVERY[every]} at ${time.padStart(5, '0')}`, ...role].join(' · ')
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
