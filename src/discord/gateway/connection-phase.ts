import { GatewayDispatchEvents as Event, GatewayOpcodes as Op } from 'discord-api-types/v10'
import type { Frame, Refused } from './frame.ts'

/** How far a connection has come: opened, greeted by HELLO, in session since READY or RESUMED, or to be closed. */
export type ConnectionPhase = 'opened' | 'greeted' | 'in session' | 'ending'

/**
 * Whether a frame fits the phase of its connection, and the phase after it. discord.js does not check this: a second
 * HELLO would start a second heartbeat that is never stopped, a second READY would replace the session, and a second
 * RECONNECT would reconnect twice and throw.
 */
export function phaseAfter(phase: ConnectionPhase, frame: Frame): ConnectionPhase | Refused {
  if (phase === 'ending') return { refused: 'its connection is being closed' }
  switch (frame.op) {
    case Op.Hello:
      return phase === 'opened' ? 'greeted' : { refused: 'the connection was greeted before' }
    case Op.Reconnect:
      return 'ending'
    case Op.InvalidSession:
      // A session that can be resumed is resumed on the same connection. Where that is refused once more, it is not.
      return frame.d && phase === 'in session' ? 'greeted' : 'ending'
    case Op.Dispatch:
      return phaseAfterDispatch(phase, frame.t)
    default:
      return phase
  }
}

function phaseAfterDispatch(phase: ConnectionPhase, event: string): ConnectionPhase | Refused {
  if (phase === 'opened') return { refused: 'it came before HELLO' }
  if (event !== Event.Ready && event !== Event.Resumed) return phase
  return phase === 'greeted' ? 'in session' : { refused: 'the session has begun before' }
}
