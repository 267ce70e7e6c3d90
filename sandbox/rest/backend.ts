import type { Gateway } from '../gateway/gateway.ts'
import type { Conversation } from '../world/conversation.ts'
import type { World } from '../world/world.ts'
import type { FaultRule } from './faults.ts'
import type { RateLimits } from './rate-limits.ts'
import type { RestCall, SentResponse } from './rest-call.ts'

/** What the REST API serves, and what tests can change about it. `Discord` provides it. */
export interface RestBackend {
  readonly world: World
  readonly conversation: Conversation
  readonly rateLimits: RateLimits
  /** What `GET /gateway/bot` returns. */
  readonly gateway: Pick<Gateway, 'url' | 'shards' | 'maxConcurrency' | 'sessionStarts'>
  /** The largest file that can be sent, in bytes. */
  readonly fileLimit: number
  /** The address of the server, such as `http://127.0.0.1:40123`. */
  readonly origin: string
  /** Called with every request and its response. */
  readonly onRestCall: ((call: RestCall) => void) | undefined
  /** Called with every response when it is sent. */
  readonly onResponse: ((response: SentResponse) => void) | undefined
  /** How long a response takes to arrive, in milliseconds. The path has no `/api/v10`. */
  readonly latency: ((method: string, path: string) => number) | undefined
  /** Decides which requests fail, and how. */
  readonly fault: FaultRule | undefined
  /**
   * The time of the `Date` header, in milliseconds, if it differs from Discord's time, as after a cache or proxy with
   * a clock of its own; null for no header.
   */
  readonly dateHeader: ((now: number, path: string) => number | null | undefined) | undefined
  /** How many requests are being answered. Those that never will be are not among them. */
  answering: number
  /** Resolves when Discord stops. */
  readonly stopped: Promise<void>
}
