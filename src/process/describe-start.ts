import { type Config, readConfig } from '../config.ts'
import { HOUR, MINUTE } from '../core/time/units.ts'
import { VERSION } from '../version.ts'

type Setting = string | number | undefined

/** Each setting by its variable, as it may be logged: without the token, and addresses without their passwords. */
const settingsOf = (config: Config): Readonly<Record<string, Setting>> => ({
  DISCORD_API: config.api,
  DATABASE_URL:
    config.archive.type === 'sqlite' ? `sqlite:${config.archive.path}` : `postgres: ${config.archive}`,
  SHARD_COUNT: config.sharding.count,
  SHARDS_PER_PROCESS: config.sharding.perProcess,
  HTTP_ADDRESS: config.httpAddress && `${config.httpAddress.host}:${config.httpAddress.port}`,
  REQUESTS_PER_SECOND: config.requestsPerSecond,
  OVERLAP_MINUTES: config.resyncPolicy.overlap / MINUTE,
  SWEEP_HOURS: config.resyncPolicy.sweep / HOUR,
  READS_PER_MINUTE: config.readsPerMinute,
  RETENTION_DAYS: config.retentionDays,
  PURGE_AFTER_DAYS: config.purgeAfterDays,
  LOG_LEVEL: config.logLevel,
})

/** The first line of the log: what is started, and the settings that differ from the defaults. */
export function describeStart(config: Config): object {
  const usual = settingsOf(readConfig({ DISCORD_TOKEN: 'none' }))
  const changed = Object.entries(settingsOf(config)).filter(([name, value]) => value !== usual[name])
  return { version: VERSION, node: process.version, settings: Object.fromEntries(changed) }
}
