import { GatewayDispatchEvents } from 'discord-api-types/v10'
import { commands, components, menuCommands } from '../../commands/index.ts'
import { allSubcommands } from '../../src/command/resolve-command.ts'
import { isGuildEvent } from '../../src/discord/gateway/guild-event.ts'
import { memoryArchive } from './archive/memory-archive.ts'

/** Every value that a label can have, or what each looks like. */
type Known = Readonly<Record<string, readonly string[] | RegExp>>

/** The labels of every metric of Custos, by its name. Together they say how many series there can be. */
export async function knownLabels(): Promise<Readonly<Record<string, Known>>> {
  const archive = await memoryArchive()
  const operation = Object.keys(archive).filter((name) => name !== 'within' && name !== 'hasEnded')
  await archive.close()
  const interaction = ['command', 'menu', 'component', 'form', 'autocomplete', 'other']
  const command = [
    ...allSubcommands(commands).map(({ path }) => path),
    ...menuCommands.map(({ name }) => name),
    ...components.map(({ name }) => name),
    'unknown',
  ]
  const route = [
    '/gateway',
    '/gateway/bot',
    '/guilds/:guild',
    '/guilds/:guild/audit-logs',
    '/guilds/:guild/members',
    '/guilds/:guild/members/:member',
    '/guilds/:guild/roles',
    '/channels/:channel',
    '/channels/:channel/messages',
    '/channels/:channel/messages/:message',
    '/users/@me/channels',
    '/applications/:application/commands',
    '/applications/:application/guilds/:guild/commands/permissions',
    '/interactions/:interaction/:token/callback',
    '/webhooks/:application/:token',
    '/webhooks/:application/:token/messages/@original',
    'other',
  ]
  return {
    custos_gateway_events_total: {
      event: [...Object.values(GatewayDispatchEvents).filter(isGuildEvent), 'READY', 'RESUMED', 'other'],
    },
    custos_entries_kept_total: { source: ['gateway', 'rest'] },
    custos_rest_requests_total: {
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      route,
      status: /^(?:[1-5]\d\d|[1-5]xx|none)$/,
    },
    custos_rest_rate_limits_total: { scope: ['user', 'global', 'shared', 'none'] },
    custos_rest_request_duration_seconds: { route },
    custos_interactions_total: {
      interaction,
      command,
      outcome: ['answered', 'rejected', 'failed', 'expired'],
    },
    custos_first_word_seconds: { interaction, command },
    custos_answer_seconds: { interaction, command },
    custos_archive_failures_total: { operation, reason: ['unreachable', 'slow', 'other'] },
    custos_archive_operation_seconds: { operation },
    custos_posts_total: {
      type: ['feed', 'alert', 'digest'],
      outcome: ['sent', 'edited', 'refused', 'deleted', 'invalid', 'unknown'],
    },
    custos_post_delay_seconds: { type: ['feed', 'alert', 'digest'] },
    custos_watches: { type: ['feed', 'alert', 'digest'], state: ['posting', 'paused'] },
    custos_build_info: { version: /^\d+\.\d+\.\d+$/, node: /^v\d+\.\d+\.\d+$/ },
    custos_shards: { state: ['idle', 'connecting', 'resuming', 'ready'] },
    custos_shard_latency_seconds: { shard: /^\d{1,4}$/ },
    custos_servers: {
      phase: [
        'unavailable',
        'queued',
        'refreshing',
        'backfilling',
        'idle',
        'backingOff',
        'limited',
        'forbidden',
        'absent',
        'removed',
      ],
      stream: ['disconnected', 'interrupted', 'joining', 'live'],
    },
    custos_first_reads: { state: ['waiting', 'reading', 'finished', 'stopped'] },
    custos_read_budget_waiting: { lane: ['answer', 'window', 'post', 'edit', 'background'] },
    custos_read_budget_limit: { limit: ['per_second', 'background_per_minute'] },
  }
}
