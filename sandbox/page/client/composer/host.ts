import type { RequestResult } from '../../protocol.ts'
import type { UsedCommand } from '../../state/page-state.ts'
import type { LiveState } from '../live-state.ts'

/** The page around the composer. */
export interface ComposerHost {
  readonly state: LiveState
  readonly sender: { readonly as: string; readonly channel: string }
  /** Renders the page again. */
  update(): void
  /** Scrolls to the end of the messages. */
  followEnd(): void
  /** Shows the dialog that a request was answered with, if it was. @returns whether the request was carried out */
  accept(result: RequestResult): boolean
  /** Shows a notice in the open channel. */
  notify(text: string, used?: UsedCommand): void
}
