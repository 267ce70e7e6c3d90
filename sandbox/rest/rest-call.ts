import type { Context } from 'hono'

/** A request and its response. Bodies are parsed JSON; undefined if empty. */
export interface RestCall {
  readonly method: string
  /** Without `/api/v10`. */
  readonly path: string
  readonly requestBody: unknown
  readonly status: number
  readonly responseBody: unknown
}

/** A response that was sent, without its body. */
export interface SentResponse extends Pick<RestCall, 'method' | 'path' | 'status'> {
  readonly query: Readonly<Record<string, string>>
  /** The host and port that the bot asked: they distinguish processes that ask through proxies. */
  readonly host: string
}

/** Reads a body and parses it as JSON; text that is not JSON is returned as it is. */
export async function bodyOf(carrier: Request | Response): Promise<unknown> {
  const type = carrier.headers.get('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) {
    const payload = (await carrier.formData()).get('payload_json')
    return typeof payload === 'string' ? JSON.parse(payload) : undefined
  }
  const text = await carrier.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

/** The path of a request without `/api/v10`. */
export function pathOf({ req }: Context): string {
  return req.path.replace(/^\/api\/v\d+/, '')
}
