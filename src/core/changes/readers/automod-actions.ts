import { AutoModerationActionType as Type } from 'discord-api-types/v10'
import { isRecord } from '../../json.ts'
import { isSnowflake } from '../../snowflake.ts'
import { inWords } from '../../time/duration.ts'
import { phrase, text, words } from '../value.ts'
import type { Reader } from './readers.ts'

/**
 * What an AutoMod rule does when it is triggered.
 * https://docs.discord.com/developers/resources/auto-moderation#auto-moderation-action-object
 */
export const automodAction: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const { channel_id, custom_message, duration_seconds } = isRecord(sent.metadata) ? sent.metadata : {}
  switch (sent.type) {
    case Type.BlockMessage:
      return typeof custom_message === 'string' && custom_message !== ''
        ? phrase(words('block the message, saying'), text(custom_message))
        : words('block the message')
    case Type.SendAlertMessage:
      return isSnowflake(channel_id)
        ? phrase(words('send an alert to'), { type: 'channel', id: channel_id })
        : undefined
    case Type.Timeout:
      return typeof duration_seconds === 'number'
        ? words(`time out for ${inWords(duration_seconds)}`)
        : undefined
    case Type.BlockMemberInteraction:
      return words('block the member from interacting')
    default:
      return undefined
  }
}
