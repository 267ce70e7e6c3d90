import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Discord } from '../discord.ts'
import type { Playground } from '../page/playground.ts'
import { postChatMessages } from '../town/chat.ts'
import { demoPopulation, moderatorId } from '../town/demo-population.ts'
import { simulateHistory } from '../town/history.ts'
import { raid } from '../town/raid.ts'
import { Random } from '../town/random.ts'
import { createTown } from '../town/town.ts'
import { DemoClock } from '../world/clock.ts'
import { DemoBot } from './demo-bot.ts'

const DAY = 86_400_000

/** How long Discord keeps a log, in days. */
const KEPT = 45

const PER_DAY = 60

/** A guild with a past, and a Custos that has been there for all of it. */
export interface Demo extends Playground {
  readonly bot: DemoBot
  /** Resolves once Custos has read all of the past, and Discord has forgotten most of it. */
  readonly ready: Promise<void>
  stop(): Promise<void>
}

/**
 * Founds the guild, lets it live, and starts Custos.
 * @param days for how long the guild has lived with Custos in it
 */
export async function startDemo(days: number): Promise<Demo> {
  const clock = new DemoClock()
  // The whole past is there to be read at first, as if Custos had been there all along.
  const discord = await Discord.start({ clock, retentionDays: days + 2 })
  const town = createTown(discord, 'demo')
  const { guild } = town
  const population = demoPopulation(clock.now())
  simulateHistory(town, { days, perDay: PER_DAY, seed: 7, population })
  const random = new Random(7)
  raid(town, Math.floor(clock.now() / DAY) * DAY - 11.9 * DAY, random)
  postChatMessages(town, random)

  const folder = await mkdtemp(join(tmpdir(), 'custos-demo-'))
  const bot = new DemoBot(discord, 'demo', clock, join(folder, 'custos.db'))
  const starting = bot.start()
  return {
    town,
    bot,
    population,
    perDay: PER_DAY,
    suggestedMembers: [
      { id: moderatorId(town, 'bruno'), what: 'a moderator' },
      { id: moderatorId(town, 'alice'), what: 'an admin' },
      { id: moderatorId(town, 'chidi'), what: 'a second moderator' },
      { id: town.members[0]?.id ?? '', what: 'a member who may not see the log' },
    ],
    ready: Promise.all([starting, bot.hasRead]).then(() => {
      discord.world.retention = KEPT * DAY
      guild.log.onChange?.()
    }),
    moveTo: (time) => {
      clock.ahead = time - Date.now()
      bot.catchUp()
    },
    stop: async () => {
      await bot.stop()
      await discord.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
