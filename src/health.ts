import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { messageOf, OperatorError } from './core/errors.ts'
import { parseHttpAddress } from './http-address.ts'
import { readEnvFile } from './process/env-file.ts'

/** How long Custos may take to say whether it is ready, in milliseconds. */
const TIMEOUT = 4000

/** Asks the Custos of the same environment whether it is ready, and prints what it says. */
async function main(): Promise<void> {
  readEnvFile('.env', process.env)
  const address = parseHttpAddress(process.env.HTTP_ADDRESS?.trim() ?? '')
  if (!address) {
    throw new OperatorError(
      'Set HTTP_ADDRESS as it is set for the bot. Without it, nobody can ask for its health.',
    )
  }
  const url = `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}/readyz`
  try {
    const response = await request(url)
    process.stdout.write(`${(await text(response)).trim()}\n`)
    process.exitCode = response.statusCode === 200 ? 0 : 1
  } catch (error) {
    throw new OperatorError(`${url} does not answer: ${messageOf(error)}.`, { cause: error })
  }
}

// Like `fetch`, an import of node:http loads undici: 16 MB for every check.
const { get } = process.getBuiltinModule('node:http')

function request(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { signal: AbortSignal.timeout(TIMEOUT) }, resolve).on('error', reject)
  })
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String(error)}\n`)
  process.exitCode = 1
}
