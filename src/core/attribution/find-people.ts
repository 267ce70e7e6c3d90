import { canBeName, type Person, personAt } from './person.ts'
import { CERTAIN_LABELS, DONE_BY, LABELS, OTHER_ACCOUNT, OTHER_ACT } from './words.ts'

/** How many characters of a part of a reason are searched for a name. */
const LONGEST_PART = 200

/** Emoji at the start: `🔨 Banned by …` */
const LEADING_EMOJI = /^(?:[\p{Extended_Pictographic}\s]|\uFE0F)+/u

/** `Moderator: …`, `Moderator ID: …`, `Responsible User: …`, `moderator 123` */
const LABEL = new RegExp(`^(?:${LABELS})(?:\\s(?:id|name|tag))?(?:\\s?[:=]\\s*|\\s(?=<@|\\d{17}))`, 'iu')

/** `By …`, `By: …`, `Banned by …`, with up to four words before: `Action requested by …` */
const BY = new RegExp(
  `^(?:(?<before>(?:[\\p{L}\\p{N}/][\\p{L}\\p{N}'’_-]{0,23}\\s){0,4}?)/?${DONE_BY}|by)(?:\\s?:\\s*|\\s+)` +
    '(?:(?:the\\s)?(?:moderator|mod|admin|administrator|staff member|staff|owner|user)\\s)?',
  'iu',
)

/** Marks that separate what a bot adds: `… | By alice`, `… (by alice)`, `… — Moderator: alice` */
const SEPARATOR = /[\n|•·;([{—]\s*|(?<=\s)[-–~]+\s+/gu

/** The end of a phrase: `[Verification] Banned by alice`, `spam, Kicked by alice`, `spam Moderator: alice` */
const PHRASE_END = new RegExp(`[,.:\\])]\\s+|\\s(?=(?:${CERTAIN_LABELS})\\s?:)`, 'giu')

/** The text between the moderator and the reason, for each way in which bots that write the moderator first do so. */
const THEN = /^(?:\s?[:|.\n\]–—-]|\s\(\d|$|\starafından)/u
const THEN_AFTER_MARKS = /^\s?:/u
const THEN_AFTER_ID = /^\s?(?:[:|–—\n-]|$)/u
const THEN_AFTER_NAME = /^\s?(?:\(\d+\s?\p{L}+\))?(?::\s|\s?\|+\s|\s[–—-]+\s|\s:\s|\starafından)/u

/** The text after a mention at the start of a sentence, such as `<@123> was rude`. */
const SUBJECT_OF_SENTENCE = /^(?:['’]s|,|\s(?:and|&|is|was|were|has been|had|did|said|says|keeps|got|<@))/iu

/** The content of brackets, which may contain brackets itself, since names may. */
const BRACKETED = /^(?:\[((?:[^[\]\n]|\[[^[\]\n]*\])*)\]|\(((?:[^()\n]|\([^()\n]*\))*)\))/u

/** The person that a part of a reason begins with, after a label or after “by”. */
export function personAfterLabel(part: string): Person | undefined {
  const words = part.replace(LEADING_EMOJI, '')
  const read = LABEL.exec(words) ?? BY.exec(words)
  if (!read || OTHER_ACT.test(read.groups?.before ?? '')) return undefined
  return personAt(words.slice(read[0].length))
}

/** The people after labels in separated parts of a reason. */
export function peopleInSeparateParts(reason: string): Person[] {
  return peopleAfter(SEPARATOR, reason)
}

/** The people after labels in phrases of a reason. */
export function peopleInPhrases(reason: string): Person[] {
  return peopleAfter(PHRASE_END, reason)
}

/** The person who is named before the reason: `alice#0: …`, `alice (ID: 123): …`, `alice | …`, `[alice] …` */
export function personBeforeReason(reason: string): Person | undefined {
  if (/^[[(]/.test(reason)) return personInBracket(reason)
  const person = personAt(reason)
  if (!person) return undefined
  switch (person.by) {
    case 'id':
      if (reason.startsWith('<@')) return SUBJECT_OF_SENTENCE.test(person.rest) ? undefined : person
      return THEN_AFTER_ID.test(person.rest) && !OTHER_ACCOUNT.test(reason) ? person : undefined
    case 'tag': {
      // The text before a mark may be the reason as well as part of a name: `spam | alice#0001`.
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

/** The person who is named after the reason: `… | alice#0001`, `… - alice`, `… | alice (123)`, `… (<@123>)` */
export function personAfterReason(reason: string): Person | undefined {
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

function personInBracket(reason: string): Person | undefined {
  const inside = insideBracket(reason)
  if (inside === undefined || personAfterLabel(inside)) return undefined
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

function peopleAfter(marks: RegExp, reason: string): Person[] {
  return [...reason.matchAll(marks)].flatMap((mark) => {
    const bracketed = insideBracket(reason.slice(mark.index, mark.index + LONGEST_PART))
    const from = mark.index + mark[0].length
    return personAfterLabel(bracketed?.trim() ?? reason.slice(from, from + LONGEST_PART)) ?? []
  })
}
