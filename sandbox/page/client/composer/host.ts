import type { UsedCommand } from '../../state/page-state.ts'
import type { LiveState } from '../live-state.ts'

/** The page around the composer. */
export interface ComposerHost {
  readonly state: LiveState
  readonly sender: { readonly as: string; readonly channel: string }
  /** Renders the page again. */
  update(): void
  /** Shows a notice in the open channel. */
  notify(text: string, used?: UsedCommand): void
}
