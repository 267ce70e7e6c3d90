import { parseArgs } from 'node:util'

export const USAGE = `npm run demo -- [--terminal] [--port 4321] [--days 182]
  --terminal  use a terminal prompt instead of the page
  --port      port of the page; if it is taken, the next free one is used
  --days      length of the server’s history in days`

interface DemoArguments {
  readonly terminal: boolean
  readonly port: number
  readonly days: number
}

/** @throws Error with a sentence about an invalid argument */
export function readArguments(args: readonly string[]): DemoArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      terminal: { type: 'boolean', default: false },
      port: { type: 'string', default: '4321' },
      days: { type: 'string', default: '182' },
    },
  })
  const [port, days] = [Number(values.port), Number(values.days)]
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`“${values.port}” is not a port number.`)
  }
  if (!Number.isInteger(days) || days < 1 || days > 365) {
    throw new Error('--days must be a number from 1 to 365.')
  }
  return { terminal: values.terminal, port, days }
}
