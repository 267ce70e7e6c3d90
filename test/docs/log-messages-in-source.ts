import { globSync, readFileSync } from 'node:fs'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

/** A message that Custos logs, and the levels that its lines can have. */
export interface LoggedMessage {
  readonly message: string
  readonly levels: readonly string[]
  /** The fields of its lines that are written where it is logged. */
  readonly fields: readonly string[]
  readonly file: string
}

/** A call of a logger, up to its opening parenthesis: `log.warn(`, `this.#log[level](`. */
const CALL = /\blog(?:\.(trace|debug|info|warn|error|fatal)|\[([^[\]]+(?:\([^)]*\))?[^[\]]*)\])\(/g

/** Finds the messages in the source of Custos. @throws Error for a message that is not constant */
export function messagesInSource(): LoggedMessage[] {
  return globSync('src/**/*.ts').flatMap((file) => {
    const source = readFileSync(file, 'utf8')
    return [...source.matchAll(CALL)].flatMap((call) => {
      const [text, level, expression = ''] = call
      const levels = level === undefined ? levelsOf(expression, source) : [level]
      const last = lastArgument(source, call.index + text.length)
      const messages = messagesOf(last, source)
      if (messages.length === 0 || last.includes('`'))
        throw new Error(`The message of this line in ${file} is not constant: ${last}`)
      const fields = fieldsIn(
        source.slice(call.index + text.length, endOfCall(source, call.index + text.length)),
      )
      return messages.map((message) => ({ message, levels, fields, file }))
    })
  })
}

/** The keys of the object that is the first argument of a call, without those of objects in it. */
function fieldsIn(call: string): string[] {
  const object = /^\s*\{([\s\S]*?)\},/.exec(call)?.[1] ?? ''
  const flat = object.replaceAll(/\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]/g, '')
  return flat.split(',').flatMap((pair) => /^\s*(\w+)\s*(?::|$)/.exec(pair)?.[1] ?? [])
}

/** The levels that an expression can have: those it names or, for a variable or a function, those its definition names. */
function levelsOf(expression: string, source: string): string[] {
  const named = levelsNamedIn(expression)
  if (named.length > 0) return named
  const name = /^\w+/.exec(expression)?.[0] ?? ''
  const definition = new RegExp(`(?:const|function) ${name}\\b(?:[^\\n]*=[^\\n]*|[^}]*\\})`).exec(source)?.[0]
  return levelsNamedIn(definition ?? source)
}

function levelsNamedIn(text: string): string[] {
  return LEVELS.filter((level) => text.includes(`'${level}'`))
}

/** The text of the last argument of a call whose arguments begin at a position. */
function lastArgument(source: string, start: number): string {
  let depth = 0
  let from = start
  let quote = ''
  for (let at = start; at < source.length; at++) {
    const character = source.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (`'"\``.includes(character)) quote = character
    else if ('([{'.includes(character)) depth++
    else if (depth === 0 && character === ')') return source.slice(from, at).trim()
    else if (')]}'.includes(character)) depth--
    else if (
      depth === 0 &&
      character === ',' &&
      source
        .slice(at + 1)
        .trimStart()
        .at(0) !== ')'
    )
      from = at + 1
  }
  throw new Error('A call does not end.')
}

/** The messages that an argument can be: a text, texts that are joined, one of two, or a constant. */
function messagesOf(argument: string, source: string): string[] {
  const constant = /^[A-Z_]+$/.test(argument)
    ? new RegExp(`const ${argument} =((?:\\s*(?:\\+\\s*)?'[^']*'(?:\\s*\\+)?)+)`).exec(source)?.[1]
    : undefined
  const choices = (constant ?? argument).split(/\?(?=\s*')/).at(-1) ?? ''
  return choices.split(/ : |\n\s*: /).flatMap((choice) => {
    const parts = [...choice.matchAll(/'([^']*)'/g)].map(([, part = '']) => part)
    return parts.length === 0 ? [] : [parts.join('')]
  })
}

/** Files whose errors end a move, a backup or a health check, or are lines of the error for a bad configuration. */
const NOT_AT_START =
  /\b(?:move|backup|backup-folder|health|publish|move-database|dump|dump-advice|address|parse-url|variable-files)\.ts$|\/move\/(?!mark)/

/** How the sentences begin that end a start, or a running process, with 1. What differs is `…`. */
export function operatorErrorsInSource(): string[] {
  const sources = globSync('src/**/*.ts').map((file) => ({ file, source: readFileSync(file, 'utf8') }))
  const all = sources.map(({ source }) => source).join('\n')
  const begins = sources.flatMap(({ file, source }) =>
    NOT_AT_START.test(file)
      ? []
      : [...source.matchAll(/new OperatorError\(/g)].flatMap(({ 0: text, index }) =>
          textsOf(firstArgument(source, index + text.length), all),
        ),
  )
  return [...new Set(begins.map((text) => text.split(/(?<=\S)[.:](?: |…|\\n|$)/)[0] ?? ''))].sort()
}

function firstArgument(source: string, start: number): string {
  const all = source.slice(start, endOfCall(source, start))
  return all.split(/, \{ cause|,\s*\{\s*cause/)[0] ?? all
}

function endOfCall(source: string, start: number): number {
  let depth = 0
  for (let at = start; ; at++) {
    if ('([{'.includes(source.charAt(at))) depth++
    else if (')]}'.includes(source.charAt(at)) && depth-- === 0) return at
  }
}

/** The texts that an expression can be, with `…` for what is inserted. */
function textsOf(expression: string, all: string): string[] {
  const whole = expression.replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, '…')
  const choices = whole.split(/\?\s+(?=['"`A-Z])/).at(-1) ?? ''
  return choices.split(/\s+: /).flatMap((choice) => {
    const literals = [...choice.matchAll(/'([^']*)'|`([^`]*)`/g)].map(([, one, other]) => one ?? other)
    if (literals.length > 0) return [literals.join('')]
    const constant = /\b[A-Z][A-Z_]+\b/.exec(choice)?.[0]
    return constant === undefined ? [] : messagesOf(constant, all)
  })
}
