import { readConfig } from '../config.ts'
import { OperatorError } from '../core/errors.ts'
import { start } from '../start.ts'
import { createLog } from './create-log.ts'
import { readEnvFile } from './env-file.ts'
import { hostClock, steadyDate } from './host-clock.ts'
import { standardOutput } from './output.ts'
import { withoutSecrets } from './redact.ts'
import { stopInTime } from './stop-in-time.ts'

/**
 * Runs Custos as a process, from its environment to its exit code.
 * @param onStop is given what is to be done when the process is told to stop
 */
export async function run(onStop: (stop: (signal: string) => void) => void): Promise<void> {
  // What cannot be written is not written, whoever wrote it: without a listener it would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  steadyDate(hostClock)
  try {
    readEnvFile('.env', process.env)
    const config = readConfig(process.env)
    const output = standardOutput()
    const pretty = process.stdout.isTTY
    const log = createLog({ level: config.logLevel, token: config.token, pretty }, output)
    process.on('uncaughtException', (error) => {
      log.fatal({ err: error }, 'Custos fell over.')
      output.flush().then(() => process.exit(1))
    })
    // A promise that nothing waited for says nothing of the rest: what discord.js drops here keeps no answer from coming.
    process.on('unhandledRejection', (error) => log.error({ err: error }, 'Something failed unnoticed.'))
    const starting = start(config, log, hostClock, fail)
    onStop(async (signal) => {
      log.info({ signal }, 'Stopping.')
      await stopInTime(starting, log)
      await output.flush()
      process.exit(0)
    })
    await starting
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): never {
  const sentence =
    error instanceof OperatorError ? error.message : String(error instanceof Error ? error.stack : error)
  process.stderr.write(withoutSecrets(`${sentence}\n`, process.env.DISCORD_TOKEN?.trim() ?? ''))
  process.exit(1)
}
