import type { ModalView } from '../protocol.ts'

/** A modal that is open, and what its member has typed. */
export interface OpenDialog {
  readonly modal: ModalView
  /** By the custom id of the input. */
  readonly texts: Map<string, string>
  /** Why it was not submitted, and the input that is marked. */
  problem: { readonly input: string | undefined; readonly text: string } | undefined
  isSending: boolean
}

export function openDialog(modal: ModalView): OpenDialog {
  const texts = new Map(modal.inputs.map(({ customId, value }) => [customId, value]))
  return { modal, texts, problem: undefined, isSending: false }
}
