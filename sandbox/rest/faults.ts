import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ApiError } from './errors.ts'

/** What goes wrong with a request: an answer in the place of the usual one, or none at all. */
export type RestFault =
  | {
      readonly status: ContentfulStatusCode
      readonly body?: string
      /** Without a content type here, a body that reads as JSON is sent as JSON, and any other as HTML. */
      readonly headers?: Readonly<Record<string, string>>
      /** Whether Discord does nonetheless what it was asked for, and fails to say so. */
      readonly isDone?: boolean
    }
  | 'silence'

/** Which requests go wrong, and how. */
export type FaultRule = (method: string, path: string) => RestFault | undefined

/** What Discord's own servers add to every answer, and Cloudflare does not when it answers itself. */
export const VIA_DISCORD = { Via: '1.1 google' } as const

/** An error as Discord answers it. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export function apiErrorFault(error: ApiError): RestFault {
  return { status: error.status, body: JSON.stringify(error.body()), headers: VIA_DISCORD }
}

/** Cloudflare lets a request through to nobody, but answers in JSON. https://github.com/discord/discord-api-docs/issues/6473 */
export const CLOUDFLARE_JSON: RestFault = {
  status: 403,
  body: '{"message": "internal network error", "code": 40333}',
}

/** Cloudflare answers with a page of its own, such as the one of a ban (`error code: 1015`). */
export function cloudflareFault(status: ContentfulStatusCode, code: number, retryAfter?: number): RestFault {
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
 * A limit that was hit, with how long to wait in seconds. `shared` is a limit of what was asked for, whoever asks.
 * https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit
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

/** The trouble befalls every request to a path. */
export function always(path: RegExp, fault: RestFault): FaultRule {
  return (_, asked) => (path.test(asked) ? fault : undefined)
}

/** The trouble befalls the first request to a path, and none after. */
export function onFirstRequest(path: RegExp, fault: RestFault): FaultRule {
  let isOver = false
  return (_, asked) => {
    if (isOver || !path.test(asked)) return undefined
    isOver = true
    return fault
  }
}

/** A trouble as it is sent. */
export function responseOf({ status, body = '', headers = {} }: Exclude<RestFault, 'silence'>): Response {
  const type = parsesAsJson(body) ? 'application/json' : 'text/html; charset=UTF-8'
  return new Response(body, { status, headers: { 'Content-Type': type, ...headers } })
}

function parsesAsJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}
