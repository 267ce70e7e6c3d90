import { type APIEmbed, ComponentType } from 'discord-api-types/v10'
import type { Snowflake } from '../../../core/snowflake.ts'
import { inWords } from '../../../core/time/duration.ts'
import { SECOND } from '../../../core/time/units.ts'
import type { ChannelMessage } from '../../channel-message.ts'
import { button } from '../../paging.ts'
import { COLOURS } from '../../reply.ts'
import { timestamp } from '../../text/formatter.ts'

/** The time for which Custos could not read the log. Times are in milliseconds since the Unix epoch. */
interface Unreadable {
  readonly since: number
  /** Absent while it cannot. */
  readonly until?: number | undefined
  readonly number: number
  readonly pingRoleId: Snowflake | undefined
  /** The custom id of the button that lists what was done in that time. */
  readonly listId: string
}

/** Warns that Custos can no longer read the log, or says for how long it could not. */
export function unreadableMessage({ since, until, number, pingRoleId, listId }: Unreadable): ChannelMessage {
  const embed: APIEmbed =
    until === undefined
      ? {
          title: '🚨 Custos can no longer read the audit log',
          description:
            `Since ${timestamp(since, 'f')}, it lacks the **View Audit Log** permission. Somebody may have changed its ` +
            'roles, or removed one. To give it back: Server Settings → Roles → Custos.\n' +
            'Discord keeps the log for 45 days. If Custos gets the permission back in that time, it reads what was done ' +
            'meanwhile.',
          color: COLOURS.deleted,
        }
      : {
          title: '✅ Custos can read the audit log again',
          description:
            `It could not from ${timestamp(since, 'f')} to ${timestamp(until, 'f')}, for ` +
            `${inWords((until - since) / SECOND)}. It reads what was done meanwhile.`,
          color: COLOURS.created,
        }
  return {
    embeds: [{ ...embed, footer: { text: `Alert ${number} · Custos can no longer read the log` } }],
    components: [
      { type: ComponentType.ActionRow, components: [button('Show what was done meanwhile', listId)] },
    ],
    ...(pingRoleId !== undefined && { pingRoleId }),
  }
}
