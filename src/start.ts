import { postIds } from '../commands/components/posts/post-ids.ts'
import { commands, components, menuCommands } from '../commands/index.ts'
import { Eraser } from './archive/erase/eraser.ts'
import { metered } from './archive/metered.ts'
import { openArchive } from './archive/open/open.ts'
import { beginServing } from './begin-serving.ts'
import { createPainter, type Painter } from './chart/painter.ts'
import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { Log } from './core/log.ts'
import type { LeaseTimes } from './core/sharding/leases.ts'
import type { Snowflake } from './core/snowflake.ts'
import { DAY } from './core/time/units.ts'
import { createClient } from './discord/client.ts'
import { connect } from './discord/connect.ts'
import { ShardStates } from './discord/connection/shard-states.ts'
import { GatewayEvents } from './discord/gateway/gateway-events.ts'
import { listenToGateway } from './discord/gateway/listen.ts'
import { Dispatch } from './discord/interactions/dispatch.ts'
import { createAuditLogSource } from './discord/rest/audit-log.ts'
import { fetchTime, followDiscordTime } from './discord/rest/discord-time.ts'
import { GuildRoles } from './discord/rest/guild-roles.ts'
import { createLogClients } from './discord/rest/log-clients.ts'
import { meterRequests } from './discord/rest/meter-requests.ts'
import { OwnerRightsReader } from './discord/rest/owner-rights.ts'
import { createPostClient } from './discord/rest/posting/post-client.ts'
import { createPosting } from './discord/rest/posting.ts'
import { RateLimits } from './discord/rest/rate-limits.ts'
import { createReplies } from './discord/rest/replies.ts'
import { RoleHolders } from './discord/rest/role-holders.ts'
import { observe } from './observe.ts'
import { LEASE_TIMES } from './sharding/lease-times.ts'
import { shareOf } from './sharding/served-shards.ts'
import { shutDown } from './shutdown.ts'
import { ReadBudget } from './sync/budget/read-budget.ts'
import { SyncEngine } from './sync/engine.ts'
import { EventQueue } from './sync/ingest/event-queue.ts'
import { Ingest } from './sync/ingest/ingest.ts'
import { runMaintenance } from './sync/maintenance.ts'
import { Membership } from './sync/membership.ts'
import { DiscordClock } from './sync/time/discord-clock.ts'
import { TrustedTime } from './sync/time/trusted-time.ts'
import { announceChanges } from './watch/announce-changes.ts'
import { NameLookups } from './watch/feed/name-lookups.ts'
import { Recounts } from './watch/feed/recounts.ts'
import { createRunners } from './watch/runners.ts'
import { Watcher } from './watch/watcher.ts'
import { type Observers, withObservers } from './with-observers.ts'

/** A running Custos. */
export interface Running {
  /**
   * Answers pending interactions, accepts no new ones, and closes the archive.
   * @param onStep called with what is waited for from then on, such as `the archive`
   * @returns whether nothing is left that keeps the process running
   */
  stop(onStep?: (step: string) => void): Promise<boolean>
}

export interface StartOptions {
  /** Called when Custos cannot go on, for example because Discord does not accept the token. */
  readonly onFatal: (error: Error) => void
  /** Aborts when Custos is to stop, so that the start does not wait for the archive any longer. */
  readonly stopped?: AbortSignal
  /** Draws the charts, and is closed when Custos stops. */
  readonly painter?: Painter
  /** How long the leases of several processes last. */
  readonly leaseTimes?: LeaseTimes
  /** Opens the archive; by default at its address. */
  readonly open?: typeof openArchive
}

/**
 * Starts Custos: opens the archive as soon as that can be reached, waits for shards to serve, and begins to log in.
 * Resolves before the login succeeds, which may take long.
 * @param host the clock of the machine, which Discord's time corrects
 * @returns undefined when it was stopped before the archive could be reached, or while other processes served all shards
 * @throws OperatorError when the archive cannot be used, nothing can be served at the address or, before shards are
 * claimed, Discord does not accept the token
 */
export async function start(
  config: Config,
  log: Log,
  host: Clock,
  options: StartOptions,
): Promise<Running | undefined> {
  const { onFatal, stopped = new AbortController().signal, painter = createPainter(host) } = options
  const { leaseTimes = LEASE_TIMES, open = openArchive } = options
  return withObservers(config.httpAddress, { log, stopped }, (observers) =>
    startBot(config, log, host, { ...observers, onFatal, stopped, painter, leaseTimes, open }),
  )
}

