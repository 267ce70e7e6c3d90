import { canBeName, type Person, personAt } from './person.ts'
import { ANOTHER_ACT, CERTAIN_LABELS, DONE_BY, LABELS, OTHER_ACCOUNT } from './words.ts'

/** How far a part of a reason is read for whom it names. */
const LONGEST_PART = 200

/** `🔨 Banned by …`. */
const ADORNED = /^(?:[\p{Extended_Pictographic}\s]|\uFE0F)+/u

/**
 * `Moderator: …`, `Moderator ID: …`, `Responsible User: …`, `moderator 123`: GearBot (gearbot/GearBot,
 * GearBot/Cogs/Moderation.py), Dyno where roles and channels change (public copies of its code), Pollux, and most bots
 * written after a guide, before the reason or after it.
 */
const LABELLED = new RegExp(`^(?:${LABELS})(?:\\s(?:id|name|tag))?(?:\\s?[:=]\\s*|\\s(?=<@|\\d{17}))`, 'iu')

/**
 * `By …`, `By: …`, `Banned by …`, and with up to four words before: `Action requested by …` (Red: Cog-Creators/
 * Red-DiscordBot, redbot/core/utils/mod.py), `Action done by …` (R. Danny: Rapptz/RoboDanny, cogs/mod.py).
 */
const BY = new RegExp(
  `^(?:(?<before>(?:[\\p{L}\\p{N}/][\\p{L}\\p{N}'’_-]{0,23}\\s){0,4}?)/?${DONE_BY}|by)(?:\\s?:\\s*|\\s+)` +
    '(?:(?:the\\s)?(?:moderator|mod|admin|administrator|staff member|staff|owner|user)\\s)?',
  'iu',
)

/** `… | By alice`, `… (by alice)`, `… — Moderator: alice`: what bots set off that they add. */
const SET_OFF = /[\n|•·;([{—]\s*|(?<=\s)[-–~]+\s+/gu

/** `[Verification] Banned by alice`, `Ikaros: Kicked by alice`, `spam, Kicked by alice`, `spam Moderator: alice`. */
const JOINED = new RegExp(`[,.:\\])]\\s+|\\s(?=(?:${CERTAIN_LABELS})\\s?:)`, 'giu')

/** What comes between the moderator and the reason where bots begin with the moderator. */
const THEN = /^(?:\s?[:|.\n\]–—-]|\s\(\d|$|\starafından)/u
const THEN_AFTER_MARKS = /^\s?:/u
const THEN_AFTER_ID = /^\s?(?:[:|–—\n-]|$)/u
const THEN_AFTER_NAME = /^\s?(?:\(\d+\s?\p{L}+\))?(?::\s|\s?\|+\s|\s[–—-]+\s|\s:\s|\starafından)/u

/** What follows a mention of somebody who is spoken of. */
const SPOKEN_OF = /^(?:['’]s|,|\s(?:and|&|is|was|were|has been|had|did|said|says|keeps|got|<@))/iu

/** What brackets hold: names hold brackets too. */
const BRACKETED = /^(?:\[((?:[^[\]\n]|\[[^[\]\n]*\])*)\]|\(((?:[^()\n]|\([^()\n]*\))*)\))/u

/** Who a part of a reason says it was done for, by a label or by “by”. */
export function saidAt(part: string): Person | undefined {
  const words = part.replace(ADORNED, '')
  const read = LABELLED.exec(words) ?? BY.exec(words)
  if (!read || ANOTHER_ACT.test(read.groups?.before ?? '')) return undefined
  return personAt(words.slice(read[0].length))
}

/** Whom the parts of a reason name that are set off as bots set off what they add. */
export function saidSetOff(reason: string): Person[] {
  return saidAfter(SET_OFF, reason)
}

/** Whom the parts of its sentences name. */
export function saidInPassing(reason: string): Person[] {
  return saidAfter(JOINED, reason)
}

/**
 * Who stands before the reason: `alice#0: …` (YAGPDB: botlabs-gg/yagpdb, moderation/punishments.go), `alice#0001
 * (10m): …` (Vortex: jagrosh/Vortex, utils/LogUtil.java), `alice (ID: 123): …` (R. Danny), `alice | …` (Nadeko:
 * nadeko-bot/nadekobot, UserPunishCommands.cs), `[alice] …` (blargbot/blargbot, managers/moderation/BanManager.ts).
 */
export function namedFirst(reason: string): Person | undefined {
  if (/^[[(]/.test(reason)) return namedInBracket(reason)
  const person = personAt(reason)
  if (!person) return undefined
  switch (person.by) {
    case 'id':
      if (reason.startsWith('<@')) return SPOKEN_OF.test(person.rest) ? undefined : person
      return THEN_AFTER_ID.test(person.rest) && !OTHER_ACCOUNT.test(reason) ? person : undefined
    case 'tag': {
      // What stands before a mark may be the reason as well as part of a name: `spam | alice#0001`.
      const then = /\s[|–—-]+\s/.test(person.name ?? '') ? THEN_AFTER_MARKS : THEN
      return then.test(person.rest) ? person : undefined
    }
    case 'name and id':
      return isOneWord(person) && THEN.test(person.rest) ? person : undefined
    case 'username':
      return THEN_AFTER_NAME.test(person.rest) ? person : undefined
    case 'name':
      return undefined
  }
}

/**
 * Who stands after the reason, as bots written after a guide put it: `… | alice#0001`, `… - alice`, `… | alice (123)`,
 * `… | 123`, `… (<@123>)`.
 */
export function namedLast(reason: string): Person | undefined {
  const mention = /[([|–—-]\s?(?<who><@!?\d{17,19}>)\s?[)\]]?$/u.exec(reason)
  const mark = mention ?? [...reason.matchAll(/\|+|\n|\s[-–—](?=\s)/gu)].at(-1)
  if (!mark || OTHER_ACCOUNT.test(reason.slice(0, mark.index))) return undefined
  const person = personAt(mention?.groups?.who ?? reason.slice(mark.index + mark[0].length))
  if (!person) return undefined
  if (person.by === 'id' && !mention && /[-–—]/u.test(mark[0])) return undefined
  if (person.by === 'name and id' && !isOneWord(person)) return undefined
  const end = person.by === 'id' ? /^\s?\(?\S{0,37}\)?$/u : /^\.?$|^\starafından/u
  return person.by !== 'name' && end.test(person.rest) ? person : undefined
}

function namedInBracket(reason: string): Person | undefined {
  const inside = insideBracket(reason)
  if (inside === undefined || saidAt(inside)) return undefined
  const person = personAt(inside)
  if (!person || (reason.startsWith('(') && (person.by === 'name' || person.by === 'username')))
    return undefined
  const [, id] = /^\s?[|,/-]\s?(\d{17,19})\s?$/.exec(person.rest) ?? []
  if (id) return { ...person, ...personAt(id), name: person.name }
  return person.by === 'tag' || person.rest.trim() === '' ? person : undefined
}

function insideBracket(text: string): string | undefined {
  const [, square, round] = BRACKETED.exec(text) ?? []
  return square ?? round
}

function isOneWord({ name = '' }: Person): boolean {
  return !/\s/.test(name) && canBeName(name)
}

function saidAfter(marks: RegExp, reason: string): Person[] {
  return [...reason.matchAll(marks)].flatMap((mark) => {
    const bracketed = insideBracket(reason.slice(mark.index, mark.index + LONGEST_PART))
    const from = mark.index + mark[0].length
    return saidAt(bracketed?.trim() ?? reason.slice(from, from + LONGEST_PART)) ?? []
  })
}
