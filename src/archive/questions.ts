import { type Kysely, sql } from 'kysely'
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
  return row && parsed(row)
}

export async function lastAsked(
  db: Kysely<Schema>,
  guildId: Snowflake,
  askerId: Snowflake,
): Promise<Question | undefined> {
  const row = await db
    .selectFrom('question')
    .select('question')
    .where('guild', '=', BigInt(guildId))
    .where(sql<boolean>`question ->> 'askerId' = ${askerId}`)
    .orderBy('asked_at', 'desc')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && parsed(row)
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

function parsed({ question }: { question: string }): Question {
  return questionSchema.parse(JSON.parse(question))
}
