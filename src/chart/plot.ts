import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartData,
  type ChartOptions,
  LinearScale,
  type Scale,
} from 'chart.js'
import { type Block, release } from './block.ts'

/** Bars or columns: their data, and how to draw them. */
interface Plot {
  readonly width: number
  readonly height: number
  readonly data: ChartData<'bar', number[]>
  readonly options: ChartOptions<'bar'>
  /** Draws below the bars. */
  readonly drawBelow?: (context: SKRSContext2D, scales: Readonly<Record<string, Scale>>) => void
  /** Draws above the bars. */
  readonly drawAbove?: (context: SKRSContext2D, scales: Readonly<Record<string, Scale>>) => void
}

/** Draws bars or columns with Chart.js. */
export function plot({ width, height, data, options, drawBelow, drawAbove }: Plot): Block {
  const draw = (target: SKRSContext2D, left: number, top: number) => {
    Chart.register(BarController, BarElement, CategoryScale, LinearScale)
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    const plugin = {
      id: 'custos',
      // Chart.js resizes the canvas when it starts, which resets its language to that of the machine.
      afterInit: () => {
        context.lang = 'en'
      },
      beforeDatasetsDraw: ({ scales }: Chart) => drawBelow?.(context, scales),
      afterDatasetsDraw: ({ scales }: Chart) => drawAbove?.(context, scales),
    }
    const fixed: ChartOptions<'bar'> = {
      animation: false,
      devicePixelRatio: 1,
      events: [],
      responsive: false,
    }
    const chart = new Chart(canvas, {
      type: 'bar',
      data,
      options: Object.assign(fixed, { locale: 'en-US' }, options),
      plugins: [plugin],
    })
    target.drawImage(canvas, left, top)
    chart.destroy()
    release(canvas)
  }
  return { height, draw }
}
