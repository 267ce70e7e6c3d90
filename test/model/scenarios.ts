import type { Random } from '../../sandbox/town/random.ts'
import type { ModelWorld } from './model-world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Something that happens at once. */
export type Step = () => void

type Weighted = readonly (readonly [steps: () => Step[], weight: number])[]

/** What can happen in a run: scenarios of one step, or of several for faults that need several things in a row. */
export class Scenarios {
  readonly #world: ModelWorld
  readonly #random: Random
  readonly #all: Weighted
  readonly #whileAway: Weighted

  constructor(world: ModelWorld, random: Random) {
    this.#world = world
    this.#random = random
    const act: Step = () => world.act(6)
    const answer: Step = () => world.answer(3)
    const runQuery: Step = () => world.runQuery()
    const passed = (most: number) => () => [() => world.clock.advance(random.whole(0, most))]
    const late = (most: number) => () => [() => world.addLateEntry(most)]
    this.#whileAway = [
      [() => [act], 4],
      [late(10 * MINUTE), 3],
      [late(23.9 * HOUR), 1],
      [passed(20 * MINUTE), 2],
      [passed(3 * HOUR), 1],
      [passed(2 * DAY), 1],
    ]
    this.#all = [
      [() => [act], 8],
      [() => [() => world.act(40)], 1],
      [() => [() => world.grow(5)], 3],
      [() => [answer], 12],
      [() => [runQuery], 4],
      [passed(5000), 3],
      [passed(20 * MINUTE), 3],
      [passed(3 * HOUR), 2],
      [passed(DAY), 0.5],
      [late(10 * MINUTE), 1],
      [late(23.9 * HOUR), 0.5],
      [() => [() => world.deliverLate()], 2],
      [() => [() => world.changeBehaviour()], 2],
      [() => [() => world.toggleStoring()], 1],
      [() => [() => world.togglePermission()], 0.7],
      [() => [() => world.moveHostClock()], 0.3],
      [() => this.#outage(() => world.disconnect()), 1],
      [() => this.#outage(() => world.kill()), 1],
      [() => [...this.#outage(() => world.kill()), ...this.#outage(() => world.kill())], 1],
      [() => this.#outage(() => world.killAfter(random.whole(0, 3))), 1],
      [() => this.#failure(), 1],
      [() => this.#growth(), 2],
    ]
  }

  /** How many scenarios there are to choose from. */
  get size(): number {
    return this.#all.length
  }

  /** How a run begins: with a history, and sometimes with coverage of an older version. */
  beginning(): Step[] {
    const world = this.#world
    return [
      () => world.history(this.#random.whole(0, 25), 4 * DAY),
      () => world.history(this.#random.whole(0, 12), 15 * MINUTE),
      ...(this.#random.chance(0.1) ? [() => world.inheritCoverage(), ...this.#meanwhile()] : []),
      ...(this.#random.chance(0.2) ? [() => world.moveHostClock()] : []),
      () => world.resume(),
    ]
  }

  /** A random scenario. */
  next(): Step[] {
    return this.#random.weighted(this.#all)()
  }

  /** The scenario with a number. */
  at(index: number): Step[] {
    return this.#all[index % this.size]?.[0]() ?? []
  }

  /** The bot is stopped or disconnected for a while. */
  #outage(begin: Step): Step[] {
    const world = this.#world
    return [begin, ...this.#meanwhile(), () => world.resume(), ...this.#few(3, () => world.answer(3))]
  }

  #meanwhile(): Step[] {
    return Array.from({ length: this.#random.whole(1, 5) }).flatMap(() =>
      this.#random.weighted(this.#whileAway)(),
    )
  }

  /** Discord fails in the middle of a read, and events continue. */
  #failure(): Step[] {
    const world = this.#world
    return [
      () => world.act(6),
      () => world.runQuery(),
      () => world.answer(1),
      () => world.changeBehaviour(this.#random.pick(['failing', 'denying', 'empty'])),
      () => world.answer(3),
      ...this.#meanwhile(),
      () => world.runQuery(),
      () => world.answer(3),
      () => world.changeBehaviour('normal'),
    ]
  }

  /** Counts grow between two queries of a quiet or a busy guild, and while Discord answers the requests of one. */
  #growth(): Step[] {
    const world = this.#world
    const most = this.#random.pick([1, 1, 6, 40])
    const grow = () => [() => world.clock.advance(this.#random.whole(0, 5 * MINUTE)), () => world.grow(5)]
    const answers = Array.from({ length: 4 }, () => () => world.answer(3))
    const slowly = this.#random.chance(0.5) ? [() => world.answer(1), ...grow()] : []
    const query = [() => world.runQuery(), ...slowly, ...answers]
    return [
      () => world.clock.advance(this.#random.pick([0, HOUR])),
      ...slowly,
      ...answers,
      () => world.act(most),
      () => world.act(most),
      ...query,
      ...grow(),
      ...query,
    ]
  }

  #few(most: number, step: Step): Step[] {
    return Array.from({ length: this.#random.whole(0, most) }, () => step)
  }
}
