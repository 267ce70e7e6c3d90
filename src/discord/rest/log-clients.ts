import { REST } from 'discord.js'
import { onResponse } from './on-response.ts'
import { sendRequest } from './rate-limit-headers.ts'
import type { RateLimits } from './rate-limits.ts'

interface Deps {
  /** The client that reads pages of all action types. */
  readonly rest: REST
  /** REST base without a version. */
  readonly api: string
  readonly token: string
  /** Decides which requests wait for a limit. */
  readonly rateLimits: RateLimits
  /** Called with each client that is created. */
  readonly onCreated?: (rest: REST) => void
}

/**
 * Gives the client that reads the pages of an action type, or of all. discord.js sends the requests of one client for the
 * same log one after another, so pages that are read at the same time need clients of their own.
 */
export function createLogClients({
  rest,
  api,
  token,
  rateLimits,
  onCreated,
}: Deps): (actionType?: number) => REST {
  const byType = new Map<number, REST>()
  return (actionType) => {
    if (actionType === undefined) return rest
    const known = byType.get(actionType)
    if (known) return known
    const created = new REST({ api, makeRequest: sendRequest, rejectOnRateLimit: rateLimits.rejects })
    keepToken(created, () => token)
    onCreated?.(created)
    byType.set(actionType, created.setToken(token))
    return created
  }
}

/** Keeps a client's token, which discord.js drops after a single 401. If it is really wrong, the gateway reports it. */
export function keepToken(rest: REST, token: () => string | null): void {
  onResponse(rest, ({ status }) => {
    if (status !== 401) return
    setImmediate(() => {
      const kept = token()
      if (kept) rest.setToken(kept)
    })
  })
}
