import { percentile } from '../measure.ts'
import type { Answer } from './simulated-bot.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

export interface Row {
  readonly what: string
  readonly cells: readonly string[]
  readonly missed?: boolean
}

/** Prints rows under a title, one cell for each column. A row that misses its budget is marked. */
export function printRows(title: string, columns: readonly string[], rows: readonly Row[]): void {
  const width = (index: number) =>
    Math.max(columns[index]?.length ?? 0, ...rows.map(({ cells }) => cells[index]?.length ?? 0))
  const first = Math.max(title.length, ...rows.map(({ what }) => what.length))
  const line = (what: string, cells: readonly string[]) =>
    [what.padEnd(first), ...cells.map((cell, index) => cell.padStart(width(index)))].join('  ')
  const head = line(title, columns)
  const body = rows.map(({ what, cells, missed }) => `${line(what, cells)}${missed ? '  MISSED' : ''}`)
  process.stdout.write(`\n${head}\n${'─'.repeat(head.length)}\n${body.join('\n')}\n`)
}

export function whole(number: number): string {
  return Number.isFinite(number) ? Math.round(number).toLocaleString('en') : '–'
}

export function rate(perSecond: number): string {
  return perSecond.toFixed(perSecond < 10 ? 2 : 1)
}

/** A length in milliseconds, such as `1 h 05 min`, `7 min` or `0.5 s`; a dash if it is infinite. */
export function length(time: number): string {
  if (!Number.isFinite(time)) return '–'
  if (time < MINUTE) return `${(time / 1000).toFixed(1)} s`
  const minutes = Math.round((time % HOUR) / MINUTE)
  return time < HOUR
    ? `${minutes} min`
    : `${Math.floor(time / HOUR)} h ${String(minutes).padStart(2, '0')} min`
}

/** How long answers took, the median and the longest, and how many were not up to date. */
export function answersCell(answers: readonly Answer[]): string {
  const times = answers.map(({ took }) => took)
  const late = answers.filter(({ outcome }) => outcome !== 'read' && outcome !== 'live').length
  return `${length(percentile(times, 50))} / ${length(Math.max(...times))}${late === 0 ? '' : `, ${late} not up to date`}`
}
