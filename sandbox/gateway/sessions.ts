import type { WebSocket } from 'ws'
import type { World } from '../world/world.ts'
import type { Identity } from './identity.ts'
import { Session } from './session.ts'

/** All sessions that are open or can be resumed. */
export class Sessions {
  readonly #world: World
  readonly #resumableFor: () => number
  readonly #sessions = new Map<string, Session>()
  #lastId = 0

  /** @param resumableFor for how long a session can be resumed without a connection, in milliseconds */
  constructor(world: World, resumableFor: () => number) {
    this.#world = world
    this.#resumableFor = resumableFor
  }

  all(): Session[] {
    for (const session of this.#sessions.values())
      if (session.detachedFor > this.#resumableFor()) this.delete(session)
    return [...this.#sessions.values()]
  }

  get(id: string): Session | undefined {
    return this.all().find((session) => session.id === id)
  }

  /** The session that uses a connection. */
  on(socket: WebSocket): Session | undefined {
    return this.all().find((session) => session.socket === socket)
  }

  ofBot(botId: string): Session[] {
    return this.all().filter(({ identity }) => identity.application.id === botId)
  }

  open(identity: Identity, socket: WebSocket): Session {
    const session = new Session(`session-${++this.#lastId}`, identity, this.#world)
    this.#sessions.set(session.id, session)
    session.attach(socket)
    return session
  }

  delete({ id }: Session): void {
    this.#sessions.delete(id)
  }

  clear(): void {
    this.#sessions.clear()
  }
}
