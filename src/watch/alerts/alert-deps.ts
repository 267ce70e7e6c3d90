import type { ArchiveReader } from '../../core/archive.ts'
import type { SyncStatus } from '../../core/coverage/sync-status.ts'
import type { Snowflake } from '../../core/snowflake.ts'
import type { RolePermissions } from '../../core/watch/alerts/dangerous-permissions.ts'
import type { PostIds } from '../runner.ts'

/** What alerts are judged and shown with. */
export interface AlertDeps {
  readonly archive: ArchiveReader
  readonly postIds: PostIds
  readonly roles: {
    /** What each role of a guild permits. It throws if Discord does not say. */
    permissionsIn(guildId: Snowflake): Promise<RolePermissions>
    /** Which roles a member has. It throws if Discord does not say. */
    rolesOf(guildId: Snowflake, userId: Snowflake): Promise<readonly Snowflake[]>
  }
  readonly engine: {
    status(guildId: Snowflake): Pick<SyncStatus, 'lastRead'>
    /** Has counts that can grow read again soon, and for as long as they grow. */
    recountSoon(guildId: Snowflake, kinds: Iterable<number>, areNew: boolean): void
  }
}
