import type { AddressInfo } from 'node:net'
import type { Discord } from '../../sandbox/discord.ts'

/** Discord sends bots to a gateway of the test's own. */
export function gatewayAt(gateway: {
  address(): AddressInfo | string | null
}): NonNullable<Discord['trouble']> {
  const address = gateway.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const session_start_limit = { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 }
  const body = JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit })
  const headers = { 'Content-Type': 'application/json' }
  return (_, path) => (path === '/gateway/bot' ? { status: 200, body, headers } : undefined)
}
