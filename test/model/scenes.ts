import type { Random } from '../../sandbox/town/random.ts'
import type { ModelWorld } from './model-world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Something that happens at once. */
export type Move = () => void

type Weighted = readonly (readonly [moves: () => Move[], weight: number])[]

/** What happens in a life, in scenes of one move or of several: those in which a fault needs several things in a row. */
export class Scenes {
  readonly #world: ModelWorld
  readonly #random: Random
  readonly #all: Weighted
  readonly #whileAway: Weighted

  constructor(world: ModelWorld, random: Random) {
    this.#world = world
    this.#random = random
    const act: Move = () => world.act(6)
    const answer: Move = () => world.answer(3)
    const ask: Move = () => world.ask()
    const passed = (most: number) => () => [() => world.clock.advance(random.whole(0, most))]
    const late = (most: number) => () => [() => world.comeLate(most)]
    this.#whileAway = [
      [() => [act], 4],
      [late(10 * MINUTE), 3],
      [late(20 * HOUR), 1],
      [passed(20 * MINUTE), 2],
      [passed(3 * HOUR), 1],
      [passed(2 * DAY), 1],
    ]
    this.#all = [
      [() => [act], 8],
      [() => [answer], 12],
      [() => [ask], 4],
      [passed(5000), 3],
      [passed(20 * MINUTE), 3],
      [passed(3 * HOUR), 2],
      [passed(DAY), 0.5],
      [late(10 * MINUTE), 1],
      [late(20 * HOUR), 0.5],
      [() => [() => world.deliverLate()], 2],
      [() => [() => world.turnMood()], 2],
      [() => [() => world.turnPermission()], 0.7],
      [() => [() => world.moveHostClock()], 0.3],
      [() => this.#outage(() => world.disconnect()), 1],
      [() => this.#outage(() => world.kill()), 1],
      [() => [...this.#outage(() => world.kill()), ...this.#outage(() => world.kill())], 1],
      [() => this.#outage(() => world.killAfter(random.whole(0, 3))), 1],
      [() => this.#failure(), 1],
    ]
  }

  /** How a guild comes to its Custos: with a history, at times with an archive of an older version. */
  beginning(): Move[] {
    const world = this.#world
    return [
      () => world.history(this.#random.whole(0, 25), 4 * DAY),
      () => world.history(this.#random.whole(0, 12), 15 * MINUTE),
      ...(this.#random.chance(0.1) ? [() => world.inherit(), ...this.#meanwhile()] : []),
      ...(this.#random.chance(0.2) ? [() => world.moveHostClock()] : []),
      () => world.resume(),
    ]
  }

  next(): Move[] {
    return this.#random.weighted(this.#all)()
  }

  /** Custos is gone or cut off for a while, and then back. */
  #outage(begins: Move): Move[] {
    const world = this.#world
    return [begins, ...this.#meanwhile(), () => world.resume(), ...this.#few(3, () => world.answer(3))]
  }

  #meanwhile(): Move[] {
    return Array.from({ length: this.#random.whole(1, 5) }).flatMap(() =>
      this.#random.weighted(this.#whileAway)(),
    )
  }

  /** Discord fails in the middle of a reading, and events go on. */
  #failure(): Move[] {
    const world = this.#world
    return [
      () => world.act(6),
      () => world.ask(),
      () => world.answer(1),
      () => world.turnMood(this.#random.pick(['failing', 'refusing', 'empty'])),
      () => world.answer(3),
      ...this.#meanwhile(),
      () => world.ask(),
      () => world.answer(3),
      () => world.turnMood('well'),
    ]
  }

  #few(most: number, move: Move): Move[] {
    return Array.from({ length: this.#random.whole(0, most) }, () => move)
  }
}
