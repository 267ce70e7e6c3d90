import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import type { ErasureResult, NextTry } from '../core/erasure.ts'
import type { Snowflake } from '../core/snowflake.ts'
import { escapeMarkdown } from '../core/text/escape.ts'
import { formatNumber, pluralize } from '../core/text/numbers.ts'
import { inWords } from '../core/time/duration.ts'
import { MINUTE, SECOND } from '../core/time/units.ts'
import type { Watch } from '../core/watch/watch.ts'
import { button } from './paging.ts'
import { COLOURS, type Reply } from './reply.ts'
import { countWatches } from './watch/describe-watch.ts'

/** What will be erased. */
export type ErasurePlan =
  /** Everything stored for the guild. */
  | {
      readonly type: 'server'
      readonly entries: number
      /** The feeds, alerts and digests, which are removed. */
      readonly watches: readonly Watch[]
    }
  | {
      readonly type: 'member'
      readonly memberId: Snowflake
      /** The member's name, if it is recorded. */
      readonly name: string | undefined
      /** How many entries were made by, for or about them. They stay. */
      readonly entries: number
      /** How many of them have texts, which are erased. */
      readonly withTexts: number
    }

/** The custom ids of the buttons. */
interface Buttons {
  readonly confirmId: string
  readonly cancelId: string
}

const PERMANENT = 'This cannot be undone. Backups that the operator has made are not affected.'

/** The question before an erasure: what will be erased and what stays, with a button for yes and one for no. */
export function confirmReply(plan: ErasurePlan, { confirmId, cancelId }: Buttons): Reply {
  const { title, description, label } = plan.type === 'server' ? serverQuestion(plan) : memberQuestion(plan)
  const danger = { ...button(label, confirmId), style: ButtonStyle.Danger } as const
  const footer = { text: 'The buttons work for five minutes.' }
  return {
    embeds: [{ title, description, color: COLOURS.deleted, footer }],
    components: [{ type: ComponentType.ActionRow, components: [danger, button('Cancel', cancelId)] }],
  }
}

interface QuestionText {
  readonly title: string
  readonly description: string
  readonly label: string
}

function serverQuestion({ entries, watches }: ErasurePlan & { type: 'server' }): QuestionText {
  const amount = pluralize(entries, 'entry', 'entries')
  return {
    title: `Erase everything stored for this server: ${amount}?`,
    description: [
      `This erases **${amount}**, the names of members, and the queries behind earlier replies, whose buttons stop working.`,
      ...(watches.length === 0
        ? []
        : [
            `It also removes what Custos posts by itself: **${countWatches(watches)}**. What was posted stays.`,
          ]),
      'Custos does not read these entries again, and records what happens from now on. The time zone stays, and so do ' +
        'the names of existing roles and channels, and the operations in `/audit status`, with this erasure. Discord’s ' +
        'own log stays as it is.',
      PERMANENT,
    ].join('\n\n'),
    label: `Erase ${amount}`,
  }
}

function memberQuestion(plan: ErasurePlan & { type: 'member' }): QuestionText {
  const { memberId, name, entries, withTexts } = plan
  const amount = pluralize(withTexts, 'entry', 'entries')
  const known = name === undefined ? '' : ` (${escapeMarkdown(name, 40)})`
  return {
    title: `Erase the name of one member${withTexts === 0 ? '' : `, and the texts in ${amount}`}?`,
    description: [
      `This erases the name of <@${memberId}>${known}, and the reasons and nicknames in **${amount}**.`,
      `${staying(entries)}What the member does from now on is stored again, with the name.`,
      PERMANENT,
    ].join('\n\n'),
    label: 'Erase name and texts',
  }
}

/** What stays of a member; empty if there is nothing. */
function staying(entries: number): string {
  if (entries === 0) return ''
  const which =
    entries === 1
      ? 'The entry by, for or about them stays'
      : `All ${formatNumber(entries)} entries by, for or about them stay`
  return `${which}, with ids instead of names. `
}

/** Says that nothing was erased or set, without buttons. */
export function cancelledReply(what: 'erased' | 'set'): Reply {
  return {
    embeds: [{ description: `Cancelled. Nothing was ${what}.`, color: COLOURS.neutral }],
    components: [],
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

/** An erasure that was confirmed: of one member or of the guild, and how many entries were announced. */
interface Confirmed {
  readonly memberId: Snowflake | undefined
  /** Undefined if an earlier version asked. */
  readonly announced: number | undefined
}

/** Says what was erased, and what is not erased yet. */
export function forgottenReply(erased: ErasureResult, confirmed: Confirmed): Reply {
  return {
    embeds: [{ description: erasureSentence(erased, confirmed), color: COLOURS.neutral }],
    components: [],
  }
}

function erasureSentence(erased: ErasureResult, confirmed: Confirmed): string {
  switch (erased.type) {
    case 'gone': {
      const what = erasedData(erased.entries, confirmed)
      return confirmed.memberId === undefined
        ? `Erased: ${what}, and everything stored with them. Feeds, alerts and digests are removed. Custos records what happens from now on.`
        : `Erased: ${what}.`
    }
    case 'hidden':
      return (
        `**Not removed from the disk yet:** ${erasedData(erased.entries, confirmed)}. ${NO_LONGER_SHOWN}, but copies can ` +
        `remain in the archive’s files until they are rewritten. ${retrySentence(erased.nextTry)}`
      )
    case 'begun':
      return (
        '**Not everything is erased yet.** Some of it can still be shown. What is erased will not come back. ' +
        retrySentence(erased.nextTry)
      )
  }
}

function erasedData(amount: number, { memberId, announced }: Confirmed): string {
  const entries = `${pluralize(amount, 'entry', 'entries')}${differing(amount - (announced ?? amount))}`
  return memberId === undefined
    ? entries
    : `the name of <@${memberId}>, and the reasons and nicknames in ${entries}`
}

/** The log goes on between the question and the answer. */
function differing(more: number): string {
  if (more === 0) return ''
  return more > 0
    ? ` (${formatNumber(more)} more than announced, which came in between)`
    : ` (${formatNumber(-more)} fewer than announced, which were deleted in between)`
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
