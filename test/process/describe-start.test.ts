import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { readConfig } from '../../src/config.ts'
import { describeStart } from '../../src/process/describe-start.ts'

const described = (env: Record<string, string>) =>
  describeStart(readConfig({ DISCORD_TOKEN: 'a.token', ...env }))

test('the first line of the log has the versions, and no setting that is as usual', () => {
  expect(described({ LOG_LEVEL: 'info', RETENTION_DAYS: '' })).toEqual({
    version: packageJson.version,
    node: process.version,
    settings: {},
  })
})

/** Every setting of `.env.example` but the token and the files, with another value. */
const OTHER: Record<string, string> = {
  DATABASE_URL: 'postgres://custos:s3cret-words@db.example:5433/archive',
  RETENTION_DAYS: '365',
  PURGE_AFTER_DAYS: '7',
  LOG_LEVEL: 'debug',
  DISCORD_API: 'http://127.0.0.1:8080/api',
  OVERLAP_MINUTES: '30',
  SWEEP_HOURS: '48',
  READS_PER_MINUTE: '600',
  REQUESTS_PER_SECOND: '20',
  HTTP_ADDRESS: '127.0.0.1:9464',
  SHARD_COUNT: '16',
  SHARDS_PER_PROCESS: '4',
}

test('the first line of the log has every setting that is not as usual, without a secret', () => {
  const line = described(OTHER)
  expect(line).toMatchObject({
    settings: {
      ...Object.fromEntries(
        Object.entries(OTHER).map(([name, value]) => [
          name,
          Number.isNaN(Number(value)) ? value : Number(value),
        ]),
      ),
      DATABASE_URL: 'postgres: archive at db.example:5433',
    },
  })
  expect(JSON.stringify(line)).not.toMatch(/s3cret|a\.token/)
})

test('every setting of .env.example is known to that line', () => {
  const names = readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)
  const shown = [...names].map(([, name = '']) => name).filter((name) => !/TOKEN|_FILE$/.test(name))
  expect(shown.sort()).toEqual(Object.keys(OTHER).sort())
})
