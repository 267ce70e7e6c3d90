import { DefaultRestOptions, type RESTOptions, type ResponseLike } from 'discord.js'

/** The longest wait that is obeyed, in seconds. Discord's own limits end within a day. */
const LONGEST = 86_400

/** How long to wait after a 429 that does not say, in seconds. */
const UNTOLD = 60

/** The headers that tell of waiting, in seconds. https://docs.discord.com/developers/topics/rate-limits */
const RETRY = 'retry-after'
const RESET = 'x-ratelimit-reset-after'

/**
 * Sends a request for discord.js, which takes the waits that an answer tells as they stand: it would send a request
 * again at once and without end where that is no number or none is told, and never again where it is absurdly long.
 */
export const sendRequest: RESTOptions['makeRequest'] = async (url, init) => {
  const answer = await DefaultRestOptions.makeRequest(url, init)
  checkWaits(answer)
  return answer
}

/** Makes of what an answer tells of waiting what can be waited for. */
export function checkWaits({ status, headers }: Pick<ResponseLike, 'status' | 'headers'>): void {
  const [retry, reset] = [RETRY, RESET].map((name) => secondsIn(headers.get(name)))
  if (headers.has(RESET)) headers.set(RESET, String(reset ?? 0))
  if (status !== 429) return
  const isGlobal = headers.has('x-ratelimit-global')
  const wait = Math.max(1, retry ?? (isGlobal ? undefined : reset) ?? UNTOLD)
  headers.set(RETRY, String(wait))
  // Of a bucket that is used up, discord.js goes by this alone.
  if (headers.has(RESET)) headers.set(RESET, String(Math.max(wait, reset ?? 0)))
}

/** Reads a wait; undefined for what is none. */
function secondsIn(told: string | null): number | undefined {
  const seconds = told === null || told.trim() === '' ? Number.NaN : Number(told)
  return seconds >= 0 ? Math.min(seconds, LONGEST) : undefined
}
