import { execFile } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { createPainter } from '../../src/chart/painter.ts'
import { chartNaming, chartWith, daysOf } from './charts.ts'

const painter = createPainter()
afterAll(() => painter.close())

const PAINTER = JSON.stringify(new URL('../../src/chart/painter.ts', import.meta.url).href)

/** Runs code in its own process, which ends when nothing keeps it alive. */
async function runAlone(lines: string): Promise<string> {
  const script = `import { createPainter } from ${PAINTER}; const painter = createPainter(); ${lines}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  return stdout
}

test('a chart is a PNG that is a thousand pixels wide', async () => {
  const png = await painter.paint(chartWith({}))
  const header = new DataView(png.buffer, png.byteOffset)
  expect([...png.subarray(0, 8)]).toStrictEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  expect(header.getUint32(16)).toBe(1000)
})

test('the same chart is always the same picture, byte for byte', async () => {
  const chart = chartWith({ people: [{ name: 'Ünï 日本 🦊', counts: [3, 4] }], days: daysOf(30, [2, 1]) })
  const other = createPainter()
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
  const chart = chartWith({ days: daysOf(90, [5, 7]) })
  await Promise.all(Array.from({ length: 10 }, () => painter.paint(chart)))
  expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
})

test('a chart that cannot be drawn rejects, and the next one is drawn', async () => {
  const [today] = daysOf(1, [1, 1])
  const never = { day: Number.NaN, counts: [1, 1] }
  const days = [never, ...daysOf(800, [1, 1]), ...(today ? [today] : [])]
  await expect(painter.paint(chartWith({ days }))).rejects.toThrow('Invalid time value')
  expect((await painter.paint(chartWith({}))).length).toBeGreaterThan(1000)
})

test('charts being drawn when the painter is closed are finished, and later ones reject', async () => {
  const closing = createPainter()
  const underWay = [closing.paint(chartNaming('one')), closing.paint(chartNaming('two'))]
  await closing.close()
  for (const png of await Promise.all(underWay)) expect(png.length).toBeGreaterThan(1000)
  await expect(closing.paint(chartWith({}))).rejects.toThrow('closed')
  await closing.close()
})

test('neither an unused painter nor a closed one keeps the process alive', async () => {
  const chart = JSON.stringify(chartWith({}))
  const [idle, closed] = await Promise.all([
    runAlone('console.log(typeof painter.paint)'),
    runAlone(`console.log((await painter.paint(${chart})).length > 1000); await painter.close()`),
  ])
  expect([idle, closed]).toStrictEqual(['function\n', 'true\n'])
})
