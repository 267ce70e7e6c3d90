import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs, styleText } from 'node:util'
import { type Demo, startDemo } from './demo/start-demo.ts'
import { Page } from './page/page.ts'
import { Terminal } from './terminal/terminal.ts'
import { moderatorId } from './town/demo-population.ts'

const HOW = `npm run demo -- [--terminal] [--port 4321] [--days 182]
  --terminal  a prompt in the place of the page
  --port      where the page is; the next port that is free when it is taken
  --days      for how long the guild has lived with Custos in it`

const say = (line: string) => process.stdout.write(`${line}\n`)

/** @throws Error that says what was wrong */
function readArguments(): { terminal: boolean; port: number; days: number } {
  const { values } = parseArgs({
    options: {
      terminal: { type: 'boolean', default: false },
      port: { type: 'string', default: '4321' },
      days: { type: 'string', default: '182' },
    },
  })
  const [port, days] = [Number(values.port), Number(values.days)]
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`“${values.port}” is no port.`)
  if (!Number.isInteger(days) || days < 1 || days > 365)
    throw new Error('--days takes a number from 1 to 365.')
  return { terminal: values.terminal, port, days }
}

async function inBrowser(playground: Demo, port: number): Promise<void> {
  const page = await Page.open(playground, port)
  const elsewhere = port === 0 || page.address.endsWith(`:${port}`) ? '' : ` (port ${port} is taken)`
  say(
    `Open ${styleText(['bold', 'underline'], page.address)} in your browser${elsewhere} and type /audit there.`,
  )
  say('Custos is reading the log, which takes some seconds. Ctrl-C stops everything.')
  say(styleText('gray', 'No browser? npm run demo -- --terminal'))
  // Where Custos cannot start, that ends the demo too.
  const failed = playground.ready.then(() => new Promise<never>(() => {}))
  await Promise.race([interrupted(), failed]).finally(() => page.close())
}

async function inTerminal(playground: Demo): Promise<void> {
  const { town, ready: settled } = playground
  const { guild, moderators, discord } = town
  const entries = guild.log.since().length.toLocaleString('en')
  say(
    `${styleText('bold', `“${guild.name}”, a guild on this machine`)}: ${guild.members.size} members, ` +
      `${moderators.length} moderators, ${entries} entries in the archive, of which Discord keeps those of 45 days.\n`,
  )
  await settled
  const terminal = new Terminal(town.as(moderatorId(town, 'alice')), { world: discord.world, guild })
  await terminal.show('/audit recent')
  await terminal.show('/audit user user:@Bruno')
  await terminal.show('/audit deletes since:7d')
  await terminal.prompt()
}

/** Resolves at Ctrl-C, or when the demo is told to end. */
async function interrupted(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), abandoned()])
  say('\nStopping.')
}

/** Resolves when npm has been ended: the shell between it and the demo keeps the signal to itself and is gone. */
async function abandoned(): Promise<void> {
  const parent = process.ppid
  while (process.ppid === parent || process.env.npm_lifecycle_event !== 'demo') {
    await sleep(500, undefined, { ref: false })
  }
}

async function demo(): Promise<void> {
  const { terminal, port, days } = readArguments()
  const playground = await startDemo(days)
  try {
    await (terminal ? Promise.race([inTerminal(playground), interrupted()]) : inBrowser(playground, port))
  } finally {
    await playground.stop()
  }
}

demo().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HOW}\n`)
    process.exit(1)
  },
)
