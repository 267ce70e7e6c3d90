import { setTimeout as sleep } from 'node:timers/promises'
import { config as readDotenv } from 'dotenv'
import { pino } from 'pino'
import { build as pretty } from 'pino-pretty'
import { entryView } from '../commands/audit/entry-view.ts'
import { commands, menuCommands } from '../commands/index.ts'
import { Eraser } from './archive/eraser.ts'
import { openArchive } from './archive/open.ts'
import { createPainter } from './chart/painter.ts'
import { type Config, readConfig } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import { OperatorError } from './core/operator-error.ts'
import { createAuditLogSource } from './discord/audit-log.ts'
import { createClient } from './discord/client.ts'
import { connect } from './discord/connect.ts'
import { Dispatch } from './discord/dispatch.ts'
import { followGateway } from './discord/follow.ts'
import { GatewayEvents } from './discord/gateway/gateway-events.ts'
import { keepHouse } from './discord/housekeeping.ts'
import { askTime, keepTime } from './discord/keep-time.ts'
import { Membership } from './discord/membership.ts'
import { RateLimits } from './discord/rate-limits.ts'
import { createReplies } from './discord/replies.ts'
import { RoleHolders } from './discord/role-holders.ts'
import { hostClock, steadyDate } from './host-clock.ts'
import { describeError, withoutSecrets } from './redact.ts'
import { CatchUp } from './sync/catch-up.ts'
import { DiscordClock } from './sync/discord-clock.ts'
import { Ingest } from './sync/ingest.ts'
import { ReadBudget } from './sync/read-budget.ts'
import { TrustedTime } from './sync/trusted-time.ts'

/** How long what is under way may take to finish when Custos stops, in milliseconds. */
const LAST_ANSWERS = 3500

/** A Custos that runs. */
export interface Running {
  /** Takes nothing new, answers what is under way, closes the archive. */
  stop(): Promise<void>
}

/**
 * Starts Custos.
 * @param host the clock of the machine, which Discord corrects
 * @param onFatal is told when Discord has shut the bot out for good
 * @throws OperatorError when the archive cannot be opened or Discord does not let the bot in
 */
export async function start(
  config: Config,
  log: Log,
  host: Clock,
  onFatal: (error: OperatorError) => void,
): Promise<Running> {
  const stopping = new AbortController()
  const { signal } = stopping
  const archive = await openArchive(config.archivePath, log)
  const erasing = new Eraser({ archive, clock: host, log, signal })
  void erasing.resume()
  const events = new GatewayEvents(log)
  const clock = new DiscordClock(host)
  const rateLimits = new RateLimits(clock)
  const client = createClient(config.api, { events, rateLimits, log })
  const replies = createReplies(config.api)
  keepTime([client.rest, replies], clock, log)
  const budget = new ReadBudget(host, config.readsPerMinute)
  const { windows } = config
  const source = createAuditLogSource({ rest: client.rest, rateLimits, clock, log, signal })
  const onLetGo = (guildId: string) => catchUp.begin(guildId)
  const ingest = new Ingest({ archive, clock, log, signal, onLetGo })
  const catchUp = new CatchUp({ source, archive, events: ingest, clock, host, windows, budget, log, signal })
  const guilds = followGateway({ events, catchUp, ingest, clock, log })
  const trusted = new TrustedTime({ archive, clock, askTime: () => askTime(client.rest, signal) })
  const purgeAfter = config.purgeAfterDays * 86_400_000
  const membership = new Membership({ events, archive, clock, trusted, log, signal, purgeAfter })
  const { retentionDays } = config
  const painter = createPainter()
  const dispatch = new Dispatch({
    commands,
    menuCommands,
    entryView,
    guilds,
    roleHolders: new RoleHolders({ rest: client.rest, budget, clock: host, log, signal }),
    replies,
    archive,
    erasing,
    catchUp,
    painter,
    clock,
    retentionDays,
    log,
    signal,
  })
  clock.heard.then(() => keepHouse({ archive, membership, clock, trusted, log, signal, retentionDays }))

  const stop = async () => {
    stopping.abort()
    await Promise.race([dispatch.settled(), sleep(LAST_ANSWERS, undefined, { ref: false })])
    await painter.close()
    await client.destroy()
    await ingest.settled()
    await archive.close()
  }
  try {
    await connect({ client, commands, menuCommands, dispatch, log, onFatal }, config)
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

async function main(): Promise<void> {
  steadyDate(hostClock)
  readDotenv({ quiet: true })
  const config = readConfig(process.env)
  const output = process.stdout.isTTY ? pretty() : process.stdout
  const log = pino(
    {
      level: config.logLevel,
      serializers: { err: describeError },
      timestamp: () => `,"time":${hostClock.now()}`,
    },
    { write: (line) => output.write(withoutSecrets(line, config.token)) },
  )
  const exit = (code: number) => process.exit(code)
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'Custos fell over.')
    exit(1)
  })
  // A promise that nothing waited for says nothing of the rest: what discord.js drops here keeps no answer from coming.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'Something failed unnoticed.'))
  const running = await start(config, log, hostClock, fail)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      log.info({ signal }, 'Stopping.')
      await running.stop()
      exit(0)
    })
  }
}

function fail(error: unknown): never {
  const sentence =
    error instanceof OperatorError ? error.message : String(error instanceof Error ? error.stack : error)
  process.stderr.write(withoutSecrets(`${sentence}\n`, process.env.DISCORD_TOKEN?.trim() ?? ''))
  process.exit(1)
}

if (import.meta.main) main().catch(fail)
