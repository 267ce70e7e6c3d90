import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser'

// Adds what the parser lacks: lists, the newer styles of timestamps, and headings and subtext below lists and quotes.

type ParserRule = (typeof rulesExtended)[string]

/** How deep lists can be nested. */
const MAX_LEVEL = 11

/**
 * A list: lines that start with `- `, `* ` or a number and a dot. A line that starts with a space continues the item above
 * it, and any other line ends the list.
 * https://support.discord.com/hc/en-us/articles/210298617
 */
const list: ParserRule = {
  order: SimpleMarkdown.defaultRules.list.order,
  match(source, { level = 0 }, before) {
    if (level >= MAX_LEVEL || !isLineStart(before)) return null
    return /^( *)(?:[*-]|\d{1,10}\.) +\S[^\n]*(?:\n+(?:\1(?:[*-]|\d{1,10}\.)(?= )| )[^\n]*)*(?:\n|$)/.exec(
      source,
    )
  },
  parse([all = '', indent = ''], parse, state) {
    const { level = 0 } = state
    const items = all
      .replace(/\n+$/, '')
      .split(new RegExp(`\\n+(?=${indent}(?:[*-]|\\d{1,10}\\.) )`))
      .map((item) => {
        const [bullet = ''] = /^ *\S+ +/.exec(item) ?? []
        const text = item.slice(bullet.length).replace(new RegExp(`\\n {1,${bullet.length}}`, 'g'), '\n')
        return parse(text, { ...state, level: level + 1, prevCapture: null })
      })
    const [, start] = /^ *(\d+)\./.exec(all) ?? []
    return { items, start: start === undefined ? undefined : Number(start) }
  },
}

/** https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
const timestamp: ParserRule = {
  order: SimpleMarkdown.defaultRules.strong.order,
  match: (source) => /^<t:(-?\d{1,17})(?::([tTdDfFsSR]))?>/.exec(source),
  parse: ([, seconds, format]) => ({ timestamp: seconds, format }),
}

/** A rule that applies at the start of a line. The parser's own takes only some lines for the end of the line before. */
function atLineStart(rule: ParserRule | undefined): ParserRule {
  if (!rule) throw new Error('The parser no longer has this rule.')
  return {
    ...rule,
    match: (source, state, before) =>
      isLineStart(before) ? rule.match(source, { ...state, prevCapture: null }, '') : null,
  }
}

function isLineStart(before: string): boolean {
  return before === '' || before.endsWith('\n')
}

const parser = SimpleMarkdown.parserFor({
  ...rulesExtended,
  heading: atLineStart(rulesExtended.heading),
  subtext: atLineStart(rulesExtended.subtext),
  list,
  timestamp,
})

/** Parses Discord's markdown, with the parts that only embeds and bots may use. */
export function parseNodes(source: string): ReturnType<typeof parser> {
  return parser(source, { inline: true })
}
