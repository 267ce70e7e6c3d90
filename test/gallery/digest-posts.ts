import { demoPopulation } from '../../sandbox/town/demo-population.ts'
import { simulateHistory } from '../../sandbox/town/history.ts'
import { Random } from '../../sandbox/town/random.ts'
import { schedule } from '../../sandbox/town/schedule.ts'
import { openScene } from './post-scene.ts'

const SECOND = 1000
const DAY = 86_400_000
const PER_DAY = 60

/** The end of the week that the digest is about, and a moment before it is due. */
const SUNDAY = Date.UTC(2026, 10, 29, 23)
const BEFORE_DUE = Date.UTC(2026, 10, 30, 9) - SECOND

/** What a digest posts. */
export async function digestPosts(): Promise<string[]> {
  // Its Hannah goes quiet five weeks before.
  const population = demoPopulation(SUNDAY + 20 * DAY)
  const here = await openScene({
    feed: false,
    prepare: (town) => simulateHistory(town, { days: 60, perDay: PER_DAY, seed: 7, population }),
  })
  const { clock, discord, town } = here
  await here.type('/custos digest add to:#mod-log every:week')
  // Custos reads the rest of the week when it starts again.
  await here.stopBot()
  const random = new Random(7)
  const week = { from: clock.now(), to: SUNDAY }
  for (const { time, userId, activity } of schedule(town, week, PER_DAY, random, population)) {
    clock.advance(time - clock.now())
    activity({ world: discord.world, guild: town.guild, actorId: userId }, town, random)
  }
  clock.advance(BEFORE_DUE - clock.now())
  await here.startBot()
  await here.arrived()
  return [
    '### What a digest posts',
    'The report on a week comes on Monday. Below it is the chart, as in `/audit activity`. The buttons show all of the ' +
      'week to those who may use `/audit`:',
    await here.post('Week of', 30 * SECOND),
  ]
}
