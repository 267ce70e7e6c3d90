import type { Value } from './value.ts'

/** How permissions changed. A role grants them; an overwrite allows or denies them, or leaves them be. */
export type Permitting =
  | 'granted'
  | 'revoked'
  | 'allowed'
  | 'denied'
  | 'no longer allowed'
  | 'no longer denied'

export interface PermissionsChanged {
  readonly how: Permitting
  readonly permissions: readonly string[]
}

/** One thing that an entry changed, read from what Discord sent. */
export type Change = {
  /** The key under which Discord sent it. */
  readonly key: string
  readonly label: Value
  /** What it was before, and what it is after, whole. */
  readonly before: Value
  readonly after: Value
} & (
  | { readonly did: 'set' }
  /** A list of which some were added and some removed. */
  | { readonly did: 'listed'; readonly added: readonly Value[]; readonly removed: readonly Value[] }
  | { readonly did: 'permitted'; readonly parts: readonly PermissionsChanged[] }
  /** An image, of which nothing is left to see. */
  | { readonly did: 'pictured' }
)
