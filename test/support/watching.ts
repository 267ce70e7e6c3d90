import type { RecordedLog } from './recorded-log.ts'

/** Where a bot serves health and metrics in tests: at any free port. */
export const ANY_PORT = { host: '127.0.0.1', port: 0 } as const

/** The URL that a bot serves health and metrics at. */
export function urlIn(log: RecordedLog): string {
  const { facts = {} } = log.lines.findLast(({ message }) => message === 'Serving health and metrics.') ?? {}
  return 'url' in facts ? String(facts.url) : ''
}

/** The status of a page, and its lines. */
export async function page(
  url: string,
  path: string,
): Promise<readonly [status: number, ...lines: string[]]> {
  const response = await fetch(`${url}${path}`)
  return [response.status, ...(await response.text()).trimEnd().split('\n')]
}

/** Resolves when a bot says that it is ready. */
export async function ready(url: string): Promise<void> {
  while ((await page(url, '/readyz'))[0] !== 200) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** A value of a metric. */
export interface Sample {
  /** With the suffix of a histogram's part. */
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** The metrics of a process as Prometheus would read them. */
export interface Scrape {
  /** The type of each metric, by its name. */
  readonly types: ReadonlyMap<string, string>
  readonly samples: readonly Sample[]
}

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g

/** Parses what `/metrics` serves. https://prometheus.io/docs/instrumenting/exposition_formats/ */
function parseScrape(text: string): Scrape {
  const types = new Map<string, string>()
  const samples: Sample[] = []
  for (const line of text.split('\n')) {
    const [, named = '', type = ''] = /^# TYPE (\w+) (\w+)$/.exec(line) ?? []
    if (named !== '') types.set(named, type)
    if (line === '' || line.startsWith('#')) continue
    const [, name, labels = '', value] = LINE.exec(line) ?? []
    if (name === undefined) throw new Error(`This is no line of metrics: ${line}`)
    const pairs = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, text] as const)
    samples.push({ name, labels: Object.fromEntries(pairs), value: toNumber(value) })
  }
  return { types, samples }
}

/** The sum of a metric over all series whose labels have these values; undefined if there is none. */
export function sumOf(
  { samples }: Scrape,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = samples.filter(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0)
}

/** Scrapes a bot. */
export async function scrape(url: string): Promise<Scrape & { readonly text: string }> {
  const text = await (await fetch(`${url}/metrics`)).text()
  return { text, ...parseScrape(text) }
}

function toNumber(text = ''): number {
  return text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text)
}
