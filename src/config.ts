import { z } from 'zod'
import { type ArchiveAddress, parseArchiveUrl } from './archive/address.ts'
import { OperatorError } from './core/errors.ts'
import type { ResyncPolicy } from './core/resync-policy.ts'
import { MAX_SHARDS, type ShardingSettings } from './core/sharding/shards.ts'
import { HOUR, MINUTE } from './core/time/units.ts'
import { type HttpAddress, parseHttpAddress } from './http-address.ts'
import { strayCharacter } from './stray-character.ts'
import { type Environment, readVariableFiles } from './variable-files.ts'

/** The operator's configuration, validated. */
export interface Config {
  readonly token: string
  /** REST base without version. */
  readonly api: string
  readonly archive: ArchiveAddress
  readonly sharding: ShardingSettings
  /** Where health and metrics are served; undefined for nowhere. */
  readonly httpAddress: HttpAddress | undefined
  readonly logLevel: LogLevel
  readonly resyncPolicy: ResyncPolicy
  /** How many requests for logs all processes together may make in any second. */
  readonly requestsPerSecond: number
  /** How many of them background reading may make in a minute. */
  readonly readsPerMinute: number
  /** For how many days entries are stored; undefined for unlimited. */
  readonly retentionDays: number | undefined
  /** For how many days a guild's data is stored after the bot was removed from it. */
  readonly purgeAfterDays: number
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const TOKEN =
  'DISCORD_TOKEN should be your bot’s token alone, without a space or “Bot” before it. Copy it from the Bot page of ' +
  'your application at https://discord.com/developers/applications.'
const NO_TOKEN =
  'DISCORD_TOKEN should be your bot’s token, but is missing. Copy .env.example to .env and enter the token, which is ' +
  'on the Bot page of your application at https://discord.com/developers/applications.'
const COPY_AGAIN =
  'Copy the token again from the Bot page of your application at https://discord.com/developers/applications.'
const API =
  'DISCORD_API should be the address of Discord’s API without a version, such as https://discord.com/api.'
const RETENTION =
  'RETENTION_DAYS should be a whole number of days from 45 to 36500, such as 365, or empty to keep everything.'
const LEVEL = `LOG_LEVEL should be one of ${LOG_LEVELS.join(', ')}.`

const SHARD_COUNT = 'SHARD_COUNT should be auto or a whole number from 1 to 10000, such as 16.'
const SHARDS_PER_PROCESS = 'SHARDS_PER_PROCESS should be all or a whole number from 1 to 10000, such as 8.'
const ONE_PROCESS =
  'SHARDS_PER_PROCESS should be all, or DATABASE_URL the address of a PostgreSQL database: several processes cannot ' +
  'share a SQLite archive.'
const HTTP_ADDRESS =
  'HTTP_ADDRESS should be a host and a port, such as 127.0.0.1:9464, or empty to serve nothing.'

/**
 * Discord allows a bot 50 requests a second, and some are left for what is not a log.
 * https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
const REQUESTS_PER_SECOND = 47

/** Treats an empty variable as not set, as in a copied `.env.example`. */
const unset = (value: unknown) => (value === '' ? undefined : value)

/** A whole number within bounds, with a default. */
function whole(name: string, { from, to, usual }: { from: number; to: number; usual: number }) {
  const error = `${name} should be a whole number from ${from} to ${to}, such as ${usual}.`
  return z.preprocess(unset, wholeNumber(from, to, error).default(usual))
}

/** A whole number of shards, or a word, which is the default. */
function shards<Word extends string>(word: Word, error: string) {
  const choice = z.union([z.literal(word), wholeNumber(1, MAX_SHARDS, error)], { error })
  return z.preprocess((value) => unset(value) ?? word, choice)
}

function wholeNumber(from: number, to: number, error: string) {
  const number = z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
  return number.pipe(z.number().min(from, { error }).max(to, { error }))
}

const environment = z.object({
  DISCORD_TOKEN: z
    .string({ error: NO_TOKEN })
    .trim()
    .min(1, { error: NO_TOKEN, abort: true })
    .regex(/^[^ ]+$/, { error: TOKEN, abort: true })
    .superRefine((token, context) => {
      const stray = strayCharacter(token)
      if (stray === undefined) return
      const message = `DISCORD_TOKEN should be the token alone, but it contains ${stray}. ${COPY_AGAIN}`
      context.addIssue({ code: 'custom', message })
    }),
  DISCORD_API: z.preprocess(
    unset,
    z
      .url({ protocol: /^https?$/, error: API })
      .refine((address) => !/\/v\d+\/*$/.test(address), { error: API })
      // An address with an invisible character or a look-alike letter is another address.
      .refine((address) => strayCharacter(address) === undefined, { error: API })
      // The address is logged, and so would be a password in it.
      .refine((address) => !/^\w+:\/\/[^/]*@/.test(address), { error: API })
      .default('https://discord.com/api'),
  ),
  DATABASE_URL: z.preprocess(
    unset,
    z
      .string()
      .trim()
      .default('sqlite:data/custos.db')
      .transform((url, context) => {
        try {
          return parseArchiveUrl(url, 'DATABASE_URL')
        } catch (error) {
          if (!(error instanceof OperatorError)) throw error
          context.addIssue({ code: 'custom', message: error.message })
          return z.NEVER
        }
      }),
  ),
  SHARD_COUNT: shards('auto', SHARD_COUNT),
  SHARDS_PER_PROCESS: shards('all', SHARDS_PER_PROCESS),
  HTTP_ADDRESS: z.preprocess(
    unset,
    z
      .string()
      .trim()
      .transform((text, context) => {
        const address = parseHttpAddress(text)
        if (address) return address
        context.addIssue({ code: 'custom', message: HTTP_ADDRESS })
        return z.NEVER
      })
      .optional(),
  ),
  REQUESTS_PER_SECOND: whole('REQUESTS_PER_SECOND', { from: 1, to: 5000, usual: REQUESTS_PER_SECOND }),
  OVERLAP_MINUTES: whole('OVERLAP_MINUTES', { from: 1, to: 1440, usual: 15 }),
  SWEEP_HOURS: whole('SWEEP_HOURS', { from: 1, to: 168, usual: 24 }),
  READS_PER_MINUTE: whole('READS_PER_MINUTE', { from: 1, to: 1500, usual: 300 }),
  RETENTION_DAYS: z.preprocess(unset, wholeNumber(45, 36_500, RETENTION).optional()),
  PURGE_AFTER_DAYS: whole('PURGE_AFTER_DAYS', { from: 0, to: 36_500, usual: 30 }),
  LOG_LEVEL: z.preprocess(unset, z.enum(LOG_LEVELS, { error: LEVEL }).default('info')),
})

/**
 * Reads the configuration from the environment.
 * @throws OperatorError that names every missing or invalid variable, without its value
 */
export function readConfig(env: Environment): Config {
  const data = validate(environment.superRefine(requirePostgres), env)
  return {
    token: data.DISCORD_TOKEN,
    api: data.DISCORD_API.replace(/\/+$/, ''),
    archive: data.DATABASE_URL,
    sharding: { count: data.SHARD_COUNT, perProcess: data.SHARDS_PER_PROCESS },
    httpAddress: data.HTTP_ADDRESS,
    logLevel: data.LOG_LEVEL,
    resyncPolicy: { overlap: data.OVERLAP_MINUTES * MINUTE, sweep: data.SWEEP_HOURS * HOUR },
    requestsPerSecond: data.REQUESTS_PER_SECOND,
    readsPerMinute: data.READS_PER_MINUTE,
    retentionDays: data.RETENTION_DAYS,
    purgeAfterDays: data.PURGE_AFTER_DAYS,
  }
}

/**
 * Reads only the address of the archive from the environment.
 * @throws OperatorError when DATABASE_URL is invalid
 */
export function readArchiveAddress(env: Environment): ArchiveAddress {
  return validate(environment.pick({ DATABASE_URL: true }), env).DATABASE_URL
}

/** Only a database on a server can be shared by processes. */
function requirePostgres(
  {
    DATABASE_URL,
    SHARDS_PER_PROCESS,
  }: Pick<z.infer<typeof environment>, 'DATABASE_URL' | 'SHARDS_PER_PROCESS'>,
  context: z.RefinementCtx,
): void {
  if (SHARDS_PER_PROCESS !== 'all' && DATABASE_URL.type === 'sqlite')
    context.addIssue({ code: 'custom', message: ONE_PROCESS })
}

function validate<Data>(schema: z.ZodType<Data>, env: Environment): Data {
  const { variables, problems } = readVariableFiles(env)
  const { data, error } = schema.safeParse(variables)
  if (!error && problems.size === 0) return data
  const issues = (error?.issues ?? []).filter(({ path: [name] }) => !problems.has(String(name)))
  const sentences = new Set([...problems.values(), ...issues.map(({ message }) => message)])
  throw new OperatorError(['Custos cannot start with this configuration:', ...sentences].join('\n  '))
}
