import type { Snowflake } from '../snowflake.ts'
import { classOf, type EntityClass } from './entity-class.ts'
import type { EntityType, NamedEntity } from './named-entity.ts'

/** What is known of some ids of a guild, looked up by class and id. */
export class Names {
  readonly guildId: Snowflake | undefined
  readonly all: readonly NamedEntity[]
  readonly #byId: ReadonlyMap<string, readonly NamedEntity[]>

  /** @param guildId an id that means the guild if no class is given with it */
  constructor(guildId: Snowflake | undefined, all: readonly NamedEntity[]) {
    this.guildId = guildId
    this.all = all
    this.#byId = Map.groupBy(all, ({ id }) => id)
  }

  /** What is known of something by its type and id; types of one class, such as `user` and `bot`, are the same. */
  get(type: EntityType, id: string): NamedEntity | undefined {
    return this.of(id).find(({ type: is }) => classOf(is) === classOf(type))
  }

  /** Everything that has an id. */
  of(id: string): readonly NamedEntity[] {
    return this.#byId.get(id) ?? []
  }

  /** What an id means if no class is given with it: the guild, or else the only thing known to have it. */
  meant(id: string): EntityClass | undefined {
    if (id === this.guildId) return 'guild'
    const [only, ...others] = this.of(id)
    return only && others.length === 0 ? classOf(only.type) : undefined
  }

  /** The class of what an entry names as a user: the author of a message may be a webhook. */
  author(id: string): 'user' | 'webhook' {
    return !this.get('user', id) && this.get('webhook', id) ? 'webhook' : 'user'
  }
}

/** No names at all. */
export const NO_NAMES = new Names(undefined, [])
