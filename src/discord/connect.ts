import { type Client, DiscordjsError, DiscordjsErrorCodes, Events, GatewayCloseCodes } from 'discord.js'
import type { Command, MenuCommand } from '../../commands/command.ts'
import type { Log } from '../core/log.ts'
import { OperatorError } from '../core/operator-error.ts'
import type { Dispatch } from './dispatch.ts'
import { registerCommands, toDefinition, toMenuDefinition } from './register.ts'

interface Means {
  readonly client: Client
  readonly commands: readonly Command[]
  readonly menuCommands: readonly MenuCommand[]
  readonly dispatch: Dispatch
  readonly log: Log
  /** Is told when Discord has shut the bot out for good. */
  readonly onFatal: (error: OperatorError) => void
}

const WRONG_TOKEN =
  'Discord does not accept DISCORD_TOKEN. Copy the token anew from the Bot page of your application at ' +
  'https://discord.com/developers/applications.'

/**
 * Logs in, and registers the commands once Discord is ready.
 * @throws OperatorError when the token is wrong or Discord cannot be reached
 */
export async function connect(means: Means, { token, api }: { token: string; api: string }): Promise<void> {
  const { client, commands, menuCommands, dispatch, log, onFatal } = means
  client.on(Events.InteractionCreate, (interaction) => dispatch.handle(interaction))
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js failed.'))
  client.on(Events.ShardError, (error, shard) => log.warn({ err: error, shard }, 'The gateway failed.'))
  client.on(Events.ShardDisconnect, ({ code }) => onFatal(shutOut(code)))
  client.once(Events.ClientReady, async ({ user, application, guilds }) => {
    log.info({ user: user.tag, id: user.id, api, guilds: guilds.cache.size }, 'Custos is on watch.')
    try {
      const changed = await registerCommands(client.rest, application.id, [
        ...commands.map(toDefinition),
        ...menuCommands.map(toMenuDefinition),
      ])
      log.info({ changed }, 'The commands are registered.')
    } catch (error) {
      log.error({ err: error }, 'The commands could not be registered.')
    }
  })
  try {
    await client.login(token)
  } catch (error) {
    const tokenIsWrong = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid
    if (tokenIsWrong) throw new OperatorError(WRONG_TOKEN)
    throw new OperatorError(
      `Discord could not be reached at ${api}. Is the network up, and DISCORD_API right?`,
      {
        cause: error,
      },
    )
  }
}

function shutOut(code: number): OperatorError {
  return new OperatorError(
    code === GatewayCloseCodes.AuthenticationFailed
      ? WRONG_TOKEN
      : `Discord closed the gateway for good (${GatewayCloseCodes[code] ?? code}). ` +
          'See https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.',
  )
}
