import type { Kysely } from 'kysely'
import { type Operation, operationDetailSchema } from '../../core/operation.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'

/** What members had Custos do in a guild, newest first. */
export async function readOperations(db: Kysely<Schema>, guildId: Snowflake): Promise<Operation[]> {
  const rows = await db
    .selectFrom('operation')
    .select([idAsText<string>('id').as('id'), idAsText<string>('executor').as('by'), 'detail'])
    .where('guild_id', '=', BigInt(guildId))
    .orderBy('operation.id', 'desc')
    .execute()
  return rows.map(({ detail, ...rest }) => ({
    ...rest,
    detail: operationDetailSchema.parse(JSON.parse(detail)),
  }))
}
