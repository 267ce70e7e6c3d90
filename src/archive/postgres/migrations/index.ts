import type { Migration } from 'kysely/migration'
import * as firstLight from './0001-first-light.ts'
import * as leases from './0002-leases.ts'
import * as watches from './0003-watches.ts'

/**
 * Every step from an empty database to the current schema, in order. A step that has shipped never changes what it does,
 * so it imports nothing of ours.
 */
export const migrations: Record<string, Migration> = {
  '0001-first-light': firstLight,
  '0002-leases': leases,
  '0003-watches': watches,
}
