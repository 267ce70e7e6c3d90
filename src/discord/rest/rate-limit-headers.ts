import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js'
import { DAY, SECOND } from '../../core/time/units.ts'

/** The longest wait that is obeyed, in milliseconds. Discord's own limits end within a day. */
export const MAX_WAIT = DAY

/** How long to wait after a 429 that does not say, in seconds. */
const DEFAULT_WAIT = 60

/** Headers with a wait in seconds. https://docs.discord.com/developers/topics/rate-limits */
const RETRY_AFTER = 'retry-after'
const RESET_AFTER = 'x-ratelimit-reset-after'

type Headers = Pick<ResponseLike['headers'], 'get'>

/**
 * Sends a request for discord.js, and corrects the waits in the response. discord.js does not check them: it would repeat
 * a request at once and without end if the wait is missing or not a number, and never if it is absurdly long.
 */
export const sendRequest: RESTOptions['makeRequest'] = async (url, init) => {
  const response = await DefaultRestOptions.makeRequest(url, init)
  correctWaits(response)
  return response
}

/** Replaces the waits in the headers of a response by numbers that discord.js can handle. */
export function correctWaits({ status, headers }: Pick<ResponseLike, 'status' | 'headers'>): void {
  const reset = readWait(headers, RESET_AFTER)
  if (headers.has(RESET_AFTER)) headers.set(RESET_AFTER, String(reset ?? 0))
  if (status !== 429) return
  const isGlobal = headers.has('x-ratelimit-global')
  const wait = Math.max(1, readWait(headers, RETRY_AFTER) ?? (isGlobal ? undefined : reset) ?? DEFAULT_WAIT)
  headers.set(RETRY_AFTER, String(wait))
  // For an exhausted bucket, discord.js uses this header alone.
  if (headers.has(RESET_AFTER)) headers.set(RESET_AFTER, String(Math.max(wait, reset ?? 0)))
}

/** How long Discord asks to wait before the next request, in milliseconds; undefined if it does not say. */
export function retryAfterOf({ headers }: { readonly headers: Headers }): number | undefined {
  const seconds = readWait(headers, RETRY_AFTER)
  return seconds === undefined ? undefined : seconds * SECOND
}

/** The wait in a header, in seconds; undefined if there is no valid one. */
function readWait(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim()
  const seconds = text ? Number(text) : Number.NaN
  return seconds >= 0 ? Math.min(seconds, MAX_WAIT / SECOND) : undefined
}
