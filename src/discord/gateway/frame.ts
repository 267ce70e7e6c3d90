import { GatewayOpcodes as Op } from 'discord-api-types/v10'
import { isRecord } from '../../core/json.ts'
import { HOUR } from '../../core/time/units.ts'

/** A frame of the gateway in the shape that discord.js can take. */
export type Frame =
  | { readonly op: Op.Hello; readonly d: { readonly heartbeat_interval: number } }
  | { readonly op: Op.InvalidSession; readonly d: boolean }
  | { readonly op: Op.Heartbeat | Op.HeartbeatAck | Op.Reconnect; readonly d: null }
  | Dispatch

/** An event. Nothing is known of its data yet. */
export interface Dispatch {
  readonly op: Op.Dispatch
  readonly t: string
  /** The number of the event in its session; 0 where Discord sent none that can be one. */
  readonly s: number
  readonly d: unknown
}

/** Why a frame or an event is dropped, to end a sentence with. It holds nothing of what was sent. */
export interface Refused {
  readonly refused: string
}

/** What Discord asks for at present, in milliseconds; it counts where a HELLO does not say. */
const USUAL_HEARTBEAT = 41_250

/** What an interval must lie between for a timer to keep it, in milliseconds. */
const FASTEST_HEARTBEAT = 100
const SLOWEST_HEARTBEAT = HOUR

/**
 * Reads a frame that was parsed as JSON.
 * https://docs.discord.com/developers/events/gateway-events#payload-structure
 */
export function readFrame(sent: unknown): Frame | Refused {
  if (!isRecord(sent)) return { refused: 'it is not an object' }
  const { op, d, s, t } = sent
  switch (op) {
    case Op.Dispatch:
      if (typeof t !== 'string') return { refused: 'its event has no name' }
      return { op, t, s: isSequence(s) ? s : 0, d }
    case Op.Hello:
      return { op, d: { heartbeat_interval: heartbeatIn(d) } }
    case Op.InvalidSession:
      return { op, d: d === true }
    case Op.Heartbeat:
    case Op.HeartbeatAck:
    case Op.Reconnect:
      return { op, d: null }
    default:
      return { refused: 'its opcode is unknown' }
  }
}

function isSequence(sent: unknown): sent is number {
  return typeof sent === 'number' && Number.isSafeInteger(sent) && sent >= 0
}

function heartbeatIn(sent: unknown): number {
  const interval = isRecord(sent) ? sent.heartbeat_interval : undefined
  const isUsable =
    typeof interval === 'number' && interval >= FASTEST_HEARTBEAT && interval <= SLOWEST_HEARTBEAT
  return isUsable ? interval : USUAL_HEARTBEAT
}
