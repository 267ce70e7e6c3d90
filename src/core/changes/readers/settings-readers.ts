import { FormField, TargetUsersJobStatus } from '../../audit-log/undocumented.ts'
import { isRecord } from '../../json.ts'
import { formatNumber } from '../../text/numbers.ts'
import { phrase, text, type Value, words } from '../value.ts'
import { listOfAll, part, withEmoji } from './object-readers.ts'
import { code, entity, oneOf, type Reader, time, timeInId } from './readers.ts'

const jobStatus = oneOf(TargetUsersJobStatus, { Unspecified: 'not started', Completed: 'done' })

const FORM_FIELDS: Readonly<Record<string, string>> = {
  Terms: 'rules to accept',
  TextInput: 'short answer',
  Paragraph: 'long answer',
  MultipleChoice: 'one of',
  Verification: 'verified account',
}

/** The type of a field in the form for new members. */
export const formFieldType = oneOf(FormField, FORM_FIELDS)

const typeInBrackets = oneOf(
  FormField,
  Object.fromEntries(Object.entries(FORM_FIELDS).map(([name, label]) => [name, `(${label})`])),
)

/**
 * Whom an invite is for. Discord accepts the list as a file and reads it in the background:
 * `done, 12 of 12`, `failed: bad file`.
 * https://docs.discord.food/resources/invite#invite-target-users-job-object
 */
export const targetUsers: Reader = (sent) => {
  if (!isRecord(sent)) return jobStatus(sent)
  const { status, total_users, processed_users, error_message } = sent
  if (typeof error_message === 'string' && error_message !== '') return part('failed:', text(error_message))
  const read =
    typeof total_users === 'number' && typeof processed_users === 'number'
      ? [words(`${formatNumber(processed_users)} of ${formatNumber(total_users)}`)]
      : []
  return listOfAll([jobStatus(status) ?? code(status), ...read])
}

/**
 * One date of a repeating event that differs from the others. Its id holds the original date.
 * https://docs.discord.food/resources/guild-scheduled-event#guild-scheduled-event-exception-object
 */
export const eventException: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const date = timeInId(sent.event_exception_id)
  if (!date) return undefined
  const changes = [
    sent.is_canceled === true ? words('cancelled') : undefined,
    part('starts', time(sent.scheduled_start_time)),
    part('ends', time(sent.scheduled_end_time)),
  ]
  return phrase(date, ...changes.filter((each) => each !== undefined))
}

/**
 * A question that applicants answer, or rules that they accept.
 * https://docs.discord.food/resources/guild#member-verification-form-field-structure
 */
export const formField: Reader = (sent) => {
  if (!isRecord(sent) || typeof sent.label !== 'string') return undefined
  const type = typeInBrackets(sent.field_type)
  const items = [...texts(sent.values), ...texts(sent.choices)]
  return phrase(
    text(sent.label),
    ...(type ? [type] : []),
    ...(items.length > 0 ? [{ type: 'list', items } satisfies Value] : []),
  )
}

/**
 * An account that new members are asked to connect: of an application or of another service.
 * https://docs.discord.food/resources/guild#onboarding-object
 */
export const connection: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const { application_id, provider_id, description } = sent
  const account =
    typeof provider_id === 'string' && provider_id !== '' ? text(provider_id) : entity()(application_id)
  const about = typeof description === 'string' && description !== '' ? [text(description)] : []
  return account && phrase(account, ...about)
}

/**
 * A word that a guild describes itself with, and its emoji.
 * https://docs.discord.food/resources/discovery#guild-trait-structure
 */
export const trait: Reader = (sent) => {
  if (!isRecord(sent) || typeof sent.label !== 'string') return undefined
  const { emoji_id, emoji_name } = sent
  return phrase(...withEmoji(sent.label, { emoji_id, emoji_name }))
}

/**
 * How much each game is played in a guild, by the game's application.
 * https://docs.discord.food/resources/discovery#game-activity-structure
 */
export const gameActivity: Reader = (sent) => {
  if (!isRecord(sent)) return undefined
  const items = Object.entries(sent).map(([id, activity]) => {
    const game = entity()(id)
    const level = isRecord(activity) ? activity.activity_level : undefined
    return game && typeof level === 'number' ? phrase(game, words(`level ${level}`)) : undefined
  })
  return items.every((item) => item !== undefined) ? { type: 'list', items } : undefined
}

function texts(sent: unknown): Value[] {
  return Array.isArray(sent) ? sent.filter((each) => typeof each === 'string').map(text) : []
}
