import { commands } from '../../commands/index.ts'
import type { ComponentRequest } from '../../src/command/component.ts'
import type { Archive } from '../../src/core/archive.ts'
import type { Asker } from '../../src/core/query/saved-query.ts'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { commandContext } from './command-context.ts'

interface Given {
  readonly archive: Archive
  /** The query that the component is under. */
  readonly query: Asker
  /** When the component is used, in milliseconds since the Unix epoch. */
  readonly now: number
  readonly timeZone?: string
  readonly chosen?: string
  readonly typed?: string
}

/** The request of a component that the member who ran a query uses, without Discord. */
export function componentRequest({
  archive,
  query: { guildId, askerId },
  now,
  timeZone = 'UTC',
  chosen,
  typed,
}: Given): ComponentRequest {
  return {
    guildId,
    askerId,
    interactionId: firstIdAt(now),
    commands,
    archive,
    erasing: { erase: () => Promise.reject(new Error('Nothing is erased here.')) },
    syncStatus: () => ({ hostAhead: 0 }),
    context: commandContext({ now, timeZone }),
    chosen,
    typed,
  }
}
