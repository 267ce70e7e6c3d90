import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Discord } from '../discord.ts'
import type { Playground } from '../page/playground.ts'
import { postChatMessages } from '../town/chat.ts'
import { demoPopulation } from '../town/demo-population.ts'
import { simulateHistory } from '../town/history.ts'
import { addModLog } from '../town/mod-log.ts'
import { raid } from '../town/raid.ts'
import { Random } from '../town/random.ts'
import { createTown, moderatorId } from '../town/town.ts'
import { DemoClock } from '../world/clock.ts'
import { DAY } from '../world/units.ts'
import { DemoBot } from './demo-bot.ts'

/** How long Discord keeps an audit log, in days. */
const RETENTION_DAYS = 45

const ACTIONS_PER_DAY = 60

/** A guild with a history, and a Custos whose archive covers all of it. */
export interface Demo extends Playground {
  readonly bot: DemoBot
  /** Resolves once Custos has read the whole history, and Discord keeps only the last 45 days of it. */
  readonly ready: Promise<void>
  stop(): Promise<void>
}

/**
 * Creates the guild, simulates its history and starts Custos.
 * @param days the length of the history
 */
export async function startDemo(days: number): Promise<Demo> {
  const clock = new DemoClock()
  // At first Discord keeps the whole history, so that Custos can read it as if it had always been there.
  const discord = await Discord.start({ clock, retentionDays: days + 2 })
  const town = createTown(discord, 'demo')
  const { guild } = town
  const modLog = addModLog(town)
  // So that an alert can ping it.
  town.roles.moderator.mentionable = true
  // The owner is listed with the admins, at the top of the members.
  guild.members.get(guild.ownerId)?.roles.push(town.roles.admin.id)
  const population = demoPopulation(clock.now())
  simulateHistory(town, { days, perDay: ACTIONS_PER_DAY, seed: 7, population })
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
    modLog,
    raidPace: 1,
    perDay: ACTIONS_PER_DAY,
    suggestedMembers: [
      { id: moderatorId(town, 'bruno'), description: 'a moderator' },
      { id: moderatorId(town, 'chidi'), description: 'another moderator' },
      { id: moderatorId(town, 'alice'), description: 'an admin, who can use /custos' },
      { id: guild.ownerId, description: 'the owner, who can use /custos' },
      { id: town.members[0]?.id ?? '', description: 'a member who cannot see the log' },
    ],
    ready: Promise.all([starting, bot.backfilled]).then(() => {
      discord.world.retention = RETENTION_DAYS * DAY
      guild.log.onChange?.()
    }),
    setTime: (time) => {
      clock.ahead = time - Date.now()
      bot.syncClock()
    },
    stop: async () => {
      await bot.stop()
      await discord.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
