import { REST, type RESTOptions } from 'discord.js'
import { MINUTE } from '../../../core/time/units.ts'
import type { ReadBudget } from '../../../sync/budget/read-budget.ts'
import { keepToken } from '../log-clients.ts'
import { sendRequest } from '../rate-limit-headers.ts'
import { waitsTooLong } from '../rate-limits.ts'

/**
 * The REST client that posts in channels. discord.js sends the requests of one client for a channel one after another, and
 * has a queue for each channel, so that a slow one holds up no other, and no posts hold up reading or replies.
 * @param api REST base without a version, such as `https://discord.com/api`
 */
export function createPostClient({ api, token }: { readonly api: string; readonly token: string }): REST {
  const rest = new REST({
    api,
    makeRequest: sendWhole,
    // A connection that Discord had closed. More is up to those who post, since they know what may be repeated.
    retries: 1,
    rejectOnRateLimit: waitsTooLong,
    // Every channel has a queue of its own, and most are quiet.
    handlerSweepInterval: 5 * MINUTE,
    // The budget divides the global limit among all clients.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  })
  keepToken(rest, () => token)
  return rest.setToken(token)
}

/**
 * Has the requests of a client wait for their share of the bot's global limit. They take it when they are sent, so that one
 * that waits for the limit of its channel takes nothing from the others.
 */
export function takeTurns({ options }: REST, budget: Pick<ReadBudget, 'run'>): void {
  const { makeRequest } = options
  options.makeRequest = (url, init) =>
    budget.run(turnOf(url), init.method === 'PATCH' ? 'edit' : 'post', () => makeRequest(url, init))
}

/** Whose turn a request takes: that of its channel or guild. */
function turnOf(url: string): string {
  return /\/(?:channels|guilds)\/(\d+)/.exec(url)?.[1] ?? ''
}

/**
 * Sends a form as bytes. As the stream that undici makes of it, it would go on after the request is given up, and fail
 * where nobody handles that.
 */
const sendWhole: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return sendRequest(url, init)
  const form = new Response(init.body)
  const headers = { ...init.headers, 'content-type': form.headers.get('content-type') ?? '' }
  const body = new Uint8Array(await form.arrayBuffer())
  return sendRequest(url, { ...init, headers, body })
}
