/** A line of the benchmark's table: a time in milliseconds, or a rate per second. */
export interface Figure {
  readonly what: string
  readonly unit: 'ms' | 'rate'
  readonly p50: number
  readonly p95: number
  /** The same without the archive's code. */
  readonly floor?: number
  /** The most for a time, the least for a rate. It is for the p50. */
  readonly budget?: number | undefined
}

export function isMissed({ unit, p50, budget }: Figure): boolean {
  if (budget === undefined) return false
  return unit === 'ms' ? p50 > budget : p50 < budget
}

export function milliseconds(time: number): string {
  return `${time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0)} ms`
}

export function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`
}

/** Prints figures as a table that marks the missed budgets. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  printTable([
    [title, 'p50', 'p95', 'floor', 'budget', ''],
    ...figures.map((figure) => {
      const { what, unit, p50, p95, floor, budget } = figure
      const written = unit === 'ms' ? milliseconds : perSecond
      const sign = unit === 'ms' ? '≤' : '≥'
      return [
        what,
        written(p50),
        written(p95),
        floor === undefined ? '' : written(floor),
        budget === undefined ? '' : `${sign} ${budget.toLocaleString('en')} ${unit === 'ms' ? 'ms' : '/s'}`,
        budget === undefined ? '' : isMissed(figure) ? 'MISSED' : 'ok',
      ]
    }),
  ])
}

/** Prints rows of cells, the first of which is the head. The first column is on the left, the others on the right. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const [head = '', ...lines] = rows.map((row) =>
    widths
      .map((width, column) => (row[column] ?? '')[column === 0 ? 'padEnd' : 'padStart'](width))
      .join('  ')
      .trimEnd(),
  )
  process.stdout.write(`\n${[head, '─'.repeat(head.length), ...lines].join('\n')}\n`)
}
