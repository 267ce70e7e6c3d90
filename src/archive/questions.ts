import type { Kysely } from 'kysely'
import { type Question, questionSchema } from '../core/question.ts'
import type { Snowflake } from '../core/snowflake.ts'
import type { Schema } from './schema.ts'

export async function keepQuestion(db: Kysely<Schema>, question: Question): Promise<number> {
  const { number } = await db
    .insertInto('question')
    .values({
      guild: BigInt(question.guildId),
      asked_at: question.askedAt,
      question: JSON.stringify(question),
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}

export async function readQuestion(db: Kysely<Schema>, number: number): Promise<Question | undefined> {
  const row = await db
    .selectFrom('question')
    .select('question')
    .where('number', '=', number)
    .executeTakeFirst()
  return row && questionSchema.parse(JSON.parse(row.question))
}

export async function wasAsked(db: Kysely<Schema>, guildId: Snowflake): Promise<boolean> {
  const row = await db
    .selectFrom('question')
    .select('number')
    .where('guild', '=', BigInt(guildId))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
