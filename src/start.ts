import { setTimeout as sleep } from 'node:timers/promises'
import { commands, components, menuCommands } from '../commands/index.ts'
import { Eraser } from './archive/eraser.ts'
import { openArchive } from './archive/sqlite/open.ts'
import { createPainter } from './chart/painter.ts'
import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import { DAY } from './core/time/units.ts'
import { createClient } from './discord/client.ts'
import { connect } from './discord/connect.ts'
import { listenToGateway } from './discord/gateway/follow.ts'
import { GatewayEvents } from './discord/gateway/gateway-events.ts'
import { Membership } from './discord/gateway/membership.ts'
import { Dispatch } from './discord/interactions/dispatch.ts'
import { createAuditLogSource } from './discord/rest/audit-log.ts'
import { askTime, keepTime } from './discord/rest/keep-time.ts'
import { RateLimits } from './discord/rest/rate-limits.ts'
import { createReplies } from './discord/rest/replies.ts'
import { RoleHolders } from './discord/rest/role-holders.ts'
import { DiscordClock } from './sync/discord-clock.ts'
import { SyncEngine } from './sync/engine.ts'
import { Ingest } from './sync/ingest/ingest.ts'
import { runMaintenance } from './sync/maintenance.ts'
import { ReadBudget } from './sync/read-budget.ts'
import { TrustedTime } from './sync/trusted-time.ts'

/** How long what is under way may take to finish when Custos stops, in milliseconds. */
const LAST_ANSWERS = 2500

/** How long Discord may take to say goodbye, in milliseconds: on a line that is dead it never does. */
const FAREWELL = 500

/** A Custos that runs. */
export interface Running {
  /**
   * Takes nothing new, answers what is under way, closes the archive.
   * @param begin is told what is waited for from then on, such as `the archive`
   * @returns whether nothing is left that would keep the process from ending
   */
  stop(begin?: (step: string) => void): Promise<boolean>
}

/**
 * Starts Custos: opens the archive, and goes on to log in, however long Discord cannot be reached.
 * @param host the clock of the machine, which Discord corrects
 * @param onFatal is told what ends Custos, such as a token that Discord does not accept
 * @throws OperatorError when the archive cannot be opened
 */
export async function start(
  config: Config,
  log: Log,
  host: Clock,
  onFatal: (error: Error) => void,
): Promise<Running> {
  const stopping = new AbortController()
  const { signal } = stopping
  const archive = await openArchive(config.archivePath, log)
  const erasing = new Eraser({ archive, clock: host, log, signal })
  void erasing.resume()
  const events = new GatewayEvents(log)
  const clock = new DiscordClock(host)
  const rateLimits = new RateLimits(clock)
  const client = createClient(config.api, { events, rateLimits, clock: host, log })
  const replies = createReplies(config.api)
  keepTime([client.rest, replies], clock, log)
  const budget = new ReadBudget(host, config.readsPerMinute)
  const { windows: resyncPolicy } = config
  const source = createAuditLogSource({ rest: client.rest, rateLimits, clock, log, signal })
  const onDropped = (guildId: string) => engine.resync(guildId)
  const ingest = new Ingest({ archive, clock, log, signal, onDropped })
  const engine = new SyncEngine({
    source,
    archive,
    events: ingest,
    clock,
    host,
    resyncPolicy,
    budget,
    log,
    signal,
  })
  const guilds = listenToGateway({ events, engine, ingest, clock, log })
  const trusted = new TrustedTime({ archive, clock, askTime: () => askTime(client.rest, signal) })
  const purgeAfter = config.purgeAfterDays * DAY
  const membership = new Membership({ events, archive, trusted, log, signal, purgeAfter })
  const { retentionDays } = config
  const painter = createPainter()
  const dispatch = new Dispatch({
    commands,
    menuCommands,
    components,
    guilds,
    roleHolders: new RoleHolders({ rest: client.rest, budget, clock: host, log, signal }),
    replies,
    archive,
    erasing,
    engine,
    painter,
    clock,
    retentionDays,
    log,
    signal,
  })
  clock.synchronized.then(() =>
    runMaintenance({ archive, membership, clock, trusted, log, signal, retentionDays }),
  )

  const access = { token: config.token, api: config.api }
  connect({ client, commands, menuCommands, dispatch, clock: host, log, signal, onFatal }, access)

  const stop = async (begin: (step: string) => void = () => {}) => {
    stopping.abort()
    // What fails in one step keeps the archive from being closed no more than what takes long.
    const take = (step: string, work: Promise<unknown>) => {
      begin(step)
      return work.catch((error: unknown) => log.error({ err: error, step }, 'A step of the stop failed.'))
    }
    await take('the answers under way', atMost(LAST_ANSWERS, dispatch.settled()))
    await take('the charts', painter.close())
    await take('the gateway', atMost(FAREWELL, client.destroy()))
    await take('what is to be written', ingest.settled())
    await take('the archive', archive.close())
    return archive.hasEnded
  }
  return { stop }
}

/** Waits for something, but not for longer than so many milliseconds. */
async function atMost(milliseconds: number, under: Promise<unknown>): Promise<void> {
  await Promise.race([under, sleep(milliseconds, undefined, { ref: false })])
}
