import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../../../../sandbox/town/random.ts'
import { type Answer, ask } from '../ask.ts'
import { questionOf } from '../questions.ts'
import type { Row } from '../report.ts'
import type { Server } from '../servers.ts'
import { onStage } from '../stage.ts'

const SERVERS = 500
const ENTRIES = 40
const EVENTS_PER_SECOND = 2000
const QUESTIONS_PER_SECOND = 10

/** How long to wait for an answer, in milliseconds. */
const TIMEOUT = 30_000

/** How often events are sent, in milliseconds. */
const TICK = 5

/** Moderators ask while the servers have many events. */
export function events(): Promise<Row[]> {
  return onStage({ servers: SERVERS, entries: ENTRIES }, async (stage) => {
    const { servers } = stage
    await stage.startAndRead()
    const custos = await stage.measure('Custos', () => askMeanwhile(servers, 20), {
      p50: 300,
      p99: 800,
      least: 1,
    })
    return [custos, ...(await stage.measureBare(() => askMeanwhile(servers, 3)))]
  })
}

/** Sends events for some seconds, and asks meanwhile. The busiest server has an eighth of them, and most have few. */
async function askMeanwhile(servers: readonly Server[], seconds: number): Promise<Answer[]> {
  const random = new Random(1)
  const anyServer = () => serverAt(servers, random.next() ** 3)
  const answers: Promise<Answer>[] = []
  const start = performance.now()
  let sent = 0
  for (;;) {
    const passed = (performance.now() - start) / 1000
    if (passed >= seconds) return Promise.all(answers)
    for (; sent < passed * EVENTS_PER_SECOND; sent++) anyServer().act()
    for (let next = answers.length; next < passed * QUESTIONS_PER_SECOND; next++) {
      answers.push(ask(anyServer(), questionOf(next), { timeout: TIMEOUT }))
    }
    await sleep(TICK)
  }
}

/** @param place from 0, the first server, up to 1 */
function serverAt(servers: readonly Server[], place: number): Server {
  const server = servers[Math.floor(place * servers.length)]
  if (!server) throw new Error('There are no servers.')
  return server
}
