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
import type { Block } from './block.ts'

/** Bars or columns, and how they are drawn. */
export interface Plot {
  readonly width: number
  readonly height: number
  readonly data: ChartData<'bar', number[]>
  readonly options: ChartOptions<'bar'>
  /** Draws something beneath. */
  readonly prepare?: (context: SKRSContext2D, scales: Readonly<Record<string, Scale>>) => void
  /** Draws more on top. */
  readonly finish?: (context: SKRSContext2D, scales: Readonly<Record<string, Scale>>) => void
}

/** Bars or columns, drawn by Chart.js. */
export function plot({ width, height, data, options, prepare, finish }: Plot): Block {
  const draw = (target: SKRSContext2D, left: number, top: number) => {
    Chart.register(BarController, BarElement, CategoryScale, LinearScale)
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    const finishing = {
      id: 'finishing',
      // Chart.js sizes the canvas when it starts, which makes its language that of the machine again.
      afterInit: () => {
        context.lang = 'en'
      },
      beforeDatasetsDraw: ({ scales }: Chart) => prepare?.(context, scales),
      afterDatasetsDraw: ({ scales }: Chart) => finish?.(context, scales),
    }
    const still: ChartOptions<'bar'> = {
      animation: false,
      devicePixelRatio: 1,
      events: [],
      responsive: false,
    }
    const chart = new Chart(canvas, {
      type: 'bar',
      data,
      options: Object.assign(still, { locale: 'en-US' }, options),
      plugins: [finishing],
    })
    target.drawImage(canvas, left, top)
    chart.destroy()
    release(canvas)
  }
  return { height, draw }
}

/** Gives back the pixels of a canvas that is done with. The garbage collector does not see how many they are. */
export function release(canvas: { width: number; height: number }): void {
  canvas.width = 1
  canvas.height = 1
}
