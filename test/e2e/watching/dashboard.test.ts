import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { COUNTERS, GAUGES, TIMES } from '../../../src/core/metrics/metric-definitions.ts'
import { knownLabels } from '../../support/metric-labels.ts'
import { openCustos } from '../../support/open-custos.ts'
import { usedIn } from '../../support/promql.ts'
import { ANY_PORT, type Scrape, scrape, urlIn } from '../../support/watching.ts'

const DOCS = new URL('../../../docs/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, DOCS), 'utf8')

const target = z.object({
  expr: z.string(),
  legendFormat: z.string(),
  datasource: z.object({ uid: z.literal(`\${datasource}`) }),
})
const position = z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() })
const panel = z.object({
  id: z.int(),
  type: z.enum(['row', 'stat', 'timeseries']),
  title: z.string().min(1),
  gridPos: position,
  targets: z.array(target).default([]),
})
const dashboard = z.object({
  id: z.null(),
  schemaVersion: z.int(),
  panels: z.array(panel),
  templating: z.object({ list: z.array(z.object({ type: z.string(), name: z.string() })) }),
})
const rule = z.object({
  alert: z.string().regex(/^Custos\w+$/),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.object({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.object({
    summary: z.string().endsWith('.'),
    description: z.string().endsWith('.'),
    runbook: z.string(),
  }),
})
const alerts = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(rule) })) })

const { panels, templating } = dashboard.parse(JSON.parse(read('grafana.json')))
const rules = alerts.parse(parse(read('alerts.yml'))).groups.flatMap((group) => group.rules)

/** Every expression with what it is for, and the labels that its legend shows. */
const expressions = [
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({
      what: `panel “${title}”`,
      expr,
      shown: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label),
    })),
  ),
  ...rules.map(({ alert, expr, annotations }) => ({
    what: `alert ${alert}`,
    expr,
    shown: [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label),
  })),
]

/** What Prometheus adds to the metrics of a target. */
const ADDED = ['job', 'instance']

/** The functions that need a counter, and how it grows. */
const OF_COUNTERS = ['rate', 'increase']

const DEFINITIONS: Readonly<Record<string, { readonly labels: readonly string[] }>> = {
  ...COUNTERS,
  ...TIMES,
  ...GAUGES,
}

let scraped: Scrape
let known: Awaited<ReturnType<typeof knownLabels>>

beforeAll(async () => {
  const ends: (() => Promise<void> | void)[] = []
  const { log } = await openCustos({ httpAddress: ANY_PORT }, (end) => ends.unshift(end))
  scraped = await scrape(urlIn(log))
  for (const end of ends) await end()
  known = await knownLabels()
})

/** The metric that a name in an expression belongs to, and its type. */
function exported(name: string) {
  const base = name.replace(/_(?:bucket|sum|count)$/, '')
  if (scraped.types.get(base) === 'histogram') return { base, type: name === base ? 'bare' : 'histogram' }
  return { base: name, type: scraped.types.get(name) ?? (name === 'up' ? 'gauge' : undefined) }
}

function labelsOf(base: string): readonly string[] {
  const fromScrape = scraped.samples.find(({ name }) => name === base)
  return DEFINITIONS[base]?.labels ?? Object.keys(fromScrape?.labels ?? {})
}

test('the dashboard and the alerts have something to show', () => {
  expect(panels.length).toBeGreaterThan(25)
  expect(rules.length).toBeGreaterThan(10)
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  expect(templating.list).toContainEqual(expect.objectContaining({ type: 'datasource', name: 'datasource' }))
})

test('no two panels of the dashboard overlap, and all fit the 24 columns', () => {
  const taken = new Set<string>()
  for (const { title, gridPos } of panels) {
    expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect(taken.has(`${x} ${y}`), title).toBe(false)
        taken.add(`${x} ${y}`)
      }
    }
  }
})

describe.each(expressions)('$what: $expr', ({ expr, shown }) => {
  const { metrics, groups } = usedIn(expr)

  test('uses metrics that exist, each as its type is meant', () => {
    expect(metrics.length).toBeGreaterThan(0)
    for (const { name, inside } of metrics) {
      const { type } = exported(name)
      const isGrowing = type === 'counter' || type === 'histogram'
      expect(type, name).toBeOneOf(['counter', 'gauge', 'histogram'])
      expect(OF_COUNTERS.includes(inside ?? ''), `${name} in ${inside}`).toBe(isGrowing)
      if (!name.endsWith('_bucket')) continue
      expect(expr).toContain('histogram_quantile(')
      expect(groups).toContain('le')
    }
  })

  test('uses labels and values that exist', () => {
    const all = metrics.flatMap(({ name }) => labelsOf(exported(name).base))
    for (const { name, matchers } of metrics) {
      const { base } = exported(name)
      for (const { label, operator, value } of matchers) {
        if (ADDED.includes(label)) continue
        expect(labelsOf(base), name).toContain(label)
        const values = known[base]?.[label] ?? []
        const hasValue = (pattern: string) =>
          values instanceof RegExp
            ? pattern.includes('.') || values.test(pattern)
            : values.some((each) => new RegExp(`^(?:${pattern})$`).test(each))
        const patterns = operator.endsWith('~') ? value.split('|') : [value]
        expect(
          patterns.filter((pattern) => !hasValue(pattern)),
          `${name}{${label}}`,
        ).toEqual([])
      }
    }
    const allowed = [...all, ...ADDED, ...(expr.includes('_bucket') ? ['le'] : [])]
    expect(groups.filter((label) => !allowed.includes(label))).toEqual([])
    const isGrouped = /\b(?:sum|min|max|count)\b/.test(expr)
    const kept = isGrouped ? groups : allowed
    expect(shown.filter((label) => !kept.includes(label))).toEqual([])
  })
})
