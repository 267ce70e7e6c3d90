import { GatewayOpcodes as Op } from 'discord-api-types/v10'
import { isRecord } from '../../core/json.ts'
import { HOUR } from '../../core/time/units.ts'
import type { Rejected } from '../gateway/payload.ts'

/** A gateway frame that discord.js can handle. */
export type Frame =
  | { readonly op: Op.Hello; readonly d: { readonly heartbeat_interval: number } }
  | { readonly op: Op.InvalidSession; readonly d: boolean }
  | { readonly op: Op.Heartbeat | Op.HeartbeatAck | Op.Reconnect; readonly d: null }
  | DispatchFrame

/** An event, with its data not checked yet. */
export interface DispatchFrame {
  readonly op: Op.Dispatch
  readonly t: string
  /** The sequence number of the event in its session; 0 if it is missing or invalid. */
  readonly s: number
  readonly d: unknown
}

/** The heartbeat interval if HELLO does not say, in milliseconds. It is the one that Discord uses at present. */
const DEFAULT_HEARTBEAT = 41_250

/** The shortest and the longest heartbeat interval that is accepted, in milliseconds. */
const MIN_HEARTBEAT = 100
const MAX_HEARTBEAT = HOUR

/**
 * Parses a frame from its JSON value.
 * https://docs.discord.com/developers/events/gateway-events#payload-structure
 */
export function parseFrame(json: unknown): Frame | Rejected {
  if (!isRecord(json)) return { rejected: 'it is not an object' }
  const { op, d, s, t } = json
  switch (op) {
    case Op.Dispatch:
      if (typeof t !== 'string') return { rejected: 'its event has no name' }
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
      return { rejected: 'its opcode is unknown' }
  }
}

function isSequence(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function heartbeatIn(hello: unknown): number {
  const interval = isRecord(hello) ? hello.heartbeat_interval : undefined
  const isValid = typeof interval === 'number' && interval >= MIN_HEARTBEAT && interval <= MAX_HEARTBEAT
  return isValid ? interval : DEFAULT_HEARTBEAT
}
