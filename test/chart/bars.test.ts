import { afterAll, expect, test } from 'vitest'
import { createPainter } from '../../src/chart/painter.ts'
import { CARD, colourOf, FAINT_INK, INK } from '../../src/chart/style.ts'
import type { ActivityChart } from '../../src/core/query/activity-chart.ts'
import { hostClock } from '../../src/process/host-clock.ts'
import { chartWith, daysOf } from './charts.ts'
import { longestRuns, type Pixels, readPixels } from './pixels.ts'

const painter = createPainter(hostClock)
afterAll(() => painter.close())

/** Wider than a square of the legend. */
const LEGEND = 30

function transposed(pixels: Pixels): Pixels {
  return (pixels[0] ?? []).map((_, column) => pixels.map((row) => row[column] ?? ''))
}

/** The lengths that occur at least ten times in a row: those of one bar or column. */
function lengths(runs: readonly number[]): readonly number[] {
  const isBar = (length: number, at: number) =>
    length > LEGEND && runs.slice(at, at + 10).every((each) => each === length)
  return [...new Set(runs.filter(isBar))]
}

const pixelsOf = async (chart: ActivityChart) => readPixels(await painter.paint(chart))

const somebody = (...counts: number[]) => ({ name: 'Somebody', counts, throughBots: 0 })

test('the length of a bar is proportional to its count', async () => {
  const chart = chartWith({ people: [somebody(400, 0), somebody(200, 0), somebody(0, 0), somebody(100, 0)] })
  const [whole = 0, half = 0, quarter = 0, ...more] = lengths(longestRuns(await pixelsOf(chart), colourOf(0)))
  expect(more).toStrictEqual([])
  expect(whole).toBeGreaterThan(600)
  expect(half / whole).toBeCloseTo(0.5, 2)
  expect(quarter / whole).toBeCloseTo(0.25, 2)
})

test('the height of a column is proportional to its count', async () => {
  const [first, second, ...days] = daysOf(9, [0, 0])
  if (!first || !second) throw new Error('No days')
  const chart = chartWith({
    spans: [{ ...first, counts: [120, 0] }, { ...second, counts: [60, 0] }, ...days],
  })
  const [whole = 0, half = 0, ...more] = lengths(longestRuns(transposed(await pixelsOf(chart)), colourOf(0)))
  expect(more).toStrictEqual([])
  expect(half / whole).toBeCloseTo(0.5, 1)
})

test('the actions of one person are stacked in the order of the kinds', async () => {
  const kinds = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J']
  const chart = chartWith({
    kinds,
    people: [somebody(...kinds.map(() => 5))],
    spans: daysOf(
      7,
      kinds.map(() => 0),
    ),
  })
  const colours = kinds.map((_, kind) => colourOf(kind))
  const stacks = (await pixelsOf(chart)).map((row) =>
    [...new Set(row)].filter((pixel) => colours.includes(pixel)),
  )
  expect(stacks).toContainEqual(colours)
})

test('a count is visible even beside one that is thousands of times as high', async () => {
  const pixels = await pixelsOf(chartWith({ people: [somebody(48_000, 0), somebody(0, 1)] }))
  const thin = longestRuns(pixels, colourOf(1)).filter((run) => run > 1 && run < 6)
  expect(thin.length).toBeGreaterThan(10)
})

test.each([
  ['nobody', chartWith({ people: [] })],
  ['nothing but zeros', chartWith({})],
  ['no days', chartWith({ spans: [] })],
  ['no kinds', chartWith({ kinds: [], people: [somebody()], spans: daysOf(7, []) })],
  ['nothing at all', chartWith({ title: '', kinds: [], people: [], spans: [] })],
])('a chart of %s is a card without colours', async (_, chart) => {
  const pixels = await pixelsOf(chart)
  expect(pixels[100]?.[500]).toBe(CARD)
  expect(pixels.flat().filter((pixel) => pixel === colourOf(0) || pixel === colourOf(1))).toStrictEqual([])
})

test('the corners are transparent, so that the card is rounded on any theme', async () => {
  const [top = []] = await pixelsOf(chartWith({}))
  expect([top.at(0), top.at(-1), top.at(500)]).toStrictEqual(['', '', CARD])
})

test('what bots did is an outline at the end of a bar, to scale and in no colour of a kind', async () => {
  const alone = chartWith({ people: [somebody(300, 0), somebody(150, 0)] })
  const people = [somebody(150, 0), { ...somebody(100, 0), throughBots: 50 }]
  const [whole = 0, ...lesser] = lengths(longestRuns(await pixelsOf(alone), colourOf(0)))
  const [same, part, ...more] = lengths(longestRuns(await pixelsOf(chartWith({ people })), colourOf(0)))
  expect([lesser.length, more.length]).toEqual([1, 0])
  expect((part ?? 0) / (same ?? 1)).toBeCloseTo(2 / 3, 1)
  expect(whole).toBeGreaterThan(same ?? 0)
})

test('what bots did is visible without anything of one’s own, and the legend explains it', async () => {
  const marks = (pixels: Pixels) => pixels.flat().filter((pixel) => pixel === INK).length
  const without = await pixelsOf(chartWith({ people: [somebody(0, 0)] }))
  const with1 = await pixelsOf(chartWith({ people: [{ ...somebody(0, 0), throughBots: 5 }] }))
  expect(marks(with1)).toBeGreaterThan(marks(without) + 500)
  expect(with1.length).toBeGreaterThan(without.length)
})

test('a span that the window cuts short is paler, and the legend explains it', async () => {
  const days = daysOf(9, [5, 0])
  const cut = days.map((day, index) => (index === 8 ? { ...day, type: 'part' as const } : day))
  const [whole, partly] = await Promise.all(
    [days, cut].map((spans) => pixelsOf(chartWith({ people: [], spans }))),
  )
  const coloured = (pixels: Pixels) => pixels.flat().filter((pixel) => pixel === colourOf(0)).length
  expect(coloured(partly ?? []) / coloured(whole ?? [])).toBeCloseTo(8 / 9, 1)
  expect(partly?.length).toBe(whole?.length)
})

test('unknown spans are hatched instead of empty, and the legend explains it', async () => {
  const hatched = (pixels: Pixels) => pixels.flat().filter((pixel) => pixel === FAINT_INK).length
  const days = daysOf(9, [0, 0])
  const some = days.map((day, index) => (index > 2 && index < 6 ? { ...day, type: 'unknown' as const } : day))
  const [known, unknown] = await Promise.all([days, some].map((spans) => pixelsOf(chartWith({ spans }))))
  if (!known || !unknown) throw new Error('No pictures')
  expect(hatched(unknown)).toBeGreaterThan(hatched(known) + 2000)
  expect(unknown.length).toBeGreaterThan(known.length)
})
