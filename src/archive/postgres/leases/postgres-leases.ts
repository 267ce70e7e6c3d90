import { Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type {
  Claim,
  ClaimOptions,
  Ended,
  Leases,
  LeaseTimes,
  WantedPlan,
} from '../../../core/sharding/leases.ts'
import { blocksIn, type ShardPlan } from '../../../core/sharding/shards.ts'
import { SECOND } from '../../../core/time/units.ts'
import { ConnectionPool } from '../../connection/pool.ts'
import type { Schema } from '../../schema.ts'
import type { PostgresAddress } from '../address/postgres-address.ts'
import { PostgresConnection } from '../connection/connection.ts'
import { postgresDialect } from '../connection/dialect.ts'
import type { SessionLimits } from '../connection/session.ts'
import { milliseconds, reserveIdentify } from './reserve-identify.ts'

/** One process claims at a time. The other number of the lock is the schema, as there can be several archives. */
const LOCK = sql`pg_advisory_xact_lock(1129665616, coalesce(hashtext(current_schema()), 0))`

/** Statements of milliseconds. A process that is stopped while it claims keeps others from it for this long. */
const LIMITS: SessionLimits = {
  statement: 5 * SECOND,
  lock: 5 * SECOND,
  idleInTransaction: 5 * SECOND,
  silence: 2 * SECOND,
}

/** A renewal waits for nothing else of this process, so it has a connection of its own, which stays open. */
const RENEWALS = { most: 1, idleTimeout: Number.POSITIVE_INFINITY, grace: 200 }
const CLAIMS = { most: 1, idleTimeout: 10 * SECOND, grace: 200 }

interface LeaseRow {
  readonly block: number
  readonly shardCount: number
  readonly blockSize: number
}

const COLUMNS = sql`block, shard_count AS "shardCount", block_size AS "blockSize"`

/** The leases in an archive's database. Their times are those of its clock. */
export class PostgresLeases implements Leases {
  readonly #holder: RawBuilder<string>
  readonly #times: LeaseTimes
  readonly #pools: { readonly renewals: ConnectionPool; readonly claims: ConnectionPool }
  readonly #renewals: Kysely<Schema>

  /** @param holder a UUID that only this process has */
  constructor(address: PostgresAddress, holder: string, times: LeaseTimes) {
    this.#holder = sql`${holder}::uuid`
    this.#times = times
    const open = () => new PostgresConnection(address, LIMITS)
    this.#pools = {
      renewals: new ConnectionPool(open, RENEWALS),
      claims: new ConnectionPool(open, CLAIMS),
    }
    this.#renewals = databaseOn(this.#pools.renewals)
  }

  claim(wanted: WantedPlan, { mayTakeOver, signal }: ClaimOptions): Promise<Claim> {
    return this.#inTurn(signal, async (transaction) => {
      // The answer to an earlier claim was lost.
      const [own] = await this.#renewed(transaction)
      if (own) return { type: 'claimed', block: own.block, plan: own }
      if (!mayTakeOver && (await this.#hasEnded(transaction))) return { type: 'not yet' }
      const live = await this.#live(transaction)
      const plan = live ?? wanted
      if (live && !isWanted(plan, wanted)) return { type: 'other plan', plan }
      const [back] = live ? [] : await this.#endExpired(transaction, isOtherThan(plan))
      if (back) return { type: 'other plan', plan: back }
      const block = await this.#freeBlock(transaction, blocksIn(plan))
      if (block === undefined) return { type: 'none free', plan }
      await sql`DELETE FROM shard_lease WHERE block = ${block}`.execute(transaction)
      await sql`
        INSERT INTO shard_lease (block, holder, shard_count, block_size, expires_at)
        VALUES (${block}, ${this.#holder}, ${plan.shardCount}, ${plan.blockSize}, ${this.#end})`.execute(
        transaction,
      )
      return { type: 'claimed', block, plan }
    })
  }

  endExpired({ mayTakeOver, signal }: ClaimOptions): Promise<Ended> {
    return this.#inTurn(signal, async (transaction) => {
      if (!mayTakeOver && (await this.#hasEnded(transaction))) return { type: 'not yet' }
      const live = await this.#live(transaction)
      const [plan] = live ? [live] : await this.#endExpired(transaction, sql`true`)
      return plan ? { type: 'other plan', plan } : { type: 'none held' }
    })
  }

  async renew(): Promise<boolean> {
    return (await this.#renewed(this.#renewals)).length > 0
  }

  async release(): Promise<void> {
    await sql`DELETE FROM shard_lease WHERE holder = ${this.#holder}`.execute(this.#renewals)
  }

  reserveIdentify(bucket: number): Promise<number> {
    return reserveIdentify(databaseOn(this.#pools.claims), bucket, this.#times.identify)
  }

  async close(): Promise<void> {
    await Promise.all([this.#pools.renewals.close(), this.#pools.claims.close()])
  }

  /** Runs a transaction while no other process claims. */
  #inTurn<Result>(
    signal: AbortSignal,
    work: (transaction: Transaction<Schema>) => Promise<Result>,
  ): Promise<Result> {
    return databaseOn(this.#pools.claims, signal)
      .transaction()
      .execute(async (transaction) => {
        await sql`SELECT ${LOCK}`.execute(transaction)
        return work(transaction)
      })
  }

  /** Whether a lease has ended, whose holder may renew it if nobody takes the block. */
  async #hasEnded(transaction: Transaction<Schema>): Promise<boolean> {
    const { rows } = await sql`SELECT FROM shard_lease WHERE NOT ${this.#isLive} LIMIT 1`.execute(transaction)
    return rows.length > 0
  }

  /** A lease that has not ended; undefined if there is none. */
  async #live(transaction: Transaction<Schema>): Promise<LeaseRow | undefined> {
    const { rows } = await sql<LeaseRow>`
      SELECT ${COLUMNS} FROM shard_lease WHERE ${this.#isLive} LIMIT 1`.execute(transaction)
    return rows[0]
  }

  /**
   * Deletes some of the leases that have ended, so that their holders do not come back.
   * @returns those whose holders have come back meanwhile
   */
  async #endExpired(transaction: Transaction<Schema>, isEnded: RawBuilder<unknown>): Promise<LeaseRow[]> {
    await sql`DELETE FROM shard_lease WHERE ${isEnded} AND NOT ${this.#isLive}`.execute(transaction)
    const { rows } = await sql<LeaseRow>`SELECT ${COLUMNS} FROM shard_lease WHERE ${isEnded}`.execute(
      transaction,
    )
    return rows
  }

  /** The lowest block without a holder. One that a transaction of its last holder still locks is not free yet. */
  async #freeBlock(transaction: Transaction<Schema>, blocks: number): Promise<number | undefined> {
    const { rows: held } = await sql<{ block: number }>`SELECT block FROM shard_lease`.execute(transaction)
    const { rows: expired } = await sql<{ block: number }>`
      SELECT block FROM shard_lease WHERE NOT ${this.#isLive} FOR UPDATE SKIP LOCKED`.execute(transaction)
    const taken = new Set(held.map(({ block }) => block)).difference(
      new Set(expired.map(({ block }) => block)),
    )
    return Array.from({ length: blocks }, (_, block) => block).find((block) => !taken.has(block))
  }

  async #renewed(db: Kysely<Schema>): Promise<LeaseRow[]> {
    const { rows } = await sql<LeaseRow>`
      UPDATE shard_lease SET expires_at = ${this.#end} WHERE holder = ${this.#holder}
      RETURNING ${COLUMNS}`.execute(db)
    return rows
  }

  get #end(): RawBuilder<unknown> {
    return sql`clock_timestamp() + ${milliseconds(this.#times.lease)}`
  }

  /** One that ends too late is of a clock that was set back. */
  get #isLive(): RawBuilder<boolean> {
    const longest = milliseconds(2 * this.#times.lease)
    return sql`(expires_at BETWEEN clock_timestamp() AND clock_timestamp() + ${longest})`
  }
}

function isWanted(plan: ShardPlan, wanted: WantedPlan): boolean {
  return plan.blockSize === wanted.blockSize && (!wanted.isFixed || plan.shardCount === wanted.shardCount)
}

/** Whether a lease is of another plan: its holder would serve other shards. */
function isOtherThan({ shardCount, blockSize }: ShardPlan): RawBuilder<unknown> {
  return sql`(shard_count <> ${shardCount} OR block_size <> ${blockSize})`
}

function databaseOn(pool: ConnectionPool, signal?: AbortSignal): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: postgresDialect(pool, { guildId: undefined, number: 0, signal }),
  })
}
