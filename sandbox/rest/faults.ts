import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ApiError } from './errors.ts'

/** A failed request: another response than the usual one, or none at all. */
export type RestFault = FaultyResponse | LostResponse | 'silence'

/** A response that never arrives: the request hangs until Discord stops, or its connection breaks. */
interface LostResponse {
  readonly lost: 'silence' | 'connection'
  /** Whether Discord carries the request out all the same. */
  readonly isDone?: boolean
}

interface FaultyResponse {
  readonly status: ContentfulStatusCode
  readonly body?: string
  /** Without a content type, a body that is JSON is sent as JSON and any other as HTML. */
  readonly headers?: Readonly<Record<string, string>>
  /** Whether Discord carries the request out all the same. */
  readonly isDone?: boolean
}

/** Decides which requests fail, and how. The path has no `/api/v10`, and no query. */
export type FaultRule = (
  method: string,
  path: string,
  query: Readonly<Record<string, string>>,
) => RestFault | undefined

/**
 * The header that Discord's servers add to every response. Responses from Cloudflare lack it.
 * https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit
 */
export const VIA_DISCORD = { Via: '1.1 google' } as const

/** An error from Discord. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export function apiErrorFault(error: ApiError): RestFault {
  return { status: error.status, body: JSON.stringify(error.body()), headers: VIA_DISCORD }
}

/** Cloudflare blocks a request and answers in JSON. https://github.com/discord/discord-api-docs/issues/6473 */
export const CLOUDFLARE_JSON: RestFault = {
  status: 403,
  body: '{"message": "internal network error", "code": 40333}',
}

/**
 * Cloudflare answers with an HTML page of its own, such as the one of a ban (`error code: 1015`).
 * @param retryAfter seconds for the `Retry-After` header
 */
export function cloudflareFault(
  status: ContentfulStatusCode,
  code: number,
  retryAfter?: number,
): FaultyResponse {
  return {
    status,
    body: `<!DOCTYPE html><html><head><title>Access denied</title></head><body>error code: ${code}</body></html>`,
    headers: {
      Server: 'cloudflare',
      'Content-Type': 'text/html; charset=UTF-8',
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
  }
}

/**
 * A rate limit was exceeded. `shared` is a limit on the resource, whoever requests it.
 * https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit
 * @param retryAfter seconds to wait
 */
export function rateLimitFault(scope: 'user' | 'shared' | 'global', retryAfter: number): RestFault {
  const isGlobal = scope === 'global'
  return {
    status: 429,
    body: JSON.stringify({
      message: 'You are being rate limited.',
      retry_after: retryAfter,
      global: isGlobal,
    }),
    headers: {
      ...VIA_DISCORD,
      'Retry-After': String(Math.ceil(retryAfter)),
      'X-RateLimit-Scope': scope,
      ...(isGlobal
        ? { 'X-RateLimit-Global': 'true' }
        : {
            'X-RateLimit-Limit': '5',
            'X-RateLimit-Remaining': '0',
            'X-RateLimit-Reset': String(Date.now() / 1000 + retryAfter),
            'X-RateLimit-Reset-After': String(retryAfter),
            'X-RateLimit-Bucket': 'abcd1234abcd1234',
          }),
    },
  }
}

/** The path of a guild's audit log, without `/api/v10`. */
export const AUDIT_LOG = /^\/guilds\/(\d+)\/audit-logs$/

/** The path of the messages in a channel, without `/api/v10`. */
export const MESSAGES = /^\/channels\/(\d+)\/messages$/

/** Only the requests with a method fail: sending a message and reading a channel have the same path. */
export function onlyFor(method: string, rule: FaultRule): FaultRule {
  return (requested, path, query) => (requested === method ? rule(requested, path, query) : undefined)
}

/** Every request to a path fails. */
export function always(path: RegExp, fault: RestFault): FaultRule {
  return (_, requested) => (path.test(requested) ? fault : undefined)
}

/** The first request to a path fails. */
export function onFirstRequest(path: RegExp, fault: RestFault): FaultRule {
  let isOver = false
  return (_, requested) => {
    if (isOver || !path.test(requested)) return undefined
    isOver = true
    return fault
  }
}

/** The response of a fault. */
export function responseOf({ status, body = '', headers = {} }: FaultyResponse): Response {
  const type = isJson(body) ? 'application/json' : 'text/html; charset=UTF-8'
  return new Response(body, { status, headers: { 'Content-Type': type, ...headers } })
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}
