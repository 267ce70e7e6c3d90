import { type Kysely, sql } from 'kysely'
import type { Log } from '../../core/log.ts'
import { maxId, type Snowflake, timeOf } from '../../core/snowflake.ts'
import { type Delivery, type Post, type PostContent, postContentSchema } from '../../core/watch/post.ts'
import { table } from '../dialect-sql.ts'
import { idAsText } from '../rows.ts'
import type { Schema } from '../schema.ts'
import { parseStored } from '../stored-json.ts'

type Db = Kysely<Schema>

const COLUMNS = [
  'watch',
  'number',
  'past',
  'up_to as upTo',
  'content',
  'delivery',
  'attempted_at as attemptedAt',
  idAsText<string | null>('message').as('message'),
  'changed',
] as const

/** The posts of a watch that are open, not sent or not up to date, oldest first. */
export async function readUnfinished(db: Db, guildId: Snowflake, watch: number, log: Log): Promise<Post[]> {
  // SQLite would read all posts of the watch, if the numbers were not selected by themselves.
  const numbers = db
    .selectFrom('post')
    .select('number')
    .where('guild_id', '=', BigInt(guildId))
    .where('watch', '=', watch)
    .where('unfinished', '=', 1)
  const rows = await ofWatch(db, guildId, watch).where('number', 'in', numbers).orderBy('number').execute()
  return rows.flatMap((row) => toPost(row, guildId, log) ?? [])
}

/** The newest posts of a watch, newest first. */
export async function readNewest(
  db: Db,
  guildId: Snowflake,
  watch: number,
  limit: number,
  log: Log,
): Promise<Post[]> {
  const rows = await ofWatch(db, guildId, watch).orderBy('number', 'desc').limit(limit).execute()
  return rows.flatMap((row) => toPost(row, guildId, log) ?? [])
}

/** The newest post of a watch that shows an arrival. */
export async function readShowing(
  db: Db,
  guildId: Snowflake,
  watch: number,
  arrival: number,
  log: Log,
): Promise<Post | undefined> {
  const row = await ofWatch(db, guildId, watch)
    .where('past', '<', arrival)
    .where('up_to', '>=', arrival)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && toPost(row, guildId, log)
}

const WRITTEN = {
  guild_id: 'bigint',
  watch: 'integer',
  number: 'bigint',
  past: 'bigint',
  up_to: 'bigint',
  content: 'json',
  delivery: 'text',
  attempted_at: 'bigint',
  message: 'bigint',
  changed: 'integer',
  unfinished: 'integer',
  at: 'bigint',
} as const

/** Adds or replaces posts. */
export async function writePosts(db: Db, guildId: Snowflake, posts: readonly Post[]): Promise<void> {
  if (posts.length === 0) return
  const rows = posts.map((post) => {
    const { watch, number, after, to, content, delivery } = post
    return [
      guildId,
      watch,
      number,
      after,
      to,
      JSON.stringify(content),
      delivery.type,
      delivery.type === 'attempted' ? Math.floor(delivery.at) : null,
      delivery.type === 'sent' ? delivery.messageId : null,
      delivery.type === 'sent' && delivery.isChanged ? 1 : 0,
      isUnfinished(post) ? 1 : 0,
      Math.floor(lastMoment(content)),
    ]
  })
  const names = Object.keys(WRITTEN)
  const replaced = names.slice(3).map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`)
  const columns = sql.join(names.map((name) => sql.ref(name)))
  await sql`
    INSERT INTO post (${columns}) SELECT ${columns} FROM ${table(WRITTEN, rows)} AS given WHERE true
    ON CONFLICT (guild_id, watch, number) DO UPDATE SET ${sql.join(replaced)}`.execute(db)
}

/** Whether a post is open, not sent or not up to date. */
function isUnfinished({ content, delivery }: Post): boolean {
  if (delivery.type === 'planned' || delivery.type === 'attempted') return true
  return isOpen(content) || (delivery.type === 'sent' && delivery.isChanged)
}

/** Whether more may be added to what a post shows. */
function isOpen(content: PostContent): boolean {
  if (content.type === 'unreadable') return content.until === undefined
  return (content.type === 'summary' || content.type === 'burst') && content.isOpen
}

/** The time of the last thing that a post shows, in milliseconds since the Unix epoch. */
function lastMoment(content: PostContent): number {
  switch (content.type) {
    case 'entries':
      return timeOf(content.ids.reduce(maxId))
    case 'summary':
    case 'burst':
      return content.lastAt
    case 'unreadable':
      return content.until ?? content.since
    case 'digest':
      return content.to
  }
}

function ofWatch(db: Db, guildId: Snowflake, watch: number) {
  return db
    .selectFrom('post')
    .select(COLUMNS)
    .where('guild_id', '=', BigInt(guildId))
    .where('watch', '=', watch)
}

interface PostRow {
  readonly watch: number
  readonly number: number
  readonly past: number
  readonly upTo: number
  readonly content: string
  readonly delivery: Delivery['type']
  readonly attemptedAt: number | null
  readonly message: Snowflake | null
  readonly changed: number
}

/** The post of a row; undefined, and logged, if a newer version wrote something that this one does not know. */
function toPost(row: PostRow, guildId: Snowflake, log: Log): Post | undefined {
  const { watch, number, past, upTo } = row
  const content = parseStored(postContentSchema, row.content, { guild: guildId, watch, post: number }, log)
  return content && { watch, number, after: past, to: upTo, content, delivery: deliveryOf(row) }
}

function deliveryOf({
  delivery,
  attemptedAt,
  message,
  changed,
}: Pick<PostRow, 'delivery' | 'attemptedAt' | 'message' | 'changed'>): Delivery {
  if (delivery === 'attempted' && attemptedAt !== null) return { type: 'attempted', at: attemptedAt }
  if (delivery === 'sent' && message !== null)
    return { type: 'sent', messageId: message, isChanged: changed === 1 }
  return { type: delivery === 'dropped' ? 'dropped' : 'planned' }
}
