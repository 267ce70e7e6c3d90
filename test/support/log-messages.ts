/** Messages of Custos's log that tests wait for. */
export const READ = 'The audit log is read.'
export const ALL_READ = 'The audit logs are read.'
export const READ_FAILED = 'Reading the audit log failed.'
export const RETENTION_APPLIED = 'Retention applied.'
export const REMOVED_FROM_GUILD = 'Removed from a server. Its data is scheduled for deletion.'
export const GUILD_PURGED = 'Deleted the data of a server that Custos was removed from.'
