import { type Client, Events, GatewayCloseCodes } from 'discord.js'
import type { Command, MenuCommand } from '../command/command.ts'
import type { Archive } from '../core/archive.ts'
import type { Clock } from '../core/clock.ts'
import { OperatorError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { Gate } from '../core/sharding/gate.ts'
import type { Dispatch } from './interactions/dispatch.ts'
import { logInvite } from './invite.ts'
import { type Credentials, WRONG_TOKEN } from './login/fetch-gateway.ts'
import { logIn } from './login/log-in.ts'
import { reportOutages } from './login/report-outages.ts'
import { toDefinition, toMenuDefinition } from './rest/command-definitions.ts'
import { registerCommands } from './rest/register-commands.ts'

interface Deps {
  readonly client: Client
  readonly commands: readonly Command[]
  readonly menuCommands: readonly MenuCommand[]
  readonly dispatch: Pick<Dispatch, 'handle'>
  /** Is open while the shards may be connected. */
  readonly gate: Gate
  /** Whether this process registers the commands, which one of several does. */
  readonly registers: boolean
  /** The guilds that the bot is in, for the log. */
  readonly engine: { readonly guildIds: readonly unknown[] }
  readonly archive: Pick<Archive, 'guilds'>
  /** The host's clock. Only elapsed time is used. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Called when Custos cannot go on: Discord closed the connection for good, or logging in has a bug. */
  readonly onFatal: (error: Error) => void
}

/** Logs in, however long that takes, and registers the commands once the client is ready. */
export async function connect(deps: Deps, credentials: Credentials): Promise<void> {
  const {
    client,
    commands,
    menuCommands,
    dispatch,
    gate,
    registers,
    engine,
    archive,
    clock,
    log,
    signal,
    onFatal,
  } = deps
  // Before the first server is stored. Without an answer, the start goes on without the link.
  const wasEmpty = archive.guilds().then(
    (guildIds) => guildIds.length === 0,
    () => false,
  )
  client.on(Events.InteractionCreate, (interaction) => dispatch.handle(interaction))
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js failed.'))
  client.on(Events.ShardDisconnect, ({ code }) => onFatal(closedForGood(code)))
  logShardErrors(client, log)
  client.once(Events.ClientReady, ({ user, application, rest }) => {
    const { api } = credentials
    log.info({ user: user.tag, id: user.id, api, guilds: engine.guildIds.length }, 'Connected.')
    reportOutages({ client, gate, clock, log, signal })
    if (!registers) return
    const definitions = [...commands.map(toDefinition), ...menuCommands.map(toMenuDefinition)]
    void registerCommands({ rest, applicationId: application.id, definitions, clock, log, signal })
    void logInvite(application.id, { log, isNew: engine.guildIds.length === 0 || wasEmpty })
  })
  try {
    await logIn({ client, clock, log, signal }, credentials)
  } catch (error) {
    onFatal(error instanceof Error ? error : new Error(String(error)))
  }
}

/** Logs the first error of a shard as a warning. discord.js reconnects twice a second, so later ones are for debugging. */
function logShardErrors(client: Client, log: Log): void {
  const failing = new Set<number>()
  client.on(Events.ShardError, (error, shard) => {
    log[failing.has(shard) ? 'debug' : 'warn']({ err: error, shard }, 'Connecting to the gateway failed.')
    failing.add(shard)
  })
  client.on(Events.ShardReady, (shard) => failing.delete(shard))
  client.on(Events.ShardResume, (shard) => failing.delete(shard))
}

function closedForGood(code: number): OperatorError {
  return new OperatorError(
    code === GatewayCloseCodes.AuthenticationFailed
      ? WRONG_TOKEN
      : `Discord closed the gateway connection for good (${GatewayCloseCodes[code] ?? code}). ` +
          'See https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.',
  )
}
