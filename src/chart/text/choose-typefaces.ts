import { CHINESE, EMOJI, JAPANESE, KOREAN, UNIFONT } from './font-packages.ts'
import type { Typeface } from './typefaces.ts'

/** A text and the fonts to draw it in, in order of preference. */
interface Choice {
  readonly text: string
  readonly typefaces: readonly Typeface[]
}

/** Drawn for a character that no font has. */
const REPLACEMENT = '\uFFFD'

/** Private and unassigned characters, lone surrogates, and historic scripts and symbols that no font here has. */
const WITHOUT_SHAPE = /[\p{Co}\p{Cn}\p{Cs}\u{10000}-\u{1CFFF}\u{1EE00}-\u{1EFFF}\u{1F700}-\u{1F77F}]/u

/** Characters that are not drawn but affect others. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u

const EMOJI_SEQUENCE = /^\p{RGI_Emoji}$/v

/** Characters that are emoji even without a variation selector. */
const EMOJI_ALONE = /\p{Emoji_Presentation}|(?![\0-\uFFFF])\p{Emoji}/u

/**
 * Blocks that the fonts have completely: Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, kana, Hangul. For
 * others, the style sheets list some characters that the fonts lack.
 */
const COMPLETE =
  /[\x20-\u02AF\u0370-\u03E1\u0400-\u052F\u0590-\u06FF\u0900-\u097F\u0E00-\u0E7F\u1E00-\u1FFF\u3040-\u30FF\uAC00-\uD7A3…]/

/**
 * Chooses the fonts for a text, only among those that are installed with Custos, so that it looks the same on every
 * machine. A character that none of them has becomes “\uFFFD”.
 */
export function chooseTypefaces(text: string, typefaces: readonly Typeface[]): Choice {
  const ordered = inOrderFor(text, typefaces)
  // A truncated text ends in “…”.
  const chosen = new Set(chooseForCharacter('…', ordered).typefaces)
  let shown = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const pieces =
      chooseForEmoji(segment, ordered) ?? [...segment].map((each) => chooseForCharacter(each, ordered))
    for (const piece of pieces) {
      shown += piece.text
      for (const typeface of piece.typefaces) chosen.add(typeface)
    }
  }
  return { text: shown, typefaces: ordered.filter((typeface) => chosen.has(typeface)) }
}

/** The fonts in order for a text. Chinese, Japanese and Korean draw the same characters differently. */
function inOrderFor(text: string, typefaces: readonly Typeface[]): readonly Typeface[] {
  const native = /[\p{scx=Hira}\p{scx=Kana}]/u.test(text)
    ? JAPANESE
    : /\p{scx=Hang}/u.test(text)
      ? KOREAN
      : CHINESE
  const start = typefaces.findIndex(({ packageName }) => [CHINESE, JAPANESE, KOREAN].includes(packageName))
  const [before, after] = [typefaces.slice(0, start), typefaces.slice(start)]
  const isNative = ({ packageName }: Typeface) => packageName === native
  return [...before, ...after.filter(isNative), ...after.filter((each) => !isNative(each))]
}

/** An emoji of several characters is drawn as one if one font has all of them. */
function chooseForEmoji(segment: string, typefaces: readonly Typeface[]): readonly Choice[] | undefined {
  if (!EMOJI_SEQUENCE.test(segment)) return
  const whole = typefaces.find(
    (each) => each.packageName === EMOJI && [...segment].every((one) => hasCharacter(each, one)),
  )
  return whole && [{ text: segment, typefaces: [whole] }]
}

function chooseForCharacter(character: string, typefaces: readonly Typeface[]): Choice {
  if (IGNORABLE.test(character)) return { text: character, typefaces: [] }
  const candidates = WITHOUT_SHAPE.test(character)
    ? []
    : typefaces.filter((each) => hasCharacter(each, character))
  const colourful = candidates.filter(({ packageName }) => packageName === EMOJI)
  const plain = candidates.filter(({ packageName }) => packageName !== EMOJI)
  const [first] = EMOJI_ALONE.test(character) || plain.length === 0 ? colourful : plain
  if (!first) return chooseForCharacter(REPLACEMENT, typefaces)
  const mayLackIt = first.packageName !== EMOJI && !COMPLETE.test(character)
  return {
    text: character,
    typefaces: candidates.filter(
      ({ packageName }) => packageName === first.packageName || (mayLackIt && packageName === UNIFONT),
    ),
  }
}

function hasCharacter({ ranges }: Typeface, character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return ranges.some(([first, last]) => first <= code && code <= last)
}
