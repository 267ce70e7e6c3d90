import { CHINESE, EMOJI, JAPANESE, KOREAN, UNIFONT } from './font-packages.ts'
import type { Typeface } from './typefaces.ts'

/** A text and the fonts it is drawn in, first the one that is asked first. */
interface Choice {
  readonly text: string
  readonly typefaces: readonly Typeface[]
}

/** What stands for a character that no font has. */
const REPLACEMENT = '\uFFFD'

/** Private and unassigned characters, halves of pairs, and scripts of old and of scholars that no font here has. */
const WITHOUT_SHAPE = /[\p{Co}\p{Cn}\p{Cs}\u{10000}-\u{1CFFF}\u{1EE00}-\u{1EFFF}\u{1F700}-\u{1F77F}]/u

/** Characters that are not drawn but say how others are. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u

const PICTURE = /^\p{RGI_Emoji}$/v

/** Characters that are pictures even where nothing asks for one. */
const EMOJI_ALONE = /\p{Emoji_Presentation}|(?![\0-\uFFFF])\p{Emoji}/u

/**
 * Of these the fonts have all: Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, kana, Hangul. Of others the
 * style sheets promise some that the fonts lack.
 */
const SURE =
  /[\x20-\u02AF\u0370-\u03E1\u0400-\u052F\u0590-\u06FF\u0900-\u097F\u0E00-\u0E7F\u1E00-\u1FFF\u3040-\u30FF\uAC00-\uD7A3…]/

/**
 * Chooses fonts for a text, among those that Custos brings along alone: the machine’s would draw it otherwise on
 * every machine. A character that none of them has becomes “\uFFFD”.
 */
export function chooseTypefaces(text: string, typefaces: readonly Typeface[]): Choice {
  const ordered = inOrderFor(text, typefaces)
  // Whatever is cut ends in “…”.
  const chosen = new Set(setCharacter('…', ordered).typefaces)
  let shown = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const pieces = setPicture(segment, ordered) ?? [...segment].map((each) => setCharacter(each, ordered))
    for (const piece of pieces) {
      shown += piece.text
      for (const typeface of piece.typefaces) chosen.add(typeface)
    }
  }
  return { text: shown, typefaces: ordered.filter((typeface) => chosen.has(typeface)) }
}

/** Chinese, Japanese and Korean write the same characters in different shapes. */
function inOrderFor(text: string, typefaces: readonly Typeface[]): readonly Typeface[] {
  const native = /[\p{scx=Hira}\p{scx=Kana}]/u.test(text)
    ? JAPANESE
    : /\p{scx=Hang}/u.test(text)
      ? KOREAN
      : CHINESE
  const start = typefaces.findIndex(({ shelf }) => [CHINESE, JAPANESE, KOREAN].includes(shelf))
  const [before, after] = [typefaces.slice(0, start), typefaces.slice(start)]
  const isNative = ({ shelf }: Typeface) => shelf === native
  return [...before, ...after.filter(isNative), ...after.filter((each) => !isNative(each))]
}

/** An emoji of several characters is one picture only where one font has them all. */
function setPicture(segment: string, typefaces: readonly Typeface[]): readonly Choice[] | undefined {
  if (!PICTURE.test(segment)) return
  const whole = typefaces.find(
    (each) => each.shelf === EMOJI && [...segment].every((one) => holds(each, one)),
  )
  return whole && [{ text: segment, typefaces: [whole] }]
}

function setCharacter(character: string, typefaces: readonly Typeface[]): Choice {
  if (UNSEEN.test(character)) return { text: character, typefaces: [] }
  const holding = WITHOUT_SHAPE.test(character) ? [] : typefaces.filter((each) => holds(each, character))
  const colourful = holding.filter(({ shelf }) => shelf === EMOJI)
  const plain = holding.filter(({ shelf }) => shelf !== EMOJI)
  const [first] = EMOJI_ALONE.test(character) || plain.length === 0 ? colourful : plain
  if (!first) return setCharacter(REPLACEMENT, typefaces)
  const isDoubted = first.shelf !== EMOJI && !SURE.test(character)
  return {
    text: character,
    typefaces: holding.filter(({ shelf }) => shelf === first.shelf || (isDoubted && shelf === UNIFONT)),
  }
}

function holds({ ranges }: Typeface, character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return ranges.some(([first, last]) => first <= code && code <= last)
}
