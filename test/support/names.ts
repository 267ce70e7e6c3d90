import type { Known, KnownAs, Naming } from '../../src/core/names/named-entity.ts'

/** A name as it is learnt of something that is there, at the first moment unless another is given. */
export function naming({ id, is, name }: Omit<Known, 'presence'>, at = '1'): Naming {
  return { id, is, name, at, was: 'there' }
}

/** Something that is there, as the archive knows it. */
export function known(id: string, is: KnownAs, name: string): Known {
  return { id, is, name, presence: 'present' }
}
