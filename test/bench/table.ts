import type { Measured } from './measure.ts'

/** A line of the benchmark's table. */
export interface Figure {
  readonly what: string
  readonly p50: string
  readonly p95: string
  readonly floor: string
  readonly budget?: string
  readonly missed?: boolean
}

/** A figure in milliseconds. The 95th percentile has to be within the budget. */
export function timeFigure({ scenario: { what, budget }, p50, p95, floor }: Measured): Figure {
  const figure = { what, p50: milliseconds(p50), p95: milliseconds(p95), floor: milliseconds(floor) }
  return budget === undefined ? figure : { ...figure, budget: `≤ ${budget} ms`, missed: p95 > budget }
}

export function milliseconds(time: number): string {
  return `${time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0)} ms`
}

export function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`
}

const COLUMNS = ['what', 'p50', 'p95', 'floor', 'budget'] as const

/** Prints figures as a table and marks missed budgets. */
export function printTable(title: string, figures: readonly Figure[]): void {
  const head = { what: title, p50: 'p50', p95: 'p95', floor: 'floor', budget: 'budget' }
  const widths = COLUMNS.map((column) =>
    Math.max(...[head, ...figures].map((row) => (row[column] ?? '').length)),
  )
  const line = (row: Figure) =>
    COLUMNS.map((column, index) => {
      const [cell, width] = [row[column] ?? '', widths[index] ?? 0]
      return column === 'what' ? cell.padEnd(width) : cell.padStart(width)
    }).join('  ')
  const lines = figures.map((figure) => `${line(figure)}${figure.missed ? '  MISSED' : ''}`)
  process.stdout.write(`\n${line(head)}\n${'─'.repeat(line(head).length)}\n${lines.join('\n')}\n`)
}
