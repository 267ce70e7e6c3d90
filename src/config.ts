import { z } from 'zod'
import { OperatorError } from './core/operator-error.ts'

/** What the operator sets, checked. */
export interface Config {
  readonly token: string
  /** REST base without version. */
  readonly api: string
  /** Path of the SQLite file, or `:memory:`. */
  readonly archivePath: string
  readonly logLevel: LogLevel
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const TOKEN =
  'DISCORD_TOKEN should be your bot’s token, from the Bot page of your application at https://discord.com/developers/applications.'
const API =
  'DISCORD_API should be the address of Discord’s API without a version, such as https://discord.com/api.'
const DATABASE =
  'DATABASE_URL should be sqlite: and the path of a file, such as sqlite:data/custos.db, or sqlite::memory:.'
const LEVEL = `LOG_LEVEL should be one of ${LOG_LEVELS.join(', ')}.`

/** An empty variable is one that is not set, as in a copied `.env.example`. */
const unset = (value: unknown) => (value === '' ? undefined : value)

const environment = z.object({
  DISCORD_TOKEN: z.string({ error: TOKEN }).trim().regex(/^\S+$/, { error: TOKEN }),
  DISCORD_API: z.preprocess(
    unset,
    z
      .url({ protocol: /^https?$/, error: API })
      .refine((address) => !/\/v\d+\/*$/.test(address), { error: API })
      .default('https://discord.com/api'),
  ),
  DATABASE_URL: z.preprocess(
    unset,
    z
      .string()
      .regex(/^sqlite:(?!\/\/).+$/, { error: DATABASE })
      .default('sqlite:data/custos.db'),
  ),
  LOG_LEVEL: z.preprocess(unset, z.enum(LOG_LEVELS, { error: LEVEL }).default('info')),
})

/**
 * Reads the configuration from the environment.
 * @throws OperatorError that names every variable that is missing or wrong, and never shows a value
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { data, error } = environment.safeParse(env)
  if (error) {
    const sentences = new Set(error.issues.map(({ message }) => message))
    throw new OperatorError(['Custos cannot start with this configuration:', ...sentences].join('\n  '))
  }
  return {
    token: data.DISCORD_TOKEN,
    api: data.DISCORD_API.replace(/\/+$/, ''),
    archivePath: data.DATABASE_URL.slice('sqlite:'.length),
    logLevel: data.LOG_LEVEL,
  }
}
