import {
  type IContextFetchingStrategy,
  WebSocketShard,
  type WebSocketShardDestroyOptions,
} from '@discordjs/ws'
import { GatewayDispatchEvents as Event, GatewayOpcodes as Op } from 'discord-api-types/v10'
import type { Log } from '../../core/log.ts'
import { type ConnectionPhase, phaseAfter } from './connection-phase.ts'
import { type Dispatch, type Frame, readFrame } from './frame.ts'
import type { GatewayEvents } from './gateway-events.ts'

interface Deps {
  readonly events: GatewayEvents
  readonly log: Log
}

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

  constructor(strategy: IContextFetchingStrategy, id: number, deps: Deps) {
    super(strategy, id)
    this.#deps = deps
    this.#shardCount = strategy.options.shardCount
    // Private in discord.js, and the only place between the socket and what discord.js does with a frame.
    const unpack: unknown = Reflect.get(this, 'unpackMessage')
    if (typeof unpack !== 'function') throw new Error('@discordjs/ws does not unpack frames where it did.')
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
  }

  /** Closes the connection. To connect anew, it is closed once only: discord.js would reconnect twice, and throw. */
  override async destroy(options: WebSocketShardDestroyOptions = {}): Promise<void> {
    const socket: unknown = Reflect.get(this, 'connection')
    if (options.recover !== undefined) {
      if (socket !== null && socket === this.#replaced) return
      this.#replaced = socket
    }
    await super.destroy(options)
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
