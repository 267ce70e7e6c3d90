import { afterAll, expect, test } from 'vitest'
import { createPainter } from '../../src/chart/painter.ts'
import { CARD, colourOf, FAINT_INK } from '../../src/chart/style.ts'
import { hostClock } from '../../src/process/host-clock.ts'
import { chartWith, daysOf } from './charts.ts'
import { longestRuns, type Pixels, readPixels } from './pixels.ts'

const painter = createPainter(hostClock)
afterAll(() => painter.close())

/** Wider than a square of the legend. */
const LEGEND = 24

function transposed(pixels: Pixels): Pixels {
  return (pixels[0] ?? []).map((_, column) => pixels.map((row) => row[column] ?? ''))
}

/** The lengths that occur at least ten times in a row: those of one bar or column. */
function lengths(runs: readonly number[]): readonly number[] {
  const isBar = (length: number, at: number) =>
    length > LEGEND && runs.slice(at, at + 10).every((each) => each === length)
  return [...new Set(runs.filter(isBar))]
}

const somebody = (...counts: number[]) => ({ name: 'Somebody', counts })

test('the length of a bar is proportional to its count', async () => {
  const chart = chartWith({ people: [somebody(400, 0), somebody(200, 0), somebody(0, 0), somebody(100, 0)] })
  const [whole = 0, half = 0, quarter = 0, ...more] = lengths(
    longestRuns(readPixels(await painter.paint(chart)), colourOf(0)),
  )
  expect(more).toStrictEqual([])
  expect(whole).toBeGreaterThan(600)
  expect(half / whole).toBeCloseTo(0.5, 2)
  expect(quarter / whole).toBeCloseTo(0.25, 2)
})

test('the height of a column is proportional to its count', async () => {
  const [first, second, ...days] = daysOf(9, [0, 0])
  if (!first || !second) throw new Error('No days')
  const chart = chartWith({ days: [{ ...first, counts: [120, 0] }, { ...second, counts: [60, 0] }, ...days] })
  const [whole = 0, half = 0, ...more] = lengths(
    longestRuns(transposed(readPixels(await painter.paint(chart))), colourOf(0)),
  )
  expect(more).toStrictEqual([])
  expect(half / whole).toBeCloseTo(0.5, 1)
})

test('the actions of one person are stacked in the order of the kinds', async () => {
  const kinds = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J']
  const chart = chartWith({
    kinds,
    people: [somebody(...kinds.map(() => 5))],
    days: daysOf(
      7,
      kinds.map(() => 0),
    ),
  })
  const colours = kinds.map((_, kind) => colourOf(kind))
  const stacks = readPixels(await painter.paint(chart)).map((row) =>
    [...new Set(row)].filter((pixel) => colours.includes(pixel)),
  )
  expect(stacks).toContainEqual(colours)
})

test('a count is visible even beside one that is thousands of times as high', async () => {
  const pixels = readPixels(await painter.paint(chartWith({ people: [somebody(48_000, 0), somebody(0, 1)] })))
  const thin = longestRuns(pixels, colourOf(1)).filter((run) => run > 1 && run < 6)
  expect(thin.length).toBeGreaterThan(10)
})

test.each([
  ['nobody', chartWith({ people: [] })],
  ['nothing but zeros', chartWith({})],
  ['no days', chartWith({ days: [] })],
  ['no kinds', chartWith({ kinds: [], people: [somebody()], days: daysOf(7, []) })],
  ['nothing at all', { title: '', kinds: [], people: [], days: [] }],
])('a chart of %s is a card without colours', async (_, chart) => {
  const pixels = readPixels(await painter.paint(chart))
  expect(pixels[100]?.[500]).toBe(CARD)
  expect(pixels.flat().filter((pixel) => pixel === colourOf(0) || pixel === colourOf(1))).toStrictEqual([])
})

test('the corners are transparent, so that the card is rounded on any theme', async () => {
  const [top = []] = readPixels(await painter.paint(chartWith({})))
  expect([top.at(0), top.at(-1), top.at(500)]).toStrictEqual(['', '', CARD])
})

test('unknown days are hatched instead of empty, and the legend explains it', async () => {
  const hatched = (pixels: Pixels) => pixels.flat().filter((pixel) => pixel === FAINT_INK).length
  const days = daysOf(9, [0, 0])
  const some = days.map((day, index) => (index > 2 && index < 6 ? { ...day, isUnknown: true } : day))
  const [known, unknown] = await Promise.all(
    [days, some].map(async (each) => readPixels(await painter.paint(chartWith({ days: each })))),
  )
  if (!known || !unknown) throw new Error('No pictures')
  expect(hatched(unknown)).toBeGreaterThan(hatched(known) + 2000)
  expect(unknown.length).toBeGreaterThan(known.length)
})
