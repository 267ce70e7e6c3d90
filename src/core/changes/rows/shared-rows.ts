import { StageInstancePrivacyLevel } from 'discord-api-types/v10'
import { type ChangeRows, image, row } from '../change-row.ts'
import { partOfList, sides } from '../decode.ts'
import { roleObject } from '../readers/object-readers.ts'
import { asText, code, mention, oneOf, thing } from '../readers/readers.ts'
import { words } from '../value.ts'

/** What each image is called. Objects have it under this key, the audit log with `_hash` after it. */
const IMAGES = {
  icon: 'icon',
  avatar: 'avatar',
  banner: 'banner',
  splash: 'invite background',
  discovery_splash: 'discovery background',
  home_header: 'server guide banner',
  image: 'cover image',
}

const images: ChangeRows = Object.fromEntries(
  Object.entries(IMAGES).flatMap(([key, label]) => [
    [key, image(label)],
    [`${key}_hash`, image(label)],
  ]),
)

/** The keys that mean the same in every object that has them. */
export const SHARED_ROWS: ChangeRows = {
  ...images,
  id: row('id', code),
  name: row('name', asText),
  description: row('description', asText),
  channel_id: row('channel', mention('channel')),
  application_id: row('application', thing()),
  guild_id: {
    label: 'server',
    decode: (change, label, entry) =>
      sides((sent) => (sent === entry.guildId ? words('this server') : code(sent)))(change, label, entry),
  },
  $add: { label: 'roles', decode: partOfList('added', roleObject) },
  $remove: { label: 'roles', decode: partOfList('removed', roleObject) },
}

/** Who sees a stage or an event. */
export const privacy = row('privacy', oneOf(StageInstancePrivacyLevel, { GuildOnly: 'members only' }))
