import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from '../../schema.ts'

/**
 * Reserves the next IDENTIFY of a bucket, the shards with the same remainder, among those of all processes.
 * @param interval how long after an IDENTIFY the next one may follow, in milliseconds
 * @returns 0 when it is reserved; otherwise in how many milliseconds to try again
 */
export async function reserveIdentify(db: Kysely<Schema>, bucket: number, interval: number): Promise<number> {
  const length = milliseconds(interval)
  // One that is far in the future is of a clock that was set back.
  const { rows } = await sql<{ wait: number }>`
    WITH reserved AS (
      INSERT INTO identify (bucket, at) VALUES (${bucket}, clock_timestamp())
      ON CONFLICT (bucket) DO UPDATE SET at = clock_timestamp()
      WHERE identify.at NOT BETWEEN clock_timestamp() - ${length} AND clock_timestamp() + ${length}
      RETURNING 0 AS wait
    )
    SELECT wait FROM reserved
    UNION ALL
    SELECT greatest(ceil(extract(epoch FROM at + ${length} - clock_timestamp()) * 1000), 1)::float8 FROM identify
    WHERE bucket = ${bucket} AND NOT EXISTS (SELECT FROM reserved)`.execute(db)
  // If another process has just reserved it, this reads what was there before: nothing, or a time long past.
  return Math.min(rows[0]?.wait ?? interval, interval)
}

export function milliseconds(duration: number): RawBuilder<unknown> {
  return sql`${duration} * interval '1 millisecond'`
}
