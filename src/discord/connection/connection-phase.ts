import { GatewayDispatchEvents as Event, GatewayOpcodes as Op } from 'discord-api-types/v10'
import type { Rejected } from '../gateway/payload.ts'
import type { Frame } from './frame.ts'

/**
 * The phase of a connection: `opened`, `greeted` by HELLO, `in session` after READY or RESUMED, or `closing`.
 */
export type ConnectionPhase = 'opened' | 'greeted' | 'in session' | 'closing'

/**
 * The phase after a frame, or why the frame does not fit the current phase. discord.js does not check this: a second
 * HELLO would start a second heartbeat that is never stopped, a second READY would replace the session, and a second
 * RECONNECT would reconnect twice and throw.
 */
export function phaseAfter(phase: ConnectionPhase, frame: Frame): ConnectionPhase | Rejected {
  if (phase === 'closing') return { rejected: 'the connection is closing' }
  switch (frame.op) {
    case Op.Hello:
      return phase === 'opened' ? 'greeted' : { rejected: 'HELLO was received before' }
    case Op.Reconnect:
      return 'closing'
    case Op.InvalidSession:
      // A session is resumed on the same connection, once.
      return frame.d && phase === 'in session' ? 'greeted' : 'closing'
    case Op.Dispatch:
      return phaseAfterDispatch(phase, frame.t)
    default:
      return phase
  }
}

function phaseAfterDispatch(phase: ConnectionPhase, event: string): ConnectionPhase | Rejected {
  if (phase === 'opened') return { rejected: 'it was received before HELLO' }
  if (event !== Event.Ready && event !== Event.Resumed) return phase
  return phase === 'greeted' ? 'in session' : { rejected: 'the session has already started' }
}
