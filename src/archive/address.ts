import { OperatorError } from '../core/errors.ts'
import { parsePostgresUrl } from './postgres/address/parse-url.ts'
import type { PostgresAddress } from './postgres/address/postgres-address.ts'

/** Where an archive is. */
export type ArchiveAddress = SqliteAddress | PostgresAddress

export interface SqliteAddress {
  readonly type: 'sqlite'
  /** The path of a file, or `:memory:`. */
  readonly path: string
}

/**
 * Parses the address of an archive.
 * @param name what the address is the value of, such as `DATABASE_URL`
 * @throws OperatorError with a sentence that does not repeat the address
 */
export function parseArchiveUrl(url: string, name: string): ArchiveAddress {
  if (/^postgres(?:ql)?:/i.test(url)) return parsePostgresUrl(url, name)
  const [, path] = /^sqlite:(?!\/\/)(.+)$/s.exec(url) ?? []
  if (path === undefined) throw new OperatorError(formOf(name))
  if (!isPlain(path)) throw new OperatorError(plainPathOf(name))
  return { type: 'sqlite', path }
}

/** Syntax of URLs and shells, which would be part of a file name here. */
const NOT_A_PATH =
  /^(?:file:|~|:|\s)|[?\p{Cc}]|%[\da-f]{2}|\$\{?\w|^["']|["':]$|-(?:wal|shm|journal)$|\.lock$|(?:^|[/\\])\.{0,2}$/iu

/** Whether a path names the file that it seems to name. */
function isPlain(path: string): boolean {
  return path === ':memory:' || !NOT_A_PATH.test(path)
}

const formOf = (name: string) =>
  `${name} should be sqlite: and the path of a file, without // between them, such as sqlite:data/custos.db or ` +
  'sqlite:/var/lib/custos/custos.db; or sqlite::memory: to store nothing on disk; or the address of a PostgreSQL ' +
  'database, such as postgres://user:password@host:5432/custos.'

const plainPathOf = (name: string) =>
  `${name} should have nothing but the path of a file after sqlite:, such as sqlite:/var/lib/custos/custos.db. ` +
  'It is used as it is: leave out file:, ~, variables, quotes, % escapes, a ? with options, and a slash or colon at ' +
  'the end. Names that end in -wal, -shm, -journal or .lock are reserved for files beside an archive. To store nothing ' +
  'on disk, set sqlite::memory:.'
