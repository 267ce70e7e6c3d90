import { type Client, Events, GatewayCloseCodes } from 'discord.js'
import type { Command, MenuCommand } from '../command/command.ts'
import type { Clock } from '../core/clock.ts'
import { OperatorError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { WRONG_TOKEN } from './ask-for-gateway.ts'
import { sayOutages } from './gateway-waits.ts'
import type { Dispatch } from './interactions/dispatch.ts'
import { logIn } from './log-in.ts'
import { keepRegistered } from './rest/keep-registered.ts'
import { toDefinition, toMenuDefinition } from './rest/register.ts'

interface Deps {
  readonly client: Client
  readonly commands: readonly Command[]
  readonly menuCommands: readonly MenuCommand[]
  readonly dispatch: Dispatch
  /** The machine's: what is waited for here is elapsed time. */
  readonly clock: Clock
  readonly log: Log
  /** Aborts when Custos stops. */
  readonly signal: AbortSignal
  /** Is told what ends Custos: Discord has shut the bot out for good, or there is a fault in logging in. */
  readonly onFatal: (error: Error) => void
}

/** Logs in, however long that takes, and registers the commands once Discord is ready. */
export async function connect(deps: Deps, access: { token: string; api: string }): Promise<void> {
  const { client, commands, menuCommands, dispatch, clock, log, signal, onFatal } = deps
  client.on(Events.InteractionCreate, (interaction) => dispatch.handle(interaction))
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js failed.'))
  client.on(Events.ShardDisconnect, ({ code }) => onFatal(shutOut(code)))
  logShardErrors(client, log)
  client.once(Events.ClientReady, ({ user, application, guilds, rest }) => {
    const { api } = access
    log.info({ user: user.tag, id: user.id, api, guilds: guilds.cache.size }, 'Custos is on watch.')
    sayOutages({ client, clock, log, signal })
    const definitions = [...commands.map(toDefinition), ...menuCommands.map(toMenuDefinition)]
    keepRegistered({ rest, applicationId: application.id, definitions, clock, log, signal })
  })
  try {
    await logIn({ client, clock, log, signal }, access)
  } catch (error) {
    onFatal(error instanceof Error ? error : new Error(String(error)))
  }
}

/** Logs the first error of a shard as a warning. discord.js tries twice a second, so the next ones are for debugging. */
function logShardErrors(client: Client, log: Log): void {
  const failing = new Set<number>()
  client.on(Events.ShardError, (error, shard) => {
    log[failing.has(shard) ? 'debug' : 'warn']({ err: error, shard }, 'The gateway failed.')
    failing.add(shard)
  })
  client.on(Events.ShardReady, (shard) => failing.delete(shard))
  client.on(Events.ShardResume, (shard) => failing.delete(shard))
}

function shutOut(code: number): OperatorError {
  return new OperatorError(
    code === GatewayCloseCodes.AuthenticationFailed
      ? WRONG_TOKEN
      : `Discord closed the gateway for good (${GatewayCloseCodes[code] ?? code}). ` +
          'See https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.',
  )
}
