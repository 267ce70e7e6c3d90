import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { styleText } from 'node:util'
import { readArguments, USAGE } from './demo/arguments.ts'
import { type Demo, startDemo } from './demo/start-demo.ts'
import { Page } from './page/page.ts'
import { Raid } from './page/raid.ts'
import { Terminal } from './terminal/terminal.ts'
import { moderatorId } from './town/town.ts'

// npm run demo: a Discord with one guild on this machine, and Custos in it.

const print = (line: string) => process.stdout.write(`${line}\n`)

async function runInBrowser(demo: Demo, port: number): Promise<void> {
  const page = await Page.open(demo, port)
  const isOther = port !== 0 && !page.address.endsWith(`:${port}`)
  const address = styleText(['bold', 'underline'], page.address)
  print(`Open ${address} in your browser${isOther ? ` (port ${port} is taken)` : ''} and type /audit there.`)
  print('Custos is reading the log, which takes a few seconds. Press Ctrl-C to stop.')
  print(styleText('gray', 'No browser? npm run demo -- --terminal'))
  // Rejects if Custos cannot start; never resolves.
  const failed = demo.ready.then(() => new Promise<never>(() => {}))
  await Promise.race([interrupted(), failed]).finally(() => page.close())
}

async function runInTerminal(demo: Demo): Promise<void> {
  const { town, ready } = demo
  const { guild, moderators, discord } = town
  const entries = guild.log.since().length.toLocaleString('en')
  print(
    `${styleText('bold', `“${guild.name}”, a server on this machine`)}: ${guild.members.size} members, ` +
      `${moderators.length} moderators, ${entries} entries in the archive. Discord keeps those of the last 45 days.\n`,
  )
  await ready
  const streams = { input: process.stdin, output: process.stdout }
  const raid = new Raid(demo)
  const begin = () => {
    raid.begin()
    return 'Accounts join and are banned, and a moderator’s account is taken over. It takes a minute.'
  }
  const alice = town.as(moderatorId(town, 'alice'))
  const terminal = new Terminal(alice, { world: discord.world, guild }, streams, { raid: begin })
  await terminal.show('/audit recent')
  await terminal.show('/audit user user:@Bruno')
  await terminal.show('/audit deletes since:7d')
  discord.conversation.onChange = (message) => {
    if (message.author.id === town.bot.id && message.applicationId === null) terminal.showPost(message)
  }
  print('To watch Custos post, type /custos feed add to:#mod-log, and then raid.')
  await terminal.prompt()
  raid.stop()
}

/** Resolves at Ctrl-C, or when the demo should end for another reason. */
async function interrupted(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), orphaned()])
  print('\nStopping.')
}

/** Resolves when npm has been killed: its shell does not pass the signal on, but exits. */
async function orphaned(): Promise<void> {
  const parent = process.ppid
  while (process.ppid === parent || process.env.npm_lifecycle_event !== 'demo') {
    await sleep(500, undefined, { ref: false })
  }
}

async function main(): Promise<void> {
  const { terminal, port, days } = readArguments(process.argv.slice(2))
  const demo = await startDemo(days)
  try {
    await (terminal ? Promise.race([runInTerminal(demo), interrupted()]) : runInBrowser(demo, port))
  } finally {
    await demo.stop()
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`)
    process.exit(1)
  },
)
