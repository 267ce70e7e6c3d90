import type { IContextFetchingStrategy, WebSocketShardDestroyOptions } from '@discordjs/ws'
import { GatewayDispatchEvents as Event, GatewayOpcodes as Op } from 'discord-api-types/v10'
import type { Log } from '../../core/log.ts'
import type { Gate } from '../../core/sharding/gate.ts'
import { MINUTE } from '../../core/time/units.ts'
import type { GatewayEvents } from '../gateway/gateway-events.ts'
import { privateMethod } from '../private-method.ts'
import { type ConnectionPhase, phaseAfter } from './connection-phase.ts'
import { type DispatchFrame, type Frame, parseFrame } from './frame.ts'
import { WebSocketShardEvents as ShardEvent, WebSocketShard, WebSocketShardDestroyRecovery } from './ws.ts'

interface Deps {
  readonly events: GatewayEvents
  /** Is open while the shard may be connected. */
  readonly gate: Gate
  readonly log: Log
  /** How long Discord may take to resume a session, in milliseconds; a minute by default. */
  readonly resumeTimeout?: number
}

/** Longer than a replay takes. After a timeout, the bot starts a new session and reads over REST what it missed. */
const RESUME_TIMEOUT = MINUTE

/** What discord.js gets of a frame: all of it, only its sequence number, or nothing (`null`). */
type Admitted =
  | Frame
  | { readonly op: Op.Dispatch; readonly s: number; readonly t: null; readonly d: null }
  | null

/**
 * A shard that checks every frame before discord.js handles it. discord.js does not check frames: an unexpected one
 * causes an uncaught exception, a timer that is never stopped, or a shard that waits forever.
 */
export class GuardedShard extends WebSocketShard {
  readonly #deps: Deps
  readonly #shardCount: number
  /** The current socket, and the phase of its connection. */
  #socket: unknown
  #phase: ConnectionPhase = 'opened'
  /** The last socket that was closed in order to reconnect. */
  #replaced: unknown
  /** Whether the shard was closed for good. */
  #isClosed = false

  constructor(strategy: IContextFetchingStrategy, id: number, deps: Deps) {
    super(strategy, id)
    this.#deps = deps
    this.#shardCount = strategy.options.shardCount
    // Private in discord.js, and the only place between the socket and the handling of a frame.
    const unpack = privateMethod(this, 'unpackMessage')
    Reflect.defineProperty(this, 'unpackMessage', {
      value: async (...message: unknown[]): Promise<Admitted> => {
        try {
          return this.#admit(await Reflect.apply(unpack, this, message))
        } catch (error) {
          deps.log.warn({ shard: id, err: error }, 'Reading a gateway frame failed.')
          return null
        }
      },
    })
    this.#limitResume(deps.resumeTimeout ?? RESUME_TIMEOUT)
    this.#preventReconnect()
  }

  /**
   * Closes the connection, for good or in order to reconnect. discord.js would close the same connection twice, reconnect
   * twice, and throw; and it would reconnect after the shard was closed for good.
   */
  override async destroy(options: WebSocketShardDestroyOptions = {}): Promise<void> {
    const socket: unknown = Reflect.get(this, 'connection')
    if (options.recover === undefined) this.#isClosed = true
    else {
      if (this.#isClosed) return
      if (socket !== null && socket === this.#replaced) return
      this.#replaced = socket
    }
    await super.destroy(options)
  }

  /** Starts a new session if RESUME is not answered. discord.js would wait forever. */
  #limitResume(timeout: number): void {
    const resume = privateMethod(this, 'resume')
    const waitForEvent = privateMethod(this, 'waitForEvent')
    Reflect.defineProperty(this, 'resume', {
      value: async (...session: unknown[]): Promise<void> => {
        await Reflect.apply(resume, this, session)
        await Reflect.apply(waitForEvent, this, [ShardEvent.Resumed, timeout])
      },
    })
  }

  /** Closes the connection so that the session can be resumed, and connects again once the gate is open. */
  async suspend(): Promise<void> {
    await this.destroy({ reason: 'Suspended', recover: WebSocketShardDestroyRecovery.Resume })
  }

  /**
   * Prevents a connection that discord.js was about to open when the shard was closed for good, and delays one until the
   * gate is open.
   */
  #preventReconnect(): void {
    const connect = privateMethod(this, 'internalConnect')
    Reflect.defineProperty(this, 'internalConnect', {
      value: async (): Promise<void> => {
        await this.#deps.gate.opened()
        if (!this.#isClosed) await Reflect.apply(connect, this, [])
      },
    })
  }

  #admit(json: unknown): Admitted {
    const frame = parseFrame(json)
    if ('rejected' in frame) return this.#drop(frame.rejected)
    const socket: unknown = Reflect.get(this, 'connection')
    if (socket !== this.#socket) this.#phase = 'opened'
    this.#socket = socket
    const phase = phaseAfter(this.#phase, frame)
    if (typeof phase !== 'string') return this.#drop(phase.rejected)
    const admitted = this.#admitIn(phase, frame)
    if (admitted !== null) this.#phase = phase
    return admitted
  }

  #admitIn(phase: ConnectionPhase, frame: Frame): Admitted {
    if (frame.op === Op.Dispatch) return this.#admitDispatch(frame)
    return frame.op === Op.InvalidSession ? { op: frame.op, d: phase !== 'closing' } : frame
  }

  /** discord.js gets the sequence number of every event, to resume the session from. */
  #admitDispatch(frame: DispatchFrame): Admitted {
    const { op, t, s } = frame
    const handled = this.#deps.events.dispatch(t, frame.d, { index: this.id, count: this.#shardCount })
    if (handled !== undefined) return { op, t, s, d: handled.forClient }
    // Without a valid READY, the session has not started.
    return t === Event.Ready ? null : { op, s, t: null, d: null }
  }

  #drop(reason: string): null {
    this.#deps.log.warn({ shard: this.id, reason }, 'Dropped a gateway frame.')
    return null
  }
}
