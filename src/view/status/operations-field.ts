import type { APIEmbedField } from 'discord-api-types/v10'
import type { Operation, OperationDetail } from '../../core/operation.ts'
import { timeOf } from '../../core/snowflake.ts'
import { pluralize } from '../../core/text/numbers.ts'
import { timestamp } from '../text/formatter.ts'

/** How many of the newest operations are shown. */
const NEWEST = 4

/** How many of the erasures are shown, however old they are. */
const ERASURES = 4

/** What members had Custos do in a guild: the newest operations, and the newest erasures even if they are older. */
export function operationsField(operations: readonly Operation[]): APIEmbedField[] {
  const erasures = operations.filter(({ detail }) => detail.type === 'erasure').slice(0, ERASURES)
  const shown = operations.filter((each, index) => index < NEWEST || erasures.includes(each))
  if (shown.length === 0) return []
  const rest = operations.length - shown.length
  const lines = [
    ...shown.map(operationLine),
    ...(rest > 0 ? [`-# and ${pluralize(rest, 'more', 'more')}`] : []),
  ]
  return [{ name: 'Operations', value: lines.join('\n') }]
}

/** `<t:…:s> <@7> exported 212 entries (csv)`. */
function operationLine({ id, by, detail }: Operation): string {
  return `${timestamp(timeOf(id), 's')} <@${by}> ${done(detail)}`
}

function done(detail: OperationDetail): string {
  switch (detail.type) {
    case 'time zone':
      return `set the time zone to ${detail.timeZone}`
    case 'export':
      return `exported ${pluralize(detail.entries, 'entry', 'entries')} (${detail.format})`
    case 'erasure': {
      const amount = pluralize(detail.entries, 'entry', 'entries')
      return detail.memberId === undefined
        ? `erased everything: ${amount}`
        : `erased the name of <@${detail.memberId}>, and texts in ${amount}`
    }
    case 'watch added':
    case 'watch removed': {
      const { channelId, definition } = detail.watch
      const act = detail.type === 'watch added' ? 'added' : 'removed'
      return `${act} ${definition.type} ${detail.number} in <#${channelId}>`
    }
  }
}
