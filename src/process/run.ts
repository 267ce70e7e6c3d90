import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../config.ts'
import type { Clock } from '../core/clock.ts'
import type { Log } from '../core/log.ts'
import { OperatorError } from '../core/operator-error.ts'
import { withoutSecrets } from '../redact.ts'
import { type Running, start } from '../start.ts'
import { createLog } from './create-log.ts'
import { readEnvFile } from './env-file.ts'
import { leaveAtOnce } from './leave.ts'
import { standardOutput } from './output.ts'

/** How long stopping takes at most, in milliseconds: the operator is promised five seconds. */
const LONGEST_STOP = 4500

const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
}

/**
 * Runs Custos as a process, from its environment to its exit code.
 * @param onStop is given what is to be done when the process is told to stop
 */
export async function run(onStop: (stop: (signal: string) => void) => void): Promise<void> {
  // What cannot be said on stderr is not said.
  process.stderr.on('error', () => {})
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
    const starting = start(config, log, systemClock, fail)
    onStop(async (signal) => {
      log.info({ signal }, 'Stopping.')
      await stop(starting, log)
      await output.flush()
      process.exit(0)
    })
    await starting
  } catch (error) {
    fail(error)
  }
}

/** Stops what runs or is starting. What takes too long is left as it is: the process ends all the same. */
async function stop(starting: Promise<Running>, log: Log): Promise<void> {
  let step = 'the start'
  const limit = setTimeout(() => {
    log.warn({ step }, 'Custos ends before everything is finished. What was confirmed is safe.')
    leaveAtOnce()
  }, LONGEST_STOP)
  try {
    const running = await starting
    await running.stop((next) => {
      step = next
    })
  } catch (error) {
    log.error({ err: error, step }, 'Custos could not stop in order.')
  }
  clearTimeout(limit)
}

function fail(error: unknown): never {
  const sentence =
    error instanceof OperatorError ? error.message : String(error instanceof Error ? error.stack : error)
  process.stderr.write(withoutSecrets(`${sentence}\n`, process.env.DISCORD_TOKEN?.trim() ?? ''))
  process.exit(1)
}
