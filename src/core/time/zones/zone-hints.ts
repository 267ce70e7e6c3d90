/** `pacific`, `eastern standard time`: the first letters form the abbreviation. */
const IN_WORDS = /\b(?:us )?([pmce])(?:acific|ountain|entral|astern)(?: (s)tandard| (d)aylight)?(?: time)?\b/

/** The text with the abbreviation of a time zone in place of its name: `10am PT` for `10am pacific`. */
export function zoneHints(typed: string): string[] {
  const [words, letter, standard = '', daylight = ''] = IN_WORDS.exec(typed) ?? []
  return words === undefined ? [] : [typed.replace(words, `${letter}${standard}${daylight}t`.toUpperCase())]
}
