import type { Value } from './value.ts'

/** How permissions changed. A role grants them; an overwrite allows them, denies them or leaves them unset. */
type PermissionChange =
  | 'granted'
  | 'revoked'
  | 'allowed'
  | 'denied'
  | 'no longer allowed'
  | 'no longer denied'

export interface PermissionsChanged {
  readonly how: PermissionChange
  readonly permissions: readonly string[]
}

/** One change of an entry, in a form to be shown. */
export type Change = {
  /** The key under which Discord sent it. */
  readonly key: string
  readonly label: Value
  /** The whole value before and after. */
  readonly before: Value
  readonly after: Value
} & (
  | { readonly type: 'set' }
  /** A list: what was added to it and what was removed. */
  | { readonly type: 'list'; readonly added: readonly Value[]; readonly removed: readonly Value[] }
  | { readonly type: 'permissions'; readonly parts: readonly PermissionsChanged[] }
  /** An image. Its hash is not shown, because it means nothing to a reader. */
  | { readonly type: 'image' }
)
