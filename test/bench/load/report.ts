import { percentile } from '../measure.ts'
import { type Answer, progressEdits } from './ask.ts'

/** What answers may take at most, and the least that they could. */
export interface Budget {
  /** In milliseconds. */
  readonly p50?: number
  readonly p99?: number
  /** Requests for audit logs, on average. */
  readonly reads?: number
  /** The fewest that could answer. */
  readonly least: number
  readonly edits?: number
  /** Whether all of them have to be complete. */
  readonly complete?: true
}

/** What was measured beside the answers. */
interface Measured {
  /** Requests for audit logs. */
  readonly reads: number
  /** How many of them Discord limited. */
  readonly limited: number
  /** How long the bot used a processor, in milliseconds. */
  readonly cpu: number
  /** How late the sandbox's event loop was, in milliseconds, at the 99th percentile. */
  readonly sandboxDelay: number
}

/** A line of the table. */
export interface Row {
  readonly cells: readonly string[]
  /** The budgets that were missed. */
  readonly missed: readonly string[]
  /** What is said about it below the table. */
  readonly notes: readonly string[]
}

const COLUMNS = [
  'answers',
  'p50',
  'p99',
  'max',
  'reads/answer (least)',
  '429',
  'edits',
  'unread',
  'reading',
  'incomplete',
  'live',
  'wrong',
  'none',
  'cpu/answer',
  'sandbox',
]

/** The line of what was answered. Without a budget, it is a bot that only has to be fast. */
export function figures(what: string, answers: readonly Answer[], measured: Measured, budget?: Budget): Row {
  const times = timesOf(answers)
  const [p50, p99, max] = [percentile(times, 50), percentile(times, 99), Math.max(...times)]
  const edits = Math.max(...answers.map(progressEdits))
  const reads = measured.reads / answers.length
  const having = (text: string | RegExp) => answers.filter((answer) => answer.text.match(text)).length
  const numbered = (number: Answer['number']) => answers.filter((answer) => answer.number === number).length
  const unread = having(/could not be read|limits how often/)
  const incomplete = having('Incomplete')
  const own = [
    `${reads.toFixed(1)} (${budget?.least.toFixed(1)})`,
    measured.limited,
    edits,
    unread,
    having('still reading'),
    incomplete,
    numbered('live'),
    numbered('wrong'),
    numbered('none'),
  ]
  return {
    notes: budget ? [`${what}, p99: ${byCommand(answers)}`] : [],
    cells: [
      what,
      answers.length,
      ...[p50, p99, max].map(milliseconds),
      ...(budget ? own : own.map(() => '')),
      `${(measured.cpu / answers.length).toFixed(1)} ms`,
      milliseconds(measured.sandboxDelay),
    ].map(String),
    missed: budget
      ? [
          ...over('p50', p50, budget.p50),
          ...over('p99', p99, budget.p99),
          ...over('reads', reads, budget.reads),
          ...over('edits', edits, budget.edits),
          ...over('unread', unread, 0),
          ...over('wrong', numbered('wrong') + numbered('none'), 0),
          ...(budget.complete ? over('incomplete', incomplete + numbered('live'), 0) : []),
        ]
      : [],
  }
}

/** How long answers took, in milliseconds; infinitely if there was none in time. */
function timesOf(answers: readonly Answer[]): number[] {
  return answers.map(({ askedAt, answeredAt = Number.POSITIVE_INFINITY }) => answeredAt - askedAt)
}

/** How long the answers of each command took. */
function byCommand(answers: readonly Answer[]): string {
  const groups = Map.groupBy(answers, ({ question }) => question.path)
  const parts = [...groups].map(([path, group]) => `/${path} ${milliseconds(percentile(timesOf(group), 99))}`)
  return parts.sort().join(', ')
}

/** A line with one more budget. */
export function limited(row: Row, name: string, figure: number, most: number): Row {
  return { ...row, missed: [...row.missed, ...over(name, figure, most)] }
}

function over(name: string, figure: number, most = Number.POSITIVE_INFINITY): string[] {
  return figure <= most ? [] : [`${name} ≤ ${most}`]
}

/** Prints lines under a title, and marks missed budgets. @returns whether none was missed */
export function printRows(title: string, rows: readonly Row[]): boolean {
  const table = [[title, ...COLUMNS], ...rows.map(({ cells }) => cells)]
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((cells) => (cells[column] ?? '').length))) ?? []
  const lines = table.map((cells, index) => {
    const line = cells.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    const missed = index === 0 ? [] : (rows[index - 1]?.missed ?? [])
    return [...line, ...(missed.length > 0 ? [`MISSED ${missed.join(', ')}`] : [])].join('  ')
  })
  const notes = rows.flatMap((row) => row.notes)
  process.stdout.write(`\n${[...lines, ...notes].join('\n')}\n`)
  return rows.every(({ missed }) => missed.length === 0)
}

function milliseconds(time: number): string {
  return Number.isFinite(time) ? `${Math.round(time).toLocaleString('en')} ms` : '–'
}
