import { setTimeout as sleep } from 'node:timers/promises'
import { AuditLogEvent } from 'discord-api-types/v10'
import { AUDIT_LOG } from '../../../../sandbox/rest/faults.ts'
import { MINUTE } from '../../../../sandbox/world/units.ts'
import { type Answer, ask } from '../ask.ts'
import { questionOf } from '../questions.ts'
import type { Row } from '../report.ts'
import type { Server } from '../servers.ts'
import { onStage } from '../stage.ts'

const BANS = 8000

/** How many moderators ask within one second. */
const TOGETHER = 30

/** In how much time the bans happen, by their ids. */
const RAID = 15 * MINUTE

/** How long a page of the log takes, in milliseconds. */
const LATENCY = 150

/** How long to wait for an answer, in milliseconds. */
const TIMEOUT = 30_000

/** Moderators ask in a server where a raid is going on, whose bans came as events. Messages are deleted meanwhile. */
export function raid(): Promise<Row[]> {
  return onStage({ servers: 1, entries: 300 }, async (stage) => {
    const [server] = stage.servers
    if (!server) throw new Error('The stage has a server.')
    stage.discord.latency = (_, path) => (AUDIT_LOG.test(path) ? LATENCY : 0)
    await stage.startAndRead()
    await happen(server)
    const custos = await stage.measure('Custos, one by one', () => askInTurn(server, 10), {
      p99: 300,
      reads: 3,
      least: 2,
    })
    const together = () => askWithinASecond(server, TOGETHER)
    return [
      custos,
      await stage.measure(`Custos, ${TOGETHER} within a second`, together, {
        p99: 300,
        reads: 3,
        least: 2 / TOGETHER,
      }),
      ...(await stage.measureBare(together)),
    ]
  })
}

/** The raid: an event is sent for each ban, and for one delete. */
async function happen(server: Server): Promise<void> {
  const start = Date.now() - RAID
  for (let ban = 0; ban < BANS; ban++) {
    server.act(AuditLogEvent.MemberBanAdd, start + (ban * RAID) / BANS)
    if (ban % 50 === 0) await sleep(5)
  }
  // More than a page of bans came after it, and its count can still grow.
  server.deleteMessage(Date.now() - 2 * MINUTE)
  await sleep(3000)
}

async function askInTurn(server: Server, times: number): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let index = 0; index < times; index++) {
    server.deleteMore(1)
    answers.push(await ask(server, questionOf(index), { timeout: TIMEOUT }))
  }
  return answers
}

async function askWithinASecond(server: Server, times: number): Promise<Answer[]> {
  const answers: Promise<Answer>[] = []
  for (let index = 0; index < times; index++) {
    const moderator = server.moderators[index % server.moderators.length]
    answers.push(ask(server, questionOf(index), { moderator, timeout: TIMEOUT }))
    await sleep(1000 / times)
  }
  return Promise.all(answers)
}
