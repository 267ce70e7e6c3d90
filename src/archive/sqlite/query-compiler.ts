import { type RawNode, SqliteQueryCompiler } from 'kysely'
import { nodeFor } from '../dialect-sql.ts'
import { sqliteSql } from './dialect-sql.ts'

/** Writes the archive's statements as SQLite reads them. */
export class ArchiveQueryCompiler extends SqliteQueryCompiler {
  protected override visitRaw(node: RawNode): void {
    const written = nodeFor(sqliteSql, node)
    if (written) this.visitNode(written)
    else super.visitRaw(node)
  }
}
