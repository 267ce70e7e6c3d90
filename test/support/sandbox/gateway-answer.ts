import type { AddressInfo } from 'node:net'
import type { Discord } from '../../../sandbox/discord.ts'

/** Makes Discord send bots to a gateway of the test. */
export function gatewayAt(gateway: {
  address(): AddressInfo | string | null
}): NonNullable<Discord['fault']> {
  const address = gateway.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const body = gatewayAnswer({ url: `ws://127.0.0.1:${port}` })
  const headers = { 'Content-Type': 'application/json' }
  return (_, path) => (path === '/gateway/bot' ? { status: 200, body, headers } : undefined)
}

/** The response of `GET /gateway/bot`, with some fields changed. */
export function gatewayAnswer(changed: object): string {
  const session_start_limit = { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 }
  return JSON.stringify({ url: 'ws://127.0.0.1:1', shards: 1, session_start_limit, ...changed })
}
