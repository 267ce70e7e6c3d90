import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../ask.ts'
import { questionOf } from '../questions.ts'
import type { Row } from '../report.ts'
import { onStage } from '../stage.ts'

const SERVERS = 200
const ENTRIES = 150

/** How long to wait for an answer, in milliseconds. */
const TIMEOUT = 30_000

/** A moderator of each server asks at the same moment. All logs are read, and their streams are live. */
export function askedAtOnce(): Promise<Row[]> {
  return onStage({ servers: SERVERS, entries: ENTRIES }, async (stage) => {
    const { servers } = stage
    const askAll = () =>
      Promise.all(servers.map((server, index) => ask(server, questionOf(index), { timeout: TIMEOUT })))
    await stage.startAndRead()
    for (const [index, server] of servers.entries()) {
      // More than a page of the log in every tenth.
      for (let count = index % 10 === 0 ? 150 : 5; count > 0; count--) server.act()
      server.deleteMessage()
    }
    await sleep(3000)
    // Every third, so that each question is among them.
    for (const [index, server] of servers.entries()) if (index % 3 === 0) server.deleteMore(4)
    return [
      await stage.measure('Custos', askAll, { p99: 1000, least: 1 }),
      await stage.measure('Custos, asked again', askAll, { p99: 1000, least: 1 }),
      ...(await stage.measureBare(askAll)),
    ]
  })
}
