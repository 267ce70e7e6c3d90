import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import type { ErasureResult, NextTry } from '../core/erasure.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { escapeMarkdown } from '../core/text/escape.ts'
import { pluralize } from '../core/text/numbers.ts'
import { inWords } from '../core/time/duration.ts'
import { MINUTE, SECOND } from '../core/time/units.ts'
import { button } from './paging.ts'
import { COLOURS, type Reply } from './reply.ts'

/** What is about to be erased: of one member, or of the whole guild. */
interface Planned {
  /** How many entries go, or concern the member. */
  readonly entries: number
  readonly memberId?: Snowflake
  /** What the member is called, if that is known. */
  readonly name?: string | undefined
  /** The custom id of the button that confirms it. */
  readonly confirmId: string
}

const FOR_GOOD = 'It cannot be undone. Backups that the operator has made are not touched.'

/** Says exactly what would be erased, with the button that does it. */
export function confirmReply({ entries, memberId, name, confirmId }: Planned): Reply {
  const some = pluralize(entries, 'entry', 'entries')
  const called = name === undefined ? '' : ` (${escapeMarkdown(name, 40)})`
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
  const danger = { ...button(label, confirmId), style: ButtonStyle.Danger } as const
  const footer = { text: 'The button works for five minutes.' }
  return {
    embeds: [{ title, description, color: COLOURS.deleted, footer }],
    components: [{ type: ComponentType.ActionRow, components: [danger] }],
  }
}

/**
 * Says that nothing of it is shown any more, while the archive's file is still to be written anew.
 * @param left in how many milliseconds that begins; 0 where it is not known
 */
export function waitingSentence(left: number): string {
  const when = left === 0 ? 'once an erasure before this one is done' : `in about ${roughly(left)}`
  return `Erasing… Nothing of it is shown or comes back any more. It is wiped off the disk ${when}.`
}

/** Says what was erased, or how much of it is not yet. */
export function forgottenReply(erased: ErasureResult, memberId: Snowflake | undefined): Reply {
  return { embeds: [{ description: told(erased, memberId), color: COLOURS.neutral }], components: [] }
}

function told(erased: ErasureResult, memberId: Snowflake | undefined): string {
  switch (erased.type) {
    case 'gone': {
      const { removed, scrubbed } = erased.gone
      return memberId === undefined
        ? `Erased: ${pluralize(removed, 'entry', 'entries')}, and all that went with them. I go on from now.`
        : `Erased: the names of <@${memberId}>, and ${textsIn(scrubbed)}.`
    }
    case 'hidden': {
      const { removed, scrubbed } = erased.gone
      const what =
        memberId === undefined
          ? pluralize(removed, 'entry', 'entries')
          : `the names of <@${memberId}>, and ${textsIn(scrubbed)}`
      return (
        `**Not wiped off the disk yet:** ${what}. Nothing of it is shown or comes back any more, but copies can remain ` +
        `in the archive’s files until they are written anew. ${tried(erased.nextTry)}`
      )
    }
    case 'begun':
      return (
        '**Not all of it is erased yet.** Some of it can still be shown, but none of it comes back once it is gone. ' +
        tried(erased.nextTry)
      )
  }
}

/** Fewer than the entries that were named before: many hold no text. */
function textsIn(entries: number): string {
  return `the reasons and nicknames in ${pluralize(entries, 'entry', 'entries')} that had any`
}

function tried(next: NextTry): string {
  const when = next === 'at the next start' ? 'when Custos is started again' : `in about ${roughly(next)}`
  return `That is tried ${when}, and \`/audit status\` says so until it is done. You need not ask again.`
}

/** A time to wait, of which seconds matter only below a minute. */
function roughly(milliseconds: number): string {
  const unit = milliseconds < MINUTE ? SECOND : MINUTE
  return inWords((Math.ceil(Math.max(milliseconds, 1) / unit) * unit) / 1000)
}
