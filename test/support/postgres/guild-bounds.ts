import type { Client } from 'pg'
import { z } from 'zod'

/** A node of a plan. https://www.postgresql.org/docs/current/using-explain.html */
const planNode = z
  .object({
    'Relation Name': z.string().optional(),
    Operation: z.string().optional(),
    get Plans() {
      return z.array(planNode).optional()
    },
  })
  .loose()
type PlanNode = z.infer<typeof planNode>

const explained = z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planNode })]) })

/** The parts of a plan that say which rows of a table are read. */
const CONDITIONS = ['Index Cond', 'Recheck Cond', 'Filter']

/** That a row is of the only guild. */
const ONE_GUILD = /^\(*([a-z_0-9]+\.)?guild_id = \$\d+\)*$/

/** The tables of a database that hold data of guilds. */
export async function guildTables(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ table: string }>(`
    SELECT table_name AS table FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = 'guild_id' ORDER BY table_name`)
  return rows.map(({ table }) => table)
}

/**
 * Plans a statement without values for its parameters, and returns the tables with data of guilds that it reads or changes
 * without the condition that the rows are of one guild.
 */
export async function unboundTables(db: Client, statement: string): Promise<string[]> {
  const parameters = Math.max(0, ...statement.matchAll(/\$(\d+)/g).map(([, number]) => Number(number)))
  const values = parameters === 0 ? '' : `(${Array(parameters).fill('NULL').join(', ')})`
  await db.query("SET plan_cache_mode = 'force_generic_plan'")
  await db.query(`PREPARE checked AS ${statement}`)
  try {
    const { rows } = await db.query(`EXPLAIN (FORMAT JSON) EXECUTE checked${values}`)
    const nodes = nodesOf(explained.parse(rows[0])['QUERY PLAN'][0].Plan)
    const tables = await guildTables(db)
    // What an INSERT writes is in no condition; `watchWrites` looks at its rows.
    const read = nodes.filter(({ Operation }) => Operation === undefined)
    return read
      .filter(
        (node) =>
          !CONDITIONS.some((name) => conjunctsOf(String(node[name])).some((part) => ONE_GUILD.test(part))),
      )
      .flatMap((node) => node['Relation Name'] ?? [])
      .filter((table) => tables.includes(table))
  } finally {
    await db.query('DEALLOCATE checked')
  }
}

/** The parts of a condition that all have to be true: `((a) AND (b OR c))` has two. */
function conjunctsOf(condition: string): string[] {
  let depth = 0
  let part = ''
  const parts: string[] = []
  for (const token of condition.split(/([()]| AND )/)) {
    if (token === '(') depth++
    if (token === ')') depth--
    if (token === ' AND ' && depth === 1) parts.push(part)
    part = token === ' AND ' && depth === 1 ? '' : part + token
  }
  return [...parts, part]
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

/** What is wrong with a statement that wrote. */
export interface WrongWrite {
  readonly problem: 'writes several guilds' | 'writes without the lock'
  readonly table: string
  readonly statement: string
}

/** Has the server look at the rows of each statement that writes data of guilds. Only committed statements count. */
export async function watchWrites(db: Client): Promise<void> {
  await db.query(`
    CREATE TABLE wrong_write (problem text, "table" text, statement text);
    CREATE FUNCTION check_write() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE guilds bigint[];
      BEGIN
        SELECT array_agg(DISTINCT guild_id) INTO guilds FROM changed;
        IF cardinality(guilds) > 1 THEN
          INSERT INTO wrong_write VALUES ('writes several guilds', TG_TABLE_NAME, current_query());
        END IF;
        -- The transaction that holds the lock has written the version of the row that is current.
        IF TG_TABLE_NAME <> 'guild' AND EXISTS (
          SELECT 1 FROM unnest(guilds) AS written (guild_id) WHERE NOT EXISTS (
            SELECT 1 FROM guild
            WHERE guild.guild_id = written.guild_id AND guild.xmin = pg_current_xact_id()::xid
          )
        ) THEN
          INSERT INTO wrong_write VALUES ('writes without the lock', TG_TABLE_NAME, current_query());
        END IF;
        RETURN NULL;
      END $$`)
  for (const table of await guildTables(db)) {
    for (const [event, rows] of [
      ['INSERT', 'NEW'],
      ['UPDATE', 'NEW'],
      ['DELETE', 'OLD'],
    ]) {
      await db.query(`
        CREATE TRIGGER check_${event} AFTER ${event} ON ${table} REFERENCING ${rows} TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION check_write()`)
    }
  }
}

/** What `watchWrites` found since it was last asked, each once. */
export async function wrongWrites(db: Client): Promise<WrongWrite[]> {
  const { rows } = await db.query<WrongWrite>('SELECT DISTINCT problem, "table", statement FROM wrong_write')
  await db.query('TRUNCATE wrong_write')
  return rows
}
