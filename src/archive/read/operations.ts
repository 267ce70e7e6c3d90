import type { Kysely } from 'kysely'
import type { Log } from '../../core/log.ts'
import { type Operation, operationDetailSchema } from '../../core/operation.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { parseStored } from '../stored-json.ts'

/** What members had Custos do in a guild, newest first. What only a newer version understands is left out, and logged. */
export async function readOperations(db: Kysely<Schema>, guildId: Snowflake, log: Log): Promise<Operation[]> {
  const rows = await db
    .selectFrom('operation')
    .select([idAsText<string>('id').as('id'), idAsText<string>('executor').as('by'), 'detail'])
    .where('guild_id', '=', BigInt(guildId))
    .orderBy('operation.id', 'desc')
    .execute()
  return rows.flatMap(({ detail, ...rest }) => {
    const parsed = parseStored(operationDetailSchema, detail, { guild: guildId, operation: rest.id }, log)
    return parsed ? [{ ...rest, detail: parsed }] : []
  })
}
