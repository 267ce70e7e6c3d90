import type { Snowflake } from '../snowflake.ts'
import { classOf, type EntityClass } from './entity-class.ts'
import type { EntityType, NamedEntity } from './named-entity.ts'

/** The recorded entities for some ids of a guild, by type and id. */
export class Names {
  readonly guildId: Snowflake | undefined
  readonly all: readonly NamedEntity[]
  readonly #byId: ReadonlyMap<string, readonly NamedEntity[]>

  /** @param guildId the id that means the guild if it comes without a class */
  constructor(guildId: Snowflake | undefined, all: readonly NamedEntity[]) {
    this.guildId = guildId
    this.all = all
    this.#byId = Map.groupBy(all, ({ id }) => id)
  }

  /** The entity with a type and id. Types of one class, such as `user` and `bot`, count as the same. */
  get(type: EntityType, id: string): NamedEntity | undefined {
    return this.of(id).find((entity) => classOf(entity.type) === classOf(type))
  }

  /** All entities with an id. */
  of(id: string): readonly NamedEntity[] {
    return this.#byId.get(id) ?? []
  }

  /** The entity that an id means, with its type if that is known; otherwise the only one with that id. */
  find(id: string, type?: EntityType): NamedEntity | undefined {
    // The commands of an application share one id with its bot.
    if (type === 'command') return this.get('command', id) ?? this.get('bot', id)
    if (type !== undefined) return this.get(type, id)
    const [only, ...others] = this.of(id)
    return others.length === 0 ? only : undefined
  }

  /** The class that an id means without one: the guild's, or else that of the only recorded entity with that id. */
  classMeantBy(id: string): EntityClass | undefined {
    if (id === this.guildId) return 'guild'
    const only = this.find(id)
    return only && classOf(only.type)
  }

  /** The class of a message's author, which may be a webhook. */
  authorClass(id: string): 'user' | 'webhook' {
    return !this.get('user', id) && this.get('webhook', id) ? 'webhook' : 'user'
  }
}

/** No recorded entities. */
export const NO_NAMES = new Names(undefined, [])
