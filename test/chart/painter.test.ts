import { execFile, execFileSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { createPainter, KEPT } from '../../src/chart/painter.ts'
import { hostClock } from '../../src/process/host-clock.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { chartNaming, chartWith, daysOf } from './charts.ts'

const painter = createPainter(hostClock)
afterAll(() => painter.close())

const CLOCK = JSON.stringify(new URL('../../src/process/host-clock.ts', import.meta.url).href)
const PAINTER = JSON.stringify(new URL('../../src/chart/painter.ts', import.meta.url).href)

/** Runs code in its own process, which ends when nothing keeps it alive. */
async function runAlone(lines: string): Promise<string> {
  const script = `import { createPainter } from ${PAINTER}; import { hostClock } from ${CLOCK}; const painter = createPainter(hostClock); ${lines}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  return stdout
}

/** The ids of the processes that this one has started, without `ps` itself. */
function children(): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([pid, parent, command]) =>
      Number(parent) === process.pid && command !== 'ps' ? [Number(pid)] : [],
    )
}

test('a chart is a PNG that is a thousand pixels wide', async () => {
  const png = await painter.paint(chartWith({}))
  const header = new DataView(png.buffer, png.byteOffset)
  expect([...png.subarray(0, 8)]).toStrictEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  expect(header.getUint32(16)).toBe(1000)
})

test('the same chart is always the same picture, byte for byte', async () => {
  const chart = chartWith({
    people: [{ name: 'Ünï 日本 🦊', counts: [3, 4], throughBots: 2 }],
    spans: daysOf(30, [2, 1]),
  })
  const other = createPainter(hostClock)
  const [first, again, others] = await Promise.all([
    painter.paint(chart),
    painter.paint(chart),
    other.paint(chart),
  ])
  await other.close()
  expect(again).toStrictEqual(first)
  expect(others).toStrictEqual(first)
})

test('charts that are painted at the same time each get their own picture', async () => {
  const charts = ['one', 'two', 'three', 'four'].map(chartNaming)
  const together = await Promise.all(charts.map((chart) => painter.paint(chart)))
  for (const [index, chart] of charts.entries()) {
    expect(together[index]).toStrictEqual(await painter.paint(chart))
  }
})

test('the event loop is free while charts are drawn', async () => {
  const before = performance.eventLoopUtilization()
  const chart = chartWith({ spans: daysOf(30, [5, 7]) })
  await Promise.all(Array.from({ length: 10 }, () => painter.paint(chart)))
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
})

test('a chart that cannot be drawn rejects, and the next one is drawn', async () => {
  const never = { start: Number.NaN, counts: [1, 1], type: 'whole' } as const
  await expect(painter.paint(chartWith({ spans: [never] }))).rejects.toThrow('Expected finite integer')
  expect((await painter.paint(chartWith({}))).length).toBeGreaterThan(1000)
})

test('charts being drawn when the painter is closed are finished, and later ones reject', async () => {
  const closing = createPainter(hostClock)
  const underWay = [closing.paint(chartNaming('one')), closing.paint(chartNaming('two'))]
  await closing.close()
  for (const png of await Promise.all(underWay)) expect(png.length).toBeGreaterThan(1000)
  await expect(closing.paint(chartWith({}))).rejects.toThrow('closed')
  await closing.close()
})

test('the process that draws ends when no chart was drawn for a minute, and the next chart starts another', async () => {
  const clock = new ManualClock()
  const own = createPainter(clock)
  onTestFinished(() => own.close())
  const before = children()
  const first = await own.paint(chartNaming('one'))
  const [pid] = children().filter((each) => !before.includes(each))
  expect(pid).toBeDefined()
  clock.advance(KEPT - 1)
  const again = clock.slept(KEPT)
  await own.paint(chartNaming('two'))
  await again
  clock.advance(KEPT - 1)
  expect(children()).toContain(pid)
  clock.advance(1)
  await expect.poll(() => children()).not.toContain(pid)
  expect(await own.paint(chartNaming('one'))).toStrictEqual(first)
})

test('the death of the process rejects its charts, and the next chart starts another', async () => {
  const own = createPainter(hostClock)
  onTestFinished(() => own.close())
  const before = children()
  const chart = own.paint(chartNaming('one'))
  const [pid = 0] = children().filter((each) => !before.includes(each))
  process.kill(pid, 'SIGKILL')
  await expect(chart).rejects.toThrow('The process that draws charts has ended (SIGKILL).')
  expect((await own.paint(chartWith({}))).length).toBeGreaterThan(1000)
})

test('neither an unused painter nor a closed one keeps the process alive', async () => {
  const chart = JSON.stringify(chartWith({}))
  const [idle, closed] = await Promise.all([
    runAlone('console.log(typeof painter.paint)'),
    runAlone(`console.log((await painter.paint(${chart})).length > 1000); await painter.close()`),
  ])
  expect([idle, closed]).toStrictEqual(['function\n', 'true\n'])
})
