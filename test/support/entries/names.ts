import type { EntityType, NamedEntity, NameObservation } from '../../../src/core/names/named-entity.ts'

/** An observation of the name of something that is there, at id 1 unless another is given. */
export function observationOf({ id, type, name }: Omit<NamedEntity, 'presence'>, at = '1'): NameObservation {
  return { id, type, name, at, presence: 'present' }
}

/** A named entity that is present. */
export function namedEntity(id: string, type: EntityType, name: string): NamedEntity {
  return { id, type, name, presence: 'present' }
}
