import type { EntityType, NamedEntity, NameObservation } from '../../src/core/names/named-entity.ts'

/** A name as it is learnt of something that is there, at the first moment unless another is given. */
export function naming({ id, type, name }: Omit<NamedEntity, 'presence'>, at = '1'): NameObservation {
  return { id, type, name, at, presence: 'there' }
}

/** Something that is there, as the archive knows it. */
export function known(id: string, type: EntityType, name: string): NamedEntity {
  return { id, type, name, presence: 'present' }
}
