import type { Kysely } from 'kysely'
import { type Question, questionSchema } from '../core/question.ts'
import type { Schema } from './schema.ts'

export async function keepQuestion(db: Kysely<Schema>, question: Question, askedAt: number): Promise<number> {
  const { number } = await db
    .insertInto('question')
    .values({ asked_at: askedAt, question: JSON.stringify(question) })
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
