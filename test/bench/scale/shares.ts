import type { Answer } from '../sweeps/simulated-bot.ts'
import { Simulation } from '../sweeps/simulation.ts'
import { answersAnHour, BUSY, type Share, shareOf } from './model.ts'

/** What one of several processes did with its share of the requests. */
export interface Shared extends Share {
  readonly servers: number
  /** When its last server had been read after a start, in milliseconds. */
  readonly live: number
  /** To moderators of 20 of its servers, who all ask a minute after the start. */
  readonly atStart: readonly Answer[]
  /** To the moderators of an hour. */
  readonly later: readonly Answer[]
  /** How many requests all processes made in a second at rest. */
  readonly perSecond: number
}

/** Simulates one of several processes that share the servers of a bot. The sync is the real one. */
export async function simulateShare(allServers: number, processes: number): Promise<Shared> {
  const servers = Math.floor(allServers / processes)
  const share = shareOf(processes)
  const simulation = await Simulation.open({
    guilds: servers,
    busy: BUSY,
    hasWholeLogs: false,
    sqlite: false,
    ...share,
  })
  const { live, answers } = await simulation.start()
  await simulation.rest(1)
  const { requests, hours } = await simulation.rest(6)
  const asked = await simulation.asked(Math.ceil(answersAnHour(servers)))
  return {
    ...share,
    servers,
    live: live.last,
    atStart: answers,
    later: asked.answers,
    perSecond: (requests.total / hours / 3600) * processes,
  }
}
