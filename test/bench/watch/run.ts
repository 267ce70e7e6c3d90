import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { POSTS } from '../../soak/limits.ts'
import { onStage, type Stage } from '../load/stage.ts'
import { percentile } from '../measure.ts'
import { printTable } from '../table.ts'
import { WatchedServer } from './watched-server.ts'

const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '100' },
    events: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    idle: { type: 'string', default: '50' },
  },
})
const [servers = 0, events = 0, seconds = 0, idle = 0] = [
  values.servers,
  values.events,
  values.seconds,
  values.idle,
].map(Number)

/** How long the bot may take until everything is posted, in milliseconds. */
const LONGEST_WAIT = 120_000

/** Of how many bans and kicks the first alert warns. */
const FIRST_BURST = 5

/** The pause between two acts of an idle bot, in milliseconds. */
const PAUSE = 200

/** The requests for posts. */
interface Requests {
  sent: number
  edited: number
  limited: number
}

/** Measures how long it takes from an act to the post that shows it. Exits with 1 if something is not posted. */
async function main(): Promise<boolean> {
  return onStage({ servers, entries: 50 }, async (stage) => {
    const { discord } = stage
    const [{ id: botId } = { id: '' }] = discord.world.applications.values()
    // So that the bursts do not begin all at the same moment.
    const watched = stage.servers.map(
      (server, index) => new WatchedServer(stage, server, botId, FIRST_BURST + Math.floor(index / 2)),
    )
    discord.conversation.onChange = (message) => {
      for (const server of watched) server.changed(message)
    }
    const requests = countRequests(stage)
    await stage.startAndRead()
    for (const server of watched) await server.set()

    const idleRow = await measure('idle, one act at a time', watched, requests, async () => {
      for (let count = 0; count < idle; count++) {
        const server = watched[count % watched.length]
        server?.act()
        await until(() => server?.feed.missing === 0)
        await sleep(PAUSE)
      }
    })
    for (const { feed } of watched) feed.reset()
    const busyRow = await measure(`${events} events/s in ${servers} servers`, watched, requests, () =>
      actSteadily(watched),
    )
    printTable([
      ['act → post', 'acts', 'p50', 'p99', 'max', 'posts/s', 'edits/s', '429', 'missing', 'sandbox late'],
      idleRow,
      busyRow,
    ])
    const delays = watched.flatMap(({ alertDelays }) => alertDelays)
    const unwarned = watched.reduce((sum, server) => sum + server.unwarned, 0)
    printTable([
      ['last act of a burst → alert', 'bursts', 'p50', 'p99', 'max', 'missing'],
      [`${events} events/s in ${servers} servers`, String(delays.length), ...times(delays), String(unwarned)],
    ])
    return unwarned === 0 && watched.every(({ feed }) => feed.missing === 0)
  })
}

/** Moderators act in all servers at a steady rate. */
async function actSteadily(watched: readonly WatchedServer[]): Promise<void> {
  const start = performance.now()
  for (let done = 0; ; ) {
    const elapsed = performance.now() - start
    if (elapsed >= seconds * 1000) return
    for (const due = (elapsed / 1000) * events; done < due; done++) watched[done % watched.length]?.act()
    await sleep(5)
  }
}

/** Measures until everything is posted. @returns a line of the table */
async function measure(
  what: string,
  watched: readonly WatchedServer[],
  requests: Requests,
  act: () => Promise<void>,
): Promise<string[]> {
  const before = { ...requests }
  const start = performance.now()
  let late = 0
  const watch = setInterval(() => {
    const now = performance.now()
    late = Math.max(late, now - expected)
    expected = now + 20
  }, 20)
  let expected = performance.now() + 20
  await act()
  const length = (performance.now() - start) / 1000
  const made = { sent: requests.sent - before.sent, edited: requests.edited - before.edited }
  await until(() => watched.every(({ feed }) => feed.missing === 0))
  clearInterval(watch)
  const delays = watched.flatMap(({ feed }) => feed.delays)
  const missing = watched.reduce((sum, { feed }) => sum + Math.abs(feed.missing), 0)
  return [
    what,
    delays.length.toLocaleString('en'),
    ...times(delays),
    (made.sent / length).toFixed(1),
    (made.edited / length).toFixed(1),
    String(requests.limited - before.limited),
    String(missing),
    `${Math.round(late)} ms`,
  ]
}

function times(delays: readonly number[]): string[] {
  const figures = [percentile(delays, 50), percentile(delays, 99), percentile(delays, 100)]
  return figures.map((milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`)
}

function countRequests({ discord }: Stage): Requests {
  const requests: Requests = { sent: 0, edited: 0, limited: 0 }
  const { onResponse } = discord
  discord.onResponse = (response) => {
    onResponse?.(response)
    const { method, path, status } = response
    if (method === 'GET' || !POSTS.test(path)) return
    if (status === 429) requests.limited++
    else if (method === 'POST') requests.sent++
    else requests.edited++
  }
  return requests
}

/** Resolves once something is true, or when it takes too long. */
async function until(isTrue: () => boolean): Promise<void> {
  const start = performance.now()
  while (!isTrue() && performance.now() - start < LONGEST_WAIT) await sleep(2)
}

process.exitCode = (await main()) ? 0 : 1
