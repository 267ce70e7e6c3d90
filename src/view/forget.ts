import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import type { ErasureCounts, ErasureResult, NextTry } from '../core/erasure.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { escapeMarkdown } from '../core/text/escape.ts'
import { pluralize } from '../core/text/numbers.ts'
import { inWords } from '../core/time/duration.ts'
import { MINUTE, SECOND } from '../core/time/units.ts'
import { button } from './paging.ts'
import { COLOURS, type Reply } from './reply.ts'

/** What will be erased: the data of one member, or everything of the guild. */
interface ErasurePlan {
  /** How many entries will be erased; for one member, how many were made by, for or about them. */
  readonly entries: number
  readonly memberId?: Snowflake
  /** The member's name, if it is recorded. */
  readonly name?: string | undefined
  /** The custom id of the button that confirms. */
  readonly confirmId: string
}

const PERMANENT = 'This cannot be undone. Backups that the operator has made are not affected.'

/** The question before an erasure: what will be erased, and the button that confirms it. */
export function confirmReply({ entries, memberId, name, confirmId }: ErasurePlan): Reply {
  const amount = pluralize(entries, 'entry', 'entries')
  const known = name === undefined ? '' : ` (${escapeMarkdown(name, 40)})`
  const [title, description, label] =
    memberId === undefined
      ? [
          'Erase everything stored for this server?',
          `This erases **${amount}**, the names of members, and the queries behind earlier replies, so their buttons ` +
            'stop working. Discord’s own log stays as it is. Custos does not read its current entries again; ' +
            `it records what happens from now on. ${PERMANENT}`,
          `Erase ${amount}`,
        ]
      : [
          'Erase what is stored about one member?',
          `This erases the name of <@${memberId}>${known}, and the reasons and nicknames in the **${amount}** made by ` +
            'them, made for them by bots, or about them. The entries stay, with ids instead of names, so that counts ' +
            'stay correct. What the member does from now on is stored again, with the name. ' +
            PERMANENT,
          'Erase names and texts',
        ]
  const danger = { ...button(label, confirmId), style: ButtonStyle.Danger } as const
  const footer = { text: 'The button works for five minutes.' }
  return {
    embeds: [{ title, description, color: COLOURS.deleted, footer }],
    components: [{ type: ComponentType.ActionRow, components: [danger] }],
  }
}

const NO_LONGER_SHOWN = 'The data is no longer shown and will not come back'

/**
 * Says that the data is no longer shown, while the rewriting of the archive's file still has to start.
 * @param left milliseconds until it starts; 0 if that is not known
 */
export function waitingSentence(left: number): string {
  const when = left === 0 ? 'after an earlier erasure is done' : `in about ${roughly(left)}`
  return `Erasing… ${NO_LONGER_SHOWN}. It is removed from the disk ${when}.`
}

/** Says what was erased, and what is not erased yet. */
export function forgottenReply(erased: ErasureResult, memberId: Snowflake | undefined): Reply {
  return {
    embeds: [{ description: erasureSentence(erased, memberId), color: COLOURS.neutral }],
    components: [],
  }
}

function erasureSentence(erased: ErasureResult, memberId: Snowflake | undefined): string {
  switch (erased.type) {
    case 'gone': {
      const what = erasedData(erased.gone, memberId)
      return memberId === undefined
        ? `Erased: ${what} and everything stored with them. Custos records what happens from now on.`
        : `Erased: ${what}.`
    }
    case 'hidden':
      return (
        `**Not removed from the disk yet:** ${erasedData(erased.gone, memberId)}. ${NO_LONGER_SHOWN}, but copies can ` +
        `remain in the archive’s files until they are rewritten. ${retrySentence(erased.nextTry)}`
      )
    case 'begun':
      return (
        '**Not everything is erased yet.** Some of it can still be shown. What is erased will not come back. ' +
        retrySentence(erased.nextTry)
      )
  }
}

/** Names fewer entries than the confirmation did: many have no text. */
function erasedData({ removed, scrubbed }: ErasureCounts, memberId: Snowflake | undefined): string {
  if (memberId === undefined) return pluralize(removed, 'entry', 'entries')
  const texts = `the reasons and nicknames in ${pluralize(scrubbed, 'entry', 'entries')} that had any`
  return `the name of <@${memberId}>, and ${texts}`
}

function retrySentence(next: NextTry): string {
  const when = next === 'at the next start' ? 'when it is started again' : `in about ${roughly(next)}`
  return `Custos tries again ${when}, and \`/audit status\` shows this until it is done. You do not need to run the command again.`
}

/** A waiting time, rounded up to seconds below a minute and to minutes above. */
function roughly(milliseconds: number): string {
  const unit = milliseconds < MINUTE ? SECOND : MINUTE
  return inWords((Math.ceil(Math.max(milliseconds, 1) / unit) * unit) / SECOND)
}
