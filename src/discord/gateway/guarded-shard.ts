import {
  type IContextFetchingStrategy,
  WebSocketShardEvents as ShardEvent,
  WebSocketShard,
  type WebSocketShardDestroyOptions,
} from '@discordjs/ws'
import { GatewayDispatchEvents as Event, GatewayOpcodes as Op } from 'discord-api-types/v10'
import type { Log } from '../../core/log.ts'
import { MINUTE } from '../../core/time/units.ts'
import { type ConnectionPhase, phaseAfter } from './connection-phase.ts'
import { type Dispatch, type Frame, readFrame } from './frame.ts'
import type { GatewayEvents } from './gateway-events.ts'

interface Deps {
  readonly events: GatewayEvents
  readonly log: Log
  /** How long Discord may take to resume a session, in milliseconds; a minute, unless it is given. */
  readonly longestResume?: number
}

/** Longer than a replay takes: where it is broken off, the bot has to begin a new session and read what it missed. */
const LONGEST_RESUME = MINUTE

/** What discord.js is given to handle: a frame, an event's number alone, or `null` for nothing. */
type Admitted =
  | Frame
  | { readonly op: Op.Dispatch; readonly s: number; readonly t: null; readonly d: null }
  | null

/**
 * A shard of discord.js that reads every frame before discord.js does. discord.js takes frames as they come: odd ones
 * throw where nothing catches it, leave timers behind, or leave the shard waiting for ever.
 */
export class GuardedShard extends WebSocketShard {
  readonly #deps: Deps
  readonly #shardCount: number
  /** The socket that frames come on, and how far its connection has come. */
  #socket: unknown
  #phase: ConnectionPhase = 'opened'
  /** The last socket that was closed to connect anew. */
  #replaced: unknown
  /** Whether it was closed for good. */
  #isOver = false

  constructor(strategy: IContextFetchingStrategy, id: number, deps: Deps) {
    super(strategy, id)
    this.#deps = deps
    this.#shardCount = strategy.options.shardCount
    // Private in discord.js, and the only place between the socket and what discord.js does with a frame.
    const unpack = this.#ownMethod('unpackMessage')
    Reflect.defineProperty(this, 'unpackMessage', {
      value: async (...message: unknown[]): Promise<Admitted> => {
        try {
          return this.#admit(await Reflect.apply(unpack, this, message))
        } catch (error) {
          deps.log.warn({ shard: id, err: error }, 'A frame of the gateway could not be read.')
          return null
        }
      },
    })
    this.#limitResume(deps.longestResume ?? LONGEST_RESUME)
    this.#stayAway()
  }

  /**
   * Closes the connection. To connect anew, it is closed once only: discord.js would reconnect twice, and throw. Once it
   * was closed for good, it is not closed to connect anew: discord.js does so where it waits for Discord.
   */
  override async destroy(options: WebSocketShardDestroyOptions = {}): Promise<void> {
    const socket: unknown = Reflect.get(this, 'connection')
    if (options.recover === undefined) this.#isOver = true
    else {
      if (this.#isOver) return
      if (socket !== null && socket === this.#replaced) return
      this.#replaced = socket
    }
    await super.destroy(options)
  }

  /** Begins a new session where a RESUME is not answered. discord.js would wait for ever. */
  #limitResume(longest: number): void {
    const resume = this.#ownMethod('resume')
    const waitForEvent = this.#ownMethod('waitForEvent')
    Reflect.defineProperty(this, 'resume', {
      value: async (...session: unknown[]): Promise<void> => {
        await Reflect.apply(resume, this, session)
        await Reflect.apply(waitForEvent, this, [ShardEvent.Resumed, longest])
      },
    })
  }

  /** Does not connect once it was closed for good. discord.js does so where it was about to connect anew. */
  #stayAway(): void {
    const connect = this.#ownMethod('internalConnect')
    Reflect.defineProperty(this, 'internalConnect', {
      value: async (): Promise<void> => {
        if (!this.#isOver) await Reflect.apply(connect, this, [])
      },
    })
  }

  /** A method that is private in discord.js, which offers no other way. */
  #ownMethod(name: string): (...parameters: never[]) => unknown {
    const method: unknown = Reflect.get(this, name)
    if (!isFunction(method)) throw new Error(`@discordjs/ws has no ${name} where it did.`)
    return method
  }

  #admit(sent: unknown): Admitted {
    const frame = readFrame(sent)
    if ('refused' in frame) return this.#drop(frame.refused)
    const socket: unknown = Reflect.get(this, 'connection')
    if (socket !== this.#socket) this.#phase = 'opened'
    this.#socket = socket
    const phase = phaseAfter(this.#phase, frame)
    if (typeof phase !== 'string') return this.#drop(phase.refused)
    const admitted = this.#admitIn(phase, frame)
    if (admitted !== null) this.#phase = phase
    return admitted
  }

  #admitIn(phase: ConnectionPhase, frame: Frame): Admitted {
    if (frame.op === Op.Dispatch) return this.#admitDispatch(frame)
    return frame.op === Op.InvalidSession ? { op: frame.op, d: phase !== 'ending' } : frame
  }

  /** What is not for discord.js is left its number, from which a session is resumed. */
  #admitDispatch(frame: Dispatch): Admitted {
    const { op, t, s } = frame
    const taken = this.#deps.events.take(frame, { index: this.id, count: this.#shardCount })
    if (taken !== undefined) return { op, t, s, d: taken.forClient }
    // A session that cannot be told from its READY has not begun.
    return t === Event.Ready ? null : { op, s, t: null, d: null }
  }

  #drop(reason: string): null {
    this.#deps.log.warn({ shard: this.id }, `A frame of the gateway was dropped: ${reason}.`)
    return null
  }
}

function isFunction(value: unknown): value is (...parameters: never[]) => unknown {
  return typeof value === 'function'
}
