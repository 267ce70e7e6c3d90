import { constants } from 'node:os'
import { expect, onTestFinished } from 'vitest'
import type { Actor } from '../../sandbox/actions/actor.ts'
import { Discord, type DiscordOptions } from '../../sandbox/discord.ts'
import type { MemberClient } from '../../sandbox/member-client/member-client.ts'
import { simulateHistory } from '../../sandbox/town/history.ts'
import { createTown, type Town, type TownOptions } from '../../sandbox/town/town.ts'
import { openArchive } from '../../src/archive/open/open.ts'
import { createPainter, type Painter } from '../../src/chart/painter.ts'
import { type Config, readConfig } from '../../src/config.ts'
import type { Archive } from '../../src/core/archive.ts'
import { hostClock } from '../../src/process/host-clock.ts'
import { type Running, start } from '../../src/start.ts'
import { archiveUrl, isOnPostgres } from './archive/archive-url.ts'
import { memoryDatabase } from './archive/memory-archive.ts'
import type { AtEnd } from './at-end.ts'
import { InFlight } from './in-flight.ts'
import { HostClock, ManualClock } from './manual-clock.ts'
import { RecordedLog } from './recorded-log.ts'
import { checkSchemas } from './sandbox/schemas.ts'

const TOKEN = 'a-token-that-nobody-may-see'
const MEMORY = 'sqlite::memory:'

/**
 * Draws the charts of all bots of a test process: a process of its own would cost each of them half a second. An answer
 * waits for its chart, since the clock of a test does not move, so other tests must not take the processors from it.
 */
const { paint: draw } = createPainter(hostClock, constants.priority.PRIORITY_NORMAL)
const sharedPainter: Painter = { paint: draw, close: async () => {} }

export interface OpenCustosOptions extends Omit<DiscordOptions, 'clock'> {
  /** The length of the guild's history in days; none by default. */
  readonly days?: number
  readonly perDay?: number
  readonly seed?: number
  /** By default an archive of its own, which SQLite keeps in memory, on the thread of the test, and over restarts. */
  readonly archiveUrl?: string
  /** More environment variables. */
  readonly environment?: Readonly<Record<string, string>>
  /** Where health and metrics are served; nowhere by default. */
  readonly httpAddress?: Config['httpAddress']
  /** How far the host's clock is ahead of Discord's, in milliseconds; 0 by default. */
  readonly hostAhead?: number
  readonly town?: TownOptions
  /** Changes the world before the bot starts. */
  readonly prepare?: (town: Town) => void
  /** Draws the charts; by default a painter that all bots of a test process share. */
  readonly painter?: Painter
  /** The test adds entries that fit no schema, so audit log responses are not checked. */
  readonly oddEntries?: boolean
}

/** A Discord with a guild, and Custos in it: in one process, over real sockets, with a manual clock. */
export interface OpenCustos {
  readonly clock: ManualClock
  /** The clock of Custos's host. */
  readonly host: HostClock
  readonly discord: Discord
  readonly town: Town
  readonly log: RecordedLog
  /** What is done for Custos, which takes real time. */
  readonly inFlight: InFlight
  /** The client of the first moderator. */
  readonly moderator: MemberClient
  /** The client of the second moderator. */
  readonly other: MemberClient
  /** A moderator as actor, by index in `town.moderators`. */
  actor(moderator: number): Actor
  /** Stops Custos and starts it again with the same archive. */
  restart(): Promise<void>
  stopBot(): Promise<void>
  startBot(): Promise<void>
  /** Opens the archive of a bot that is stopped. */
  openArchive(): Promise<Archive>
}

/** Starts a Discord and Custos until the test ends. All bodies are checked against Discord's schema. */
export async function openCustos(
  options: OpenCustosOptions = {},
  atEnd: AtEnd = onTestFinished,
): Promise<OpenCustos> {
  const clock = new ManualClock()
  const discord = await Discord.start({ ...options, clock })
  const problems = checkSchemas(discord)
  const town = createTown(discord, TOKEN, options.town)
  const { days = 0, perDay = 20, seed = 1 } = options
  const { paint, close } = options.painter ?? sharedPainter
  const url = options.archiveUrl ?? (isOnPostgres() ? await archiveUrl(atEnd) : MEMORY)
  const inFlight = new InFlight(discord)
  const memory = options.archiveUrl === undefined && url === MEMORY ? await memoryDatabase() : undefined
  const openIts: typeof openArchive = (address, log, fence, metrics) =>
    memory ? memory.open(log, metrics) : openArchive(address, log, fence, metrics)
  const open: typeof openArchive = async (...parameters) => inFlight.archive(await openIts(...parameters))
  if (days > 0) simulateHistory(town, { days, perDay, seed })
  options.prepare?.(town)

  const log = new RecordedLog()
  const config = {
    ...readConfig({
      DISCORD_TOKEN: TOKEN,
      DISCORD_API: discord.api,
      DATABASE_URL: url,
      ...options.environment,
    }),
    // No time passes between requests.
    requestsPerSecond: Number.POSITIVE_INFINITY,
    httpAddress: options.httpAddress,
  }
  const host = new HostClock(clock, options.hostAhead)
  const painter: Painter = { paint: (...parameters) => inFlight.during(paint(...parameters)), close }
  let running: Running | undefined
  let starts = 0
  const startBot = async () => {
    const onFatal = (error: Error) => log.error({ err: error }, error.message)
    running = await start(config, log, host, { onFatal, painter, open })
    await log.waitFor('Commands registered.', ++starts)
  }
  const stopBot = async () => {
    await running?.stop()
    running = undefined
  }
  atEnd(async () => {
    await stopBot()
    await discord.stop()
    await memory?.end()
    inFlight.end()
    expect(problems.filter((problem) => !options.oddEntries || !problem.includes('audit-logs'))).toEqual([])
  })
  await startBot()

  const idOf = (index: number) => town.moderators[index]?.id ?? ''
  return {
    clock,
    host,
    discord,
    town,
    log,
    inFlight,
    moderator: town.as(idOf(0)),
    other: town.as(idOf(1)),
    actor: (index) => ({ world: discord.world, guild: town.guild, actorId: idOf(index) }),
    stopBot,
    startBot,
    openArchive: () => openIts(config.archive),
    restart: async () => {
      await stopBot()
      await startBot()
    },
  }
}
