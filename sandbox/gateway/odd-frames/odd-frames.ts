import { GatewayDispatchEvents as Event } from 'discord-api-types/v10'
import type { OddFrame, OddFrameTarget } from './odd-frame.ts'
import { oddInteractions } from './odd-interactions.ts'
import { ODD_PAYLOADS } from './odd-payloads.ts'
import { partlyOddEvents } from './partly-odd-events.ts'
import { wrongShapes } from './wrong-shapes.ts'

/**
 * Malformed frames of every kind. None of them states something false in a valid form, so a bot that survives them still
 * has the right state.
 */
export function oddFrames(target: OddFrameTarget): OddFrame[] {
  return [
    ...Object.values(Event).flatMap((event) => wrongShapes(event, target)),
    ...partlyOddEvents(target).map(([event, name, data]) => ({ name: `${event} with ${name}`, event, data })),
    ...ODD_EVENTS.map((event) => ({ name: `an event called “${event}”`, event, data: { id: '1' } })),
    ...oddInteractions(target),
    ...ODD_PAYLOADS.map(([name, raw]) => ({ name, raw })),
  ]
}

/** Names with a meaning in JavaScript or in Node’s event emitters. */
const ODD_EVENTS = ['error', 'constructor', '__proto__', 'toString', 'removeListener', 'SOMETHING_NEW', '']
