import type { ChannelMessage } from '../../view/channel-message.ts'

/** A custom id that only this message of a channel has; undefined if nothing stands under it. */
export function markerOf({ components }: ChannelMessage): string | undefined {
  for (const { components: row } of components)
    for (const component of row) if ('custom_id' in component) return component.custom_id
  return undefined
}
