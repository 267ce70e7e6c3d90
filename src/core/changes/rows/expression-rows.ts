import { StickerFormatType, StickerType } from 'discord-api-types/v10'
import { type ChangeRows, list, row } from '../change-row.ts'
import { asText, code, entity, mention, number, oneOf, onOff, percent, yesNo } from '../readers/readers.ts'
import { ADDED_BY } from './shared-rows.ts'

/** https://docs.discord.food/resources/emoji#emoji-object */
export const EMOJI_ROWS: ChangeRows = {
  roles: list('roles', mention('role')),
  available: row('available', onOff),
  animated: row('animated', yesNo),
  managed: row('managed by an integration', yesNo),
  require_colons: row('written with colons', yesNo),
  ...ADDED_BY,
}

/** https://docs.discord.food/resources/sticker#sticker-object */
export const STICKER_ROWS: ChangeRows = {
  tags: row('related emoji', asText),
  type: row('type', oneOf(StickerType, { Guild: 'server' })),
  format_type: row(
    'format',
    oneOf(StickerFormatType, { PNG: 'PNG', APNG: 'APNG', GIF: 'GIF', Lottie: 'Lottie' }),
  ),
  asset: row('asset', asText),
  available: row('available', onOff),
  sort_value: row('place in its pack', number),
  pack_id: row('pack', code),
  ...ADDED_BY,
}

/** https://docs.discord.food/resources/soundboard#soundboard-sound-object */
export const SOUND_ROWS: ChangeRows = {
  sound_id: row('sound', entity('sound')),
  volume: row('volume', percent),
  emoji_id: row('emoji', entity('emoji')),
  emoji_name: row('emoji', asText),
  available: row('available', onOff),
  ...ADDED_BY,
}
