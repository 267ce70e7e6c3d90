import { Client, Events } from 'discord.js'
import { onTestFinished } from 'vitest'
import { commands, components, menuCommands } from '../../commands/index.ts'
import type { MemberClient } from '../../sandbox/member-client/member-client.ts'
import type { Archive } from '../../src/core/archive.ts'
import { type SyncOutcome, statusAfter } from '../../src/core/coverage/sync-status.ts'
import { isRecord } from '../../src/core/json.ts'
import { NO_METRICS } from '../../src/core/metrics/metrics.ts'
import { type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import { parseInteraction } from '../../src/discord/gateway/interaction.ts'
import type { BotContext } from '../../src/discord/interactions/bot-context.ts'
import { Dispatch } from '../../src/discord/interactions/dispatch.ts'
import { toDefinition, toMenuDefinition } from '../../src/discord/rest/command-definitions.ts'
import { createReplies } from '../../src/discord/rest/replies.ts'
import { testArchive } from './archive/shared-archive.ts'
import type { AtEnd } from './at-end.ts'
import { emitInteraction } from './emit-interaction.ts'
import { type OpenDiscord, openDiscord } from './open-discord.ts'
import { RecordedLog } from './recorded-log.ts'

/** What answers interactions, behind a Discord and an empty archive, but without a bot that reads the audit log. */
export interface OpenInteractions extends Pick<OpenDiscord, 'discord' | 'clock' | 'town'> {
  readonly archive: Archive
  readonly log: RecordedLog
  /** The first moderator, who may do everything. */
  readonly moderator: MemberClient
  /** Another moderator, who may view the audit log. */
  readonly other: MemberClient
  /** Makes it behave as while Custos stops. */
  stop(): void
  /** Gives up the answers that are not sent, as a stop does after a while. */
  giveUp(): void
  /** Answers all further interactions as a Custos that has just started with the same archive. */
  restart(): Promise<void>
  /** Resolves when every interaction received so far is answered or given up. */
  settled(): Promise<void>
}

interface Options extends Partial<Pick<BotContext, 'commands' | 'components' | 'painter'>> {
  /** How each sync ends; `read` by default. None finds anything new. */
  readonly outcome?: SyncOutcome
  /** The archive's file; by default it is in memory. */
  readonly path?: string
  /** How a guild's settings are read; by default as the archive has them. */
  readonly settings?: Archive['settings']
}

/** @param options its commands and components replace those of Custos, and its painter one that draws nothing */
export async function openInteractions(
  { outcome = 'read', path, settings, ...replaced }: Options = {},
  atEnd: AtEnd = onTestFinished,
): Promise<OpenInteractions> {
  const { discord, clock, town, rest, listen } = await openDiscord({}, atEnd)
  const archive = await testArchive(path, atEnd)
  const log = new RecordedLog()
  const stopping = new AbortController()
  const status = { hostAhead: 0 }
  const synced = async (guildId: Snowflake, outcome: SyncOutcome) => ({
    outcome,
    coverage: await archive.coverage(guildId),
    status: statusAfter(outcome, status),
  })
  const bot: BotContext = {
    commands,
    menuCommands,
    components,
    guilds: { nameOf: () => town.guild.name, joinedAt: () => undefined, hiddenIn: () => 0 },
    ownerRights: { of: async () => 'granted', recently: async () => 'denied' },
    guildRoles: { permissionsIn: async () => new Map() },
    roleHolders: { of: async () => ({ members: [], holders: 0, lacks: undefined }) },
    replies: createReplies(discord.api),
    archive: settings
      ? { ...archive, within: (signal) => ({ ...archive.within(signal), settings }) }
      : archive,
    erasing: { erase: async () => ({ type: 'gone' as const, entries: 0 }) },
    engine: {
      refresh: (guildId) => synced(guildId, outcome),
      stored: (guildId) => synced(guildId, 'read'),
      status: () => status,
    },
    watching: {
      obstacleIn: async () => undefined,
      add: async () => undefined,
      remove: async () => undefined,
    },
    painter: { paint: async () => new Uint8Array() },
    clock: { momentOf: timeOf, elapsed: clock.elapsed, sleep: clock.sleep },
    retentionDays: undefined,
    log,
    metrics: NO_METRICS,
    signal: stopping.signal,
    ...replaced,
  }
  const definitions = [...bot.commands.map(toDefinition), ...menuCommands.map(toMenuDefinition)]
  await rest.put(`/applications/${town.bot.id}/commands`, definitions)

  let dispatch = new Dispatch(bot)
  const client = new Client({ intents: [] })
  client.on(Events.InteractionCreate, (interaction) => dispatch.handle(interaction))
  const gateway = await listen()
  const receive = async () => {
    for (;;) {
      const { t, d } = await gateway.next()
      if (t === 'INTERACTION_CREATE' && isRecord(d)) receiveInteraction(client, d)
    }
  }
  const closed = receive().catch(() => {})
  atEnd(async () => {
    await dispatch.settled()
    gateway.close(1000)
    await closed
  })
  return {
    discord,
    clock,
    town,
    archive,
    log,
    moderator: town.as(town.moderators[0]?.id ?? ''),
    other: town.as(town.moderators[1]?.id ?? ''),
    stop: () => stopping.abort(),
    giveUp: () => dispatch.giveUp(),
    restart: async () => {
      await dispatch.settled()
      dispatch = new Dispatch(bot)
    },
    settled: () => dispatch.settled(),
  }
}

function receiveInteraction(client: Client, payload: Readonly<Record<string, unknown>>): void {
  const parsed = parseInteraction(payload)
  if ('rejected' in parsed) throw new Error(parsed.rejected)
  emitInteraction(client, parsed.forClient)
}
