import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import type { Gone } from '../core/archive.ts'
import { inert } from '../core/inert.ts'
import type { Press } from '../core/press.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { counted } from '../core/words.ts'
import { button } from './paging.ts'
import { COLOURS, type Reply } from './reply.ts'

/** What is about to be erased: of one member, or of the whole guild. */
interface Erasure {
  /** How many entries go, or concern the member. */
  readonly entries: number
  readonly memberId?: Snowflake
  /** What the member is called, if that is known. */
  readonly name?: string | undefined
  /** What the button that confirms it does. */
  readonly press: Press
}

const FOR_GOOD = 'It cannot be undone. Backups that the operator has made are not touched.'

/** Says exactly what would be erased, with the button that does it. */
export function confirmReply({ entries, memberId, name, press }: Erasure): Reply {
  const some = counted(entries, 'entry', 'entries')
  const called = name === undefined ? '' : ` (${inert(name, 40)})`
  const [title, description, label] =
    memberId === undefined
      ? [
          'Erase all that I hold of this server?',
          `This erases **${some}**, the names of members, and every list that was asked for here. Discord’s own ` +
            'log stays as it is, but I do not read back what it has of the time until now: I go on from this ' +
            `moment. ${FOR_GOOD}`,
          `Erase ${some}`,
        ]
      : [
          'Erase what I hold of one member?',
          `This erases what <@${memberId}> is called${called}, and the reasons and nicknames in the **${some}** ` +
            'that they made, that were done to them, or that bots made for them. The entries stay, with ids for names, so ' +
            'that counts stay right. What they do from now on is kept with their name again. ' +
            FOR_GOOD,
          'Erase their names and texts',
        ]
  const danger = { ...button(label, press), style: ButtonStyle.Danger } as const
  const footer = { text: 'The button works for five minutes.' }
  return {
    embeds: [{ title, description, color: COLOURS.deleted, footer }],
    components: [{ type: ComponentType.ActionRow, components: [danger] }],
  }
}

/** Says what was erased. */
export function forgottenReply({ removed, scrubbed, memberId }: Gone & { memberId?: Snowflake }): Reply {
  const description =
    memberId === undefined
      ? `Erased: ${counted(removed, 'entry', 'entries')}, and all that went with them. I go on from now.`
      : `Erased: the names of <@${memberId}>, and the texts in ${counted(scrubbed, 'entry', 'entries')}.`
  return { embeds: [{ description, color: COLOURS.neutral }], components: [] }
}
