import type { Guild } from '../world/guild.ts'
import type { World } from '../world/world.ts'

/** The user who takes an action, and the guild they take it in. */
export interface Actor {
  readonly world: World
  readonly guild: Guild
  readonly actorId: string
}