async function startBot(
  config: Config,
  log: Log,
  host: Clock,
  { health, metrics, onFatal, stopped, painter, leaseTimes, open }: Required<StartOptions> & Observers,
): Promise<Running | undefined> {
  const stopping = new AbortController()
  const { signal } = stopping

  const beginning = { log, clock: host, health, metrics, leaseTimes, open, onLost: onFatal, stopped, signal }
  const begun = await beginServing(config, beginning)
  if (!begun) return undefined
  const { sharding, served } = begun
  const { assigned, serves, isFirst } = served
  const { gate, reserveIdentify } = sharding
  const clock = new DiscordClock(host)
  const archive = announceChanges(metered(begun.archive, { metrics, clock }), {
    arrived: (guildIds) => watcher.arrived(guildIds),
    timeZoneSet: (guildId) => watcher.wake(guildId, 'digest'),
    erased: (guildId) => void watcher.erased(guildId),
  })
  const erasing = new Eraser({ archive, serves, clock: host, log, signal })
  void erasing.resume()

  const events = new GatewayEvents(log, metrics)
  const rateLimits = new RateLimits(clock)
  const states = new ShardStates(host)
  const client = createClient(config.api, {
    events,
    rateLimits,
    states,
    clock: host,
    log,
    assigned,
    gate,
    reserveIdentify,
  })
  const replies = createReplies(config.api)
  const postClient = createPostClient(config)
  followDiscordTime([client.rest, replies, postClient], clock, log)
  const meter = meterRequests({ metrics, clock })
  meter(client.rest, replies, postClient)

  const limits = {
    perSecond: shareOf(config.requestsPerSecond, served),
    backgroundPerMinute: shareOf(config.readsPerMinute, served),
  }
  const budget = new ReadBudget(host, limits, signal)
  const restFor = createLogClients({ rest: client.rest, ...config, rateLimits, onCreated: meter })
  const source = createAuditLogSource({ restFor, clock, log, rateLimits, signal })
  const queue = new EventQueue()
  const engine = new SyncEngine({
    source,
    archive,
    queue,
    clock,
    host,
    resyncPolicy: config.resyncPolicy,
    budget,
    log,
    signal,
    onReadable: (guildId) => watcher.wake(guildId, 'alert'),
  })
  const ingest = new Ingest({ queue, archive, engine, clock, log, signal })
  const trusted = new TrustedTime({ archive, clock, fetchTime: () => fetchTime(client.rest, signal) })
  const purgeAfter = config.purgeAfterDays * DAY
  const membership = new Membership({ archive, trusted, log, signal, purgeAfter })
  const ownId = () => guilds.botId
  const posts = new AbortController()
  const posting = createPosting({
    rest: postClient,
    budget,
    ownId,
    clock: host,
    log,
    signal: posts.signal,
  })
  const recounts = new Recounts({ host, signal, recount: (guildId) => engine.recountLater(guildId) })
  const readFrom = (guildId: Snowflake, from: Snowflake) => engine.refresh(guildId, { from }, () => {})
  const nameLookups = new NameLookups({ read: readFrom, log, signal })
  const roleHolders = new RoleHolders({ rest: client.rest, budget, clock: host, log, signal })
  const guildRoles = new GuildRoles({ rest: client.rest, budget, clock: host, log, signal })
  const runners = createRunners({
    archive,
    postIds,
    ownId,
    recounts,
    nameLookups,
    roles: guildRoles,
    engine,
    countGuilds: () => watcher.guildCount,
    coverageFor: (guildId, need) => engine.coverageFor(guildId, need),
    roleMembers: (guildId, roleId, known) => roleHolders.of(guildId, roleId, known),
    drawChart: (guildId, chart) => painter.paint(chart, { guildId, signal }),
    log,
    signal,
  })
  const watcher = new Watcher({ archive, posting, runners, serves, clock, host, log, metrics, signal })
  const guilds = listenToGateway(events, { engine, ingest, membership, watcher, clock, log })

  const { retentionDays } = config
  const dispatch = new Dispatch({
    commands,
    menuCommands,
    components,
    guilds,
    ownerRights: new OwnerRightsReader({ rest: client.rest, guilds, budget, clock: host, signal }),
    guildRoles,
    roleHolders,
    replies,
    archive,
    erasing,
    engine,
    painter,
    watching: watcher,
    clock,
    retentionDays,
    log,
    metrics,
    signal,
  })
  observe(
    { archive, shards: states, engine, watcher, queue, budget, clock: host, log, signal },
    { health, metrics },
  )

  void clock.synchronized.then(() =>
    runMaintenance({ archive, serves, membership, clock, trusted, log, signal, retentionDays }),
  )
  void connect(
    {
      client,
      commands,
      menuCommands,
      dispatch,
      gate,
      registers: isFirst,
      engine,
      archive,
      clock: host,
      log,
      signal,
      onFatal,
    },
    config,
  )

  return {
    stop: (onStep = () => {}) => {
      stopping.abort()
      return shutDown({ dispatch, watcher, posts, painter, client, ingest, archive, sharding, log }, onStep)
    },
  }
}
