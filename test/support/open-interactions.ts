import { Client, Events } from 'discord.js'
import { onTestFinished } from 'vitest'
import { commands, components, menuCommands } from '../../commands/index.ts'
import type { MemberClient } from '../../sandbox/member-client/member-client.ts'
import type { Archive } from '../../src/core/archive.ts'
import { isRecord } from '../../src/core/json.ts'
import { timeOf } from '../../src/core/snowflake.ts'
import { parseInteraction } from '../../src/discord/gateway/interaction.ts'
import type { BotContext } from '../../src/discord/interactions/bot-context.ts'
import { Dispatch } from '../../src/discord/interactions/dispatch.ts'
import { toDefinition, toMenuDefinition } from '../../src/discord/rest/command-definitions.ts'
import { createReplies } from '../../src/discord/rest/replies.ts'
import { testArchive } from './archive/shared-archive.ts'
import type { AtEnd } from './at-end.ts'
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
}

/** @param given replaces the commands and components of Custos, or the engine, whose syncs find nothing new */
export async function openInteractions(
  given: Partial<Pick<BotContext, 'commands' | 'components' | 'engine'>> = {},
  atEnd: AtEnd = onTestFinished,
): Promise<OpenInteractions> {
  const { discord, clock, town, rest, listen } = await openDiscord({}, atEnd)
  const archive = await testArchive(undefined, atEnd)
  const log = new RecordedLog()
  const stopping = new AbortController()
  const bot: BotContext = {
    commands,
    menuCommands,
    components,
    guilds: { nameOf: () => town.guild.name, hiddenIn: () => 0 },
    roleHolders: { of: async () => ({ members: [], holders: 0, lacks: undefined }) },
    replies: createReplies(discord.api),
    archive,
    erasing: { erase: async () => ({ type: 'gone' as const, gone: { removed: 0, scrubbed: 0 } }) },
    engine: { refresh: async () => 'read', status: () => ({ hostAhead: 0 }) },
    painter: { paint: async () => new Uint8Array() },
    clock: { momentOf: timeOf },
    retentionDays: undefined,
    log,
    signal: stopping.signal,
    ...given,
  }
  const definitions = [...bot.commands.map(toDefinition), ...menuCommands.map(toMenuDefinition)]
  await rest.put(`/applications/${town.bot.id}/commands`, definitions)

  const dispatch = new Dispatch(bot)
  const client = new Client({ intents: [] })
  client.on(Events.InteractionCreate, (interaction) => dispatch.handle(interaction))
  const gateway = await listen()
  const receive = async () => {
    for (;;) {
      const { t, d } = await gateway.next()
      if (t === 'INTERACTION_CREATE' && isRecord(d)) handOn(client, d)
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
  }
}

/** Has discord.js make an interaction of what Discord sent, as it does for a bot that is logged in. */
function handOn(client: Client, sent: Readonly<Record<string, unknown>>): void {
  const read = parseInteraction(sent)
  if ('rejected' in read) throw new Error(read.rejected)
  const actions: unknown = Reflect.get(client, 'actions')
  const action: unknown = isRecord(actions) ? actions.InteractionCreate : undefined
  const handle = isRecord(action) ? action.handle : undefined
  if (typeof handle !== 'function') throw new Error('discord.js makes interactions elsewhere.')
  Reflect.apply(handle, action, [read.forClient])
}
