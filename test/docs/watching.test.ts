import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { COUNTERS, GAUGES, TIMES } from '../../src/core/metrics/metric-definitions.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const operating = read('docs/operating.md')
const [, watching = ''] = /^## Watching\n(.*?)^## /ms.exec(operating) ?? []

/** The rows of the tables in the section, without the lines of their heads. */
const rows = watching.split('\n').filter((line) => /^\| `/.test(line))

/** The first cells of the rows that begin like this, without their marks. */
function first(pattern: RegExp): string[] {
  return rows.flatMap((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? []).filter((cell) => pattern.test(cell))
}

describe('docs/operating.md explains', () => {
  test('every metric with its type and labels, and no other', () => {
    const types = [
      [COUNTERS, 'counter'],
      [TIMES, 'histogram'],
      [GAUGES, 'gauge'],
    ] as const
    const expected = types.flatMap(([definitions, type]) =>
      Object.entries(definitions).map(([name, { help, labels }]) => {
        const marked = labels.map((label: string) => `\`${label}\``).join(', ')
        return `| \`${name}\` | ${type} | ${marked} | ${help} |`
      }),
    )
    expect(rows.filter((row) => row.startsWith('| `custos_'))).toEqual(expected)
  })

  test('every reason why Custos is not ready, and no other', () => {
    const sources = [
      'src/archive/write-check.ts',
      'src/begin-serving.ts',
      'src/discord/connection/shard-states.ts',
      'src/observe.ts',
      'src/with-observers.ts',
    ]
    const reasons = sources.flatMap((path) =>
      [...read(path).matchAll(/(['`])([A-Z][^'`\n]* [^'`\n]*\.)\1/g)].map(([, , text = '']) =>
        text.replaceAll(/\$\{[^}]*\}/g, '…'),
      ),
    )
    expect(reasons.length).toBeGreaterThan(7)
    expect(new Set(first(/^[A-Z].* .*\.$/))).toEqual(new Set(reasons))
  })

  test('every alert with its severity, and no other', () => {
    const { groups } = parse(read('docs/alerts.yml'))
    const alerts: string[] = groups.flatMap(
      ({ rules }: { rules: { alert: string; labels: { severity: string } }[] }) =>
        rules.map(({ alert, labels }) => `| \`${alert}\` | ${labels.severity} |`),
    )
    const documented = rows.filter((row) => /^\| `Custos\w+`/.test(row))
    expect(documented.map((row) => row.split('|').slice(0, 3).join('|').concat('|'))).toEqual(alerts)
  })
})

test('every alert names a part of the docs that exists', () => {
  const anchors = [...operating.matchAll(/^#{2,3} (.+)$/gm)].map(([, title = '']) => anchorOf(title))
  const runbooks = [...read('docs/alerts.yml').matchAll(/runbook: docs\/operating\.md#(\S+)/g)]
  expect(runbooks.length).toBeGreaterThan(10)
  expect(runbooks.map(([, anchor = '']) => anchor).filter((anchor) => !anchors.includes(anchor))).toEqual([])
})

/** The anchor that GitHub gives to a title. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\d\s-]/gu, '')
    .replaceAll(' ', '-')
}
