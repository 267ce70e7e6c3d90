import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import type { ChannelMessage } from '../../src/view/channel-message.ts'

/** A message with an embed and a button. */
export function post(title: string, customId = 'details:1'): ChannelMessage {
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: 'Details',
    custom_id: customId,
  } as const
  return { embeds: [{ title }], components: [{ type: ComponentType.ActionRow, components: [button] }] }
}
