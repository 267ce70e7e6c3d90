import { PostgresQueryCompiler, type RawNode } from 'kysely'
import { nodeFor } from '../dialect-sql.ts'
import { postgresSql } from './dialect-sql.ts'

/** Writes the archive's statements as PostgreSQL reads them. */
export class ArchiveQueryCompiler extends PostgresQueryCompiler {
  protected override visitRaw(node: RawNode): void {
    const written = nodeFor(postgresSql, node)
    if (written) this.visitNode(written)
    else super.visitRaw(node)
  }
}
