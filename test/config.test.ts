import { describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { OperatorError } from '../src/core/errors.ts'

const NO_TOKEN =
  'DISCORD_TOKEN should be your bot’s token, but is missing. Copy .env.example to .env and enter the token, which is ' +
  'on the Bot page of your application at https://discord.com/developers/applications.'
const TOKEN =
  'DISCORD_TOKEN should be your bot’s token alone, without a space or “Bot” before it. Copy it from the Bot page of ' +
  'your application at https://discord.com/developers/applications.'
const API =
  'DISCORD_API should be the address of Discord’s API without a version, such as https://discord.com/api.'
const DATABASE =
  'DATABASE_URL should be sqlite: and the path of a file, without // between them, such as sqlite:data/custos.db or ' +
  'sqlite:/var/lib/custos/custos.db; or sqlite::memory: to store nothing on disk; or the address of a PostgreSQL ' +
  'database, such as postgres://user:password@host:5432/custos.'
const NO_USER =
  'DATABASE_URL should be an address such as postgres://user:password@host:5432/custos?sslmode=require. It has no user.'
const PLAIN_PATH =
  'DATABASE_URL should have nothing but the path of a file after sqlite:, such as sqlite:/var/lib/custos/custos.db. ' +
  'It is used as it is: leave out file:, ~, variables, quotes, % escapes, a ? with options, and a slash or colon at ' +
  'the end. Names that end in -wal, -shm, -journal or .lock are reserved for files beside an archive. To store nothing ' +
  'on disk, set sqlite::memory:.'
const LEVEL = 'LOG_LEVEL should be one of trace, debug, info, warn, error, fatal, silent.'
const OVERLAP = 'OVERLAP_MINUTES should be a whole number from 1 to 1440, such as 15.'
const SWEEP = 'SWEEP_HOURS should be a whole number from 1 to 168, such as 24.'
const READS = 'READS_PER_MINUTE should be a whole number from 1 to 1500, such as 300.'

const SHARD_COUNT = 'SHARD_COUNT should be auto or a whole number from 1 to 10000, such as 16.'
const SHARDS_PER_PROCESS = 'SHARDS_PER_PROCESS should be all or a whole number from 1 to 10000, such as 8.'
const ONE_PROCESS =
  'SHARDS_PER_PROCESS should be all, or DATABASE_URL the address of a PostgreSQL database: several processes cannot ' +
  'share a SQLite archive.'
const HTTP_ADDRESS =
  'HTTP_ADDRESS should be a host and a port, such as 127.0.0.1:9464, or empty to serve nothing.'
const REQUESTS = 'REQUESTS_PER_SECOND should be a whole number from 1 to 5000, such as 47.'

const RETENTION =
  'RETENTION_DAYS should be a whole number of days from 45 to 36500, such as 365, or empty to keep everything.'
const PURGE = 'PURGE_AFTER_DAYS should be a whole number from 0 to 36500, such as 30.'

const DEFAULTS = {
  token: 'a.token',
  api: 'https://discord.com/api',
  archive: { type: 'sqlite', path: 'data/custos.db' },
  logLevel: 'info',
  resyncPolicy: { overlap: 15 * 60_000, sweep: 24 * 3_600_000 },
  requestsPerSecond: 47,
  sharding: { count: 'auto', perProcess: 'all' },
  httpAddress: undefined,
  readsPerMinute: 300,
  retentionDays: undefined,
  purgeAfterDays: 30,
}

describe('the configuration', () => {
  test.each([
    ['needs the token alone', { DISCORD_TOKEN: 'a.token', PATH: '/usr/bin' }],
    [
      'treats an empty variable as not set',
      { DISCORD_TOKEN: 'a.token', DISCORD_API: '', DATABASE_URL: '', LOG_LEVEL: '' },
    ],
    ['trims the token', { DISCORD_TOKEN: ' a.token\n' }],
    ['trims invisible spaces of the token, too', { DISCORD_TOKEN: '\ufeff\u00a0a.token\u00a0' }],
  ])('%s', (_, env) => {
    expect(readConfig(env)).toEqual(DEFAULTS)
  })

  test.each([
    ['DISCORD_API', 'http://127.0.0.1:8080/api', { api: 'http://127.0.0.1:8080/api' }],
    ['DISCORD_API', 'https://discord.com/api//', { api: 'https://discord.com/api' }],
    ['DATABASE_URL', 'sqlite::memory:', { archive: { type: 'sqlite', path: ':memory:' } }],
    [
      'DATABASE_URL',
      'sqlite:/var/lib/custos/archive.db',
      { archive: { type: 'sqlite', path: '/var/lib/custos/archive.db' } },
    ],
    [
      'DATABASE_URL',
      'sqlite:/srv/my data/custos-1.db ',
      { archive: { type: 'sqlite', path: '/srv/my data/custos-1.db' } },
    ],
    ['DATABASE_URL', 'sqlite:../custos', { archive: { type: 'sqlite', path: '../custos' } }],
    [
      'DATABASE_URL',
      'sqlite:C:\\custos\\custos.db',
      { archive: { type: 'sqlite', path: 'C:\\custos\\custos.db' } },
    ],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['OVERLAP_MINUTES', '30', { resyncPolicy: { overlap: 30 * 60_000, sweep: 24 * 3_600_000 } }],
    ['SWEEP_HOURS', '48', { resyncPolicy: { overlap: 15 * 60_000, sweep: 48 * 3_600_000 } }],
    ['SHARD_COUNT', 'auto', {}],
    ['SHARD_COUNT', '16', { sharding: { count: 16, perProcess: 'all' } }],
    ['SHARDS_PER_PROCESS', 'all', {}],
    ['HTTP_ADDRESS', '127.0.0.1:9464', { httpAddress: { host: '127.0.0.1', port: 9464 } }],
    ['HTTP_ADDRESS', '0.0.0.0:80', { httpAddress: { host: '0.0.0.0', port: 80 } }],
    ['HTTP_ADDRESS', 'localhost:9464', { httpAddress: { host: 'localhost', port: 9464 } }],
    ['HTTP_ADDRESS', '[::]:9464', { httpAddress: { host: '::', port: 9464 } }],
    ['HTTP_ADDRESS', ':9464', { httpAddress: { host: '127.0.0.1', port: 9464 } }],
    ['HTTP_ADDRESS', '9464', { httpAddress: { host: '127.0.0.1', port: 9464 } }],
    ['HTTP_ADDRESS', '', {}],
    ['REQUESTS_PER_SECOND', '141', { requestsPerSecond: 141 }],
    ['READS_PER_MINUTE', '60', { readsPerMinute: 60 }],
    ['RETENTION_DAYS', '45', { retentionDays: 45 }],
    ['RETENTION_DAYS', '', {}],
    ['PURGE_AFTER_DAYS', '0', { purgeAfterDays: 0 }],
  ])('accepts %s=%s', (name, value, change) => {
    expect(readConfig({ DISCORD_TOKEN: 'a.token', [name]: value })).toEqual({ ...DEFAULTS, ...change })
  })

  test('accepts a number of shards for each process with a PostgreSQL archive', () => {
    const { sharding } = readConfig({
      DISCORD_TOKEN: 'a.token',
      DATABASE_URL: 'postgres://custos@localhost/custos',
      SHARDS_PER_PROCESS: '8',
    })
    expect(sharding).toEqual({ count: 'auto', perProcess: 8 })
  })
})

describe('an invalid configuration', () => {
  test.each([
    ['DISCORD_TOKEN', undefined, NO_TOKEN],
    ['DISCORD_TOKEN', '', NO_TOKEN],
    ['DISCORD_TOKEN', '  ', NO_TOKEN],
    ['DISCORD_TOKEN', 'Bot a.token', TOKEN],
    ['DISCORD_API', 'discord.com/api', API],
    ['DISCORD_API', 'ftp://discord.com/api', API],
    ['DISCORD_API', 'https://me:secret@proxy.example/api', API],
    ['DISCORD_API', 'https://discord.com/api/v10', API],
    ['DISCORD_API', 'https://discord.com/api/v9/', API],
    ['DISCORD_API', 'https://discord.com/api\u200b', API],
    ['DISCORD_API', 'https://disсord.com/api', API],
    ['DATABASE_URL', 'data/custos.db', DATABASE],
    ['DATABASE_URL', 'sqlite:', DATABASE],
    ['DATABASE_URL', 'sqlite:///data/custos.db', DATABASE],
    ['DATABASE_URL', 'mysql://localhost/custos', DATABASE],
    ['DATABASE_URL', 'postgres://localhost/custos', NO_USER],
    ['DATABASE_URL', 'sqlite:file:/var/lib/custos.db', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:FILE:custos.db', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:custos.db?mode=ro', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:my%20data/custos.db', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:~/custos.db', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:$HOME/custos.db', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:/srv/$NAME.db', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:"data/custos.db"', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite: data/custos.db', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:data/cus\ntos.db', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:data/', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:data/.', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:..', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite::memory', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:memory:', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:data/custos.db-wal', PLAIN_PATH],
    ['DATABASE_URL', 'sqlite:data/custos.db.lock', PLAIN_PATH],
    ['LOG_LEVEL', 'INFO', LEVEL],
    ['LOG_LEVEL', 'loud', LEVEL],
    ['SHARD_COUNT', '0', SHARD_COUNT],
    ['SHARD_COUNT', 'all', SHARD_COUNT],
    ['SHARD_COUNT', '10001', SHARD_COUNT],
    ['SHARDS_PER_PROCESS', 'auto', SHARDS_PER_PROCESS],
    ['SHARDS_PER_PROCESS', '1.5', SHARDS_PER_PROCESS],
    ['SHARDS_PER_PROCESS', '8', ONE_PROCESS],
    ['HTTP_ADDRESS', '127.0.0.1', HTTP_ADDRESS],
    ['HTTP_ADDRESS', 'http://127.0.0.1:9464', HTTP_ADDRESS],
    ['HTTP_ADDRESS', '127.0.0.1:0', HTTP_ADDRESS],
    ['HTTP_ADDRESS', '127.0.0.1:70000', HTTP_ADDRESS],
    ['HTTP_ADDRESS', '::1:9464', HTTP_ADDRESS],
    ['REQUESTS_PER_SECOND', '0', REQUESTS],
    ['OVERLAP_MINUTES', '0', OVERLAP],
    ['OVERLAP_MINUTES', '1.5', OVERLAP],
    ['OVERLAP_MINUTES', '-5', OVERLAP],
    ['SWEEP_HOURS', '169', SWEEP],
    ['READS_PER_MINUTE', 'many', READS],
    ['RETENTION_DAYS', '44', RETENTION],
    ['RETENTION_DAYS', '0', RETENTION],
    ['RETENTION_DAYS', '45.5', RETENTION],
    ['RETENTION_DAYS', 'for ever', RETENTION],
    ['PURGE_AFTER_DAYS', '-1', PURGE],
    ['PURGE_AFTER_DAYS', 'never', PURGE],
  ])('with %s=%s is rejected with one sentence', (name, value, sentence) => {
    expect(() => readConfig({ DISCORD_TOKEN: 'a.token', [name]: value })).toThrow(
      new OperatorError(`Custos cannot start with this configuration:\n  ${sentence}`),
    )
  })

  test.each([
    ['a.to\u200bken', 'an invisible character (U+200B)'],
    ['a.token\u200b', 'an invisible character (U+200B)'],
    ['a.to\ufeffken', 'an invisible character (U+FEFF)'],
    ['a.to\u00a0ken', 'an invisible character (U+00A0)'],
    ['a.to\tken', 'an invisible character (U+0009)'],
    ['a.to\u00adken', 'an invisible character (U+00AD)'],
    ['a.to\u0000ken', 'an invisible character (U+0000)'],
    ['a.to\u3164ken', 'an invisible character (U+3164)'],
    ['a.to\nken', 'a line break (U+000A)'],
    ['"a.token"', 'a quotation mark (U+0022)'],
    ['“a.token”', 'a quotation mark (U+201C)'],
    ['а.token', 'a character that is not ASCII (U+0430)'],
    ['a.token😀', 'a character that is not ASCII (U+1F600)'],
  ])(
    'with DISCORD_TOKEN=%j is rejected with the invalid character, and nothing else of the token',
    (token, stray) => {
      expect(() => readConfig({ DISCORD_TOKEN: token })).toThrow(
        new OperatorError(
          'Custos cannot start with this configuration:\n  ' +
            `DISCORD_TOKEN should be the token alone, but it contains ${stray}. Copy the token again from the Bot page of ` +
            'your application at https://discord.com/developers/applications.',
        ),
      )
    },
  )

  test('is rejected with every invalid variable, and without their values', () => {
    const env = {
      DISCORD_TOKEN: 'a secret',
      DISCORD_API: 'a secret',
      DATABASE_URL: 'a secret',
      LOG_LEVEL: 'a secret',
    }
    expect(() => readConfig(env)).toThrow(
      new OperatorError(
        ['Custos cannot start with this configuration:', TOKEN, API, DATABASE, LEVEL].join('\n  '),
      ),
    )
  })
})
