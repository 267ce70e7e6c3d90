/** A frame that no bot should receive, but that Discord, or a proxy on the way, may send. */
export type OddFrame = { readonly name: string } & (
  | { readonly event: string; readonly data: unknown }
  /** Sent as it is, text or binary. */
  | { readonly raw: string | Uint8Array }
)

/** The receiving bot and one of its guilds. Frames name both, so that a bot does not drop them as another's. */
export interface OddFrameTarget {
  readonly guildId: string
  readonly botId: string
}
