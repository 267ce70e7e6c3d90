import { GuildScheduledEventStatus, StageInstancePrivacyLevel } from 'discord-api-types/v10'
import { EventPlace } from '../../audit-log/undocumented.ts'
import { type ChangeRows, list, nested, row } from '../change-row.ts'
import { person } from '../readers/object-readers.ts'
import {
  asText,
  code,
  entity,
  mention,
  number,
  oneOf,
  onOff,
  time,
  timeInId,
  yesNo,
} from '../readers/readers.ts'
import { recurrence } from '../readers/recurrence.ts'
import { eventException } from '../readers/settings-readers.ts'

/** Who sees a stage or an event. */
const privacy = row('privacy', oneOf(StageInstancePrivacyLevel, { GuildOnly: 'members only' }))

/** https://docs.discord.food/resources/guild-scheduled-event#guild-scheduled-event-object */
export const EVENT_ROWS: ChangeRows = {
  privacy_level: privacy,
  status: row('status', oneOf(GuildScheduledEventStatus, { Canceled: 'cancelled' })),
  entity_type: row(
    'where',
    oneOf(EventPlace, {
      StageInstance: 'stage',
      External: 'elsewhere',
      PrimeTime: 'a place Discord calls “prime time”',
    }),
  ),
  entity_id: row('entity', entity()),
  entity_metadata: nested('place', {
    location: row('location', asText),
    speaker_ids: list('speakers', mention('user')),
  }),
  location: row('location', asText),
  scheduled_start_time: row('starts', time),
  scheduled_end_time: row('ends', time),
  auto_start: row('starts by itself', onOff),
  recurrence_rule: row('repeats', recurrence),
  guild_scheduled_event_exceptions: list('dates that differ', eventException),
  creator_id: row('made by', person),
  creator: row('made by', person),
  user_count: row('interested', number),
  sku_ids: list('tickets', code),
}

/**
 * One date of an event.
 * https://docs.discord.food/resources/guild-scheduled-event#guild-scheduled-event-exception-object
 */
export const EVENT_EXCEPTION_ROWS: ChangeRows = {
  event_id: row('event', entity('event')),
  event_exception_id: row('original date', timeInId),
  is_canceled: row('cancelled', yesNo),
  scheduled_start_time: row('starts', time),
  scheduled_end_time: row('ends', time),
}

/** https://docs.discord.food/resources/stage-instance#stage-instance-object */
export const STAGE_ROWS: ChangeRows = {
  topic: row('topic', asText),
  privacy_level: privacy,
  invite_code: row('invite', asText),
  discoverable_disabled: row('hidden from discovery', onOff),
  guild_scheduled_event_id: row('event', entity('event')),
  send_start_notification: row('notifies everyone', onOff),
}
