import type { ProcessesSetup } from './setup.ts'
import type { SupervisedBot } from './supervised-bot.ts'

/** A fault of one of the processes, or of all. It returns what ends it, and after how long, in milliseconds. */
type ProcessFault = (setup: ProcessesSetup) => Promise<EndOfFault | undefined>

interface EndOfFault {
  readonly after: number
  readonly end: () => void | Promise<void>
}

/** How long the faults last, in milliseconds: short ones, and long ones after which another process took over. */
export interface Lengths {
  readonly short: number
  readonly long: number
}

/** The faults, with their relative frequency. */
export function faultsWith({ short, long }: Lengths): readonly (readonly [string, ProcessFault, number])[] {
  const pause =
    (longest: number): ProcessFault =>
    async (setup) => {
      const bot = anyBot(setup)
      bot?.pause()
      return bot && { after: setup.random.whole(longest / 4, longest), end: () => bot.resume() }
    }
  const cutOff =
    (longest: number): ProcessFault =>
    async (setup) => {
      const bot = anyBot(setup)
      bot?.cutOff()
      return bot && { after: setup.random.whole(longest / 4, longest), end: () => bot.reconnect() }
    }
  return [
    ['a process is killed', kill(short), 4],
    ['a process is stopped', stop(short), 3],
    ['a process is paused for a moment', pause(short), 2],
    ['a process is paused for long', pause(long), 2],
    ['a process is cut off from the database for a moment', cutOff(short), 1],
    ['a process is cut off from the database for long', cutOff(long), 2],
    ['a process loses its connections to Discord', async (setup) => void anyBot(setup)?.dropDiscord(), 2],
    ['all connections to the gateway drop', async ({ discord }) => void discord.gateway.dropConnections(), 1],
    ['Discord asks to reconnect', async ({ discord }) => void discord.gateway.requestReconnect(), 1],
    ['all sessions are invalid', async ({ discord }) => void discord.gateway.invalidate(), 1],
    ...DATABASE_FAULTS.map(([name, weight]) => [name, databaseFault(name, short), weight] as const),
  ]
}

const DATABASE_FAULTS = [
  ['PostgreSQL is killed', 1],
  ['PostgreSQL is killed and started', 1],
  ['PostgreSQL cuts its connections', 1],
] as const

/** Kills a process. It is started again after a while. */
export function kill(longest: number): ProcessFault {
  return async (setup) => {
    const bot = anyBot(setup)
    await bot?.kill()
    return bot && { after: setup.random.whole(0, longest), end: () => bot.start() }
  }
}

function stop(longest: number): ProcessFault {
  return async (setup) => {
    const bot = anyBot(setup)
    await bot?.terminate()
    return bot && { after: setup.random.whole(0, longest), end: () => bot.start() }
  }
}

function databaseFault(name: string, longest: number): ProcessFault {
  return async ({ database, random }) => {
    const end = await database.faults.find(([known]) => known === name)?.[1]()
    return end && { after: random.whole(0, longest), end }
  }
}

/** A process that runs, and that nothing is wrong with; undefined if there is none. */
function anyBot({ bots, random }: ProcessesSetup): SupervisedBot | undefined {
  const running = bots.filter(({ isRunning, isCutOff }) => isRunning && !isCutOff)
  return running.length > 0 ? random.pick(running) : undefined
}
