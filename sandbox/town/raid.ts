import type { Actor } from '../actions/actor.ts'
import * as automod from '../actions/automod.ts'
import * as channels from '../actions/channels.ts'
import * as members from '../actions/members.ts'
import * as messages from '../actions/messages.ts'
import { MINUTE } from '../world/units.ts'
import type { Random } from './random.ts'
import { moderatorId, type Town } from './town.ts'

/** How many accounts join. */
const RAIDERS = 48

/**
 * Simulates a raid in the past: accounts join and trigger AutoMod, moderators set slow mode, delete messages and ban,
 * and after 40 minutes slow mode ends.
 * @param start milliseconds since the Unix epoch
 */
export function raid(town: Town, start: number, random: Random): void {
  const { discord, guild } = town
  const { world } = discord
  const as = (username: string): Actor => ({ world, guild, actorId: moderatorId(town, username) })
  const raiders: string[] = []
  for (let index = 0; index < RAIDERS; index++) {
    world.at(start + index * 4000, () => {
      const raider = world.addUser(`raid_${random.whole(10_000, 99_999)}`)
      raiders.push(raider.id)
      guild.addMember(raider, [], world.now())
      const channel = random.pick(town.channels)
      automod.blockMessage(as('alice'), { name: 'No scam links', trigger: 1 }, raider.id, channel)
    })
  }
  for (const [index, channel] of town.channels.entries()) {
    world.at(start + (4 + index / 4) * MINUTE, () => {
      channels.updateChannel(as('fuyuko'), channel, { rate_limit_per_user: 300 }, 'Raid')
      messages.bulkDelete(as('fuyuko'), channel, random.whole(40, 100), 'Raid')
    })
  }
  for (const [index, raider] of raiders.entries()) {
    const username = index % 3 === 0 ? 'chidi' : 'fuyuko'
    world.at(start + 8 * MINUTE + index * 7000, () =>
      members.ban(as(username), raider, 'Raid account, created today'),
    )
  }
  for (const [index, channel] of town.channels.entries()) {
    world.at(start + (40 + index) * MINUTE, () =>
      channels.updateChannel(as('alice'), channel, { rate_limit_per_user: 0 }, 'The raid is over'),
    )
  }
}
