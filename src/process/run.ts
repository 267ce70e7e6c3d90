import { readConfig } from '../config.ts'
import { OperatorError } from '../core/errors.ts'
import { type StartOptions, start } from '../start.ts'
import { createLog } from './create-log.ts'
import { readEnvFile } from './env-file.ts'
import { hostClock, steadyDate } from './host-clock.ts'
import { standardOutput } from './output.ts'
import { withoutSecrets } from './redact.ts'
import { stopInTime } from './stop-in-time.ts'

/**
 * Runs Custos as a process, from its environment to its exit code.
 * @param env the environment, to which the variables of the `.env` file are added
 * @param onStop sets what is done on SIGTERM or SIGINT
 * @param leaseTimes how long the leases of several processes last
 */
export async function run(
  env: NodeJS.ProcessEnv,
  onStop: (stop: (signal: string) => Promise<void>) => void,
  { leaseTimes }: Pick<StartOptions, 'leaseTimes'> = {},
): Promise<void> {
  // Without a listener, output that cannot be written would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  steadyDate(hostClock)
  let token = env.DISCORD_TOKEN?.trim() ?? ''
  const fail = (error: unknown) => exitWith(error, token)
  try {
    readEnvFile('.env', env)
    const config = readConfig(env)
    token = config.token
    const output = standardOutput()
    const pretty = process.stdout.isTTY
    const log = createLog({ level: config.logLevel, token: config.token, pretty }, output)
    process.on('uncaughtException', (error) => {
      log.fatal({ err: error }, 'Crashed.')
      void output.flush().then(() => process.exit(1))
    })
    // discord.js drops some promises. Their rejection affects nothing else.
    process.on('unhandledRejection', (error) => log.error({ err: error }, 'Unhandled rejection.'))
    const stopped = new AbortController()
    const starting = start(config, log, hostClock, {
      onFatal: fail,
      stopped: stopped.signal,
      ...(leaseTimes && { leaseTimes }),
    })
    onStop(async (signal) => {
      log.info({ signal }, 'Stopping.')
      stopped.abort()
      await stopInTime(starting, log)
      await output.flush()
      process.exit(0)
    })
    await starting
  } catch (error) {
    fail(error)
  }
}

/** Ends the process with 1 and the message of an OperatorError, or the stack of any other error. */
function exitWith(error: unknown, token: string): never {
  const text =
    error instanceof OperatorError ? error.message : String(error instanceof Error ? error.stack : error)
  process.stderr.write(withoutSecrets(`${text}\n`, token))
  process.exit(1)
}
