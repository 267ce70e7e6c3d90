import * as members from '../../sandbox/actions/members.ts'
import { Random } from '../../sandbox/town/random.ts'
import type { Town } from '../../sandbox/town/town.ts'
import type { LogEntry } from '../../sandbox/world/audit-log.ts'
import type { World } from '../../sandbox/world/world.ts'

const DAY = 86_400_000

/** Adds entries to a town's history that Discord logs wrongly: those of large prunes and bulk bans. */
export function addFaultyEntries(town: Town, { days, seed }: { days: number; seed: number }): void {
  const random = new Random(seed)
  const { guild, discord, moderators } = town
  const { world } = discord
  for (let count = 0; count < days / 2; count++) {
    world.at(world.now() - random.next() * days * DAY, () => {
      const actor = { world, guild, actorId: random.pick(moderators.slice(0, 3)).id }
      if (random.chance(0.5)) members.prune(actor, random.pick([7, 30]), random.whole(1, 5000))
      else members.bulkBan(actor, strangers(world, random.whole(2, 20)), 'Spam')
    })
  }
}

/** The pruned members whom Discord names as executors of the later parts of large prunes. */
export function prunedOf({ discord: { world } }: Town): string[] {
  return [...world.users.values()]
    .filter(({ username }) => username.startsWith(members.PRUNED_NAME))
    .map(({ id }) => id)
}

/** Whether an entry is a later part of a large prune, whose executor Discord names wrongly. */
export function isPrunePart({ user_id }: LogEntry, { discord: { world } }: Town): boolean {
  return world.users.get(user_id ?? '')?.username.startsWith(members.PRUNED_NAME) ?? false
}

function strangers(world: World, many: number): string[] {
  return Array.from({ length: many }, (_, index) => world.addUser(`raider${index}`).id)
}
