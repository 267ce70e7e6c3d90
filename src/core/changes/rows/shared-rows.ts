import { type ChangeRows, image, row } from '../change-row.ts'
import { partOfList, sides } from '../decode.ts'
import { person, roleObject } from '../readers/object-readers.ts'
import { asText, code, entity, mention } from '../readers/readers.ts'
import { words } from '../value.ts'

/** The labels of images. Objects have them under these keys, the audit log with `_hash` appended. */
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

/** The keys that mean the same in every object. */
export const SHARED_ROWS: ChangeRows = {
  ...images,
  id: row('id', code),
  name: row('name', asText),
  description: row('description', asText),
  channel_id: row('channel', mention('channel')),
  application_id: row('application', entity()),
  guild_id: {
    label: 'server',
    decode: (change, label, entry) =>
      sides((sent) => (sent === entry.guildId ? words('this server') : code(sent)))(change, label, entry),
  },
  $add: { label: 'roles', decode: partOfList('added', roleObject) },
  $remove: { label: 'roles', decode: partOfList('removed', roleObject) },
}

/** Discord sends the user as an object or as an id. */
export const ADDED_BY: ChangeRows = { user: row('added by', person), user_id: row('added by', person) }
