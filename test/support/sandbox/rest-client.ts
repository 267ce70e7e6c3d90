import { isJsonObject, type JsonObject, jsonObjects } from '../../../sandbox/world/json.ts'

/** A response. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The JSON body; undefined if there is none. */
  readonly body: unknown
}

/** A file to upload. */
export interface Upload {
  readonly name: string
  readonly type: string
  readonly content: string | Uint8Array<ArrayBuffer>
}

/** A client of Discord's REST API that the test controls. */
export class RestClient {
  readonly #api: string
  readonly #token: string | undefined

  constructor(api: string, token?: string) {
    this.#api = `${api}/v10`
    this.#token = token
  }

  get(path: string): Promise<Answer> {
    return this.#request('GET', path)
  }

  delete(path: string): Promise<Answer> {
    return this.#request('DELETE', path)
  }

  post(path: string, body: unknown): Promise<Answer> {
    return this.#request('POST', path, body)
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.#request('PUT', path, body)
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.#request('PATCH', path, body)
  }

  /** Sends JSON and files as a form. */
  upload(method: 'POST' | 'PATCH', path: string, body: unknown, files: readonly Upload[]): Promise<Answer> {
    const form = new FormData()
    form.set('payload_json', JSON.stringify(body))
    for (const [index, { name, type, content }] of files.entries()) {
      form.set(`files[${index}]`, new Blob([content], { type }), name)
    }
    return this.#send(method, path, { body: form, headers: this.#authorization() })
  }

  #request(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = { ...this.#authorization(), 'content-type': 'application/json' }
    return this.#send(method, path, {
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  #authorization(): Record<string, string> {
    return this.#token === undefined ? {} : { authorization: `Bot ${this.#token}` }
  }

  async #send(method: string, path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.#api}${path}`, { ...init, method })
    const { status, headers } = response
    const text = await response.text()
    return { status, headers, body: text === '' ? undefined : JSON.parse(text) }
  }
}

/** The objects in a list in a response, or in one of its fields. */
export function listIn({ body }: Answer, key?: string): JsonObject[] {
  return jsonObjects(key === undefined ? body : isJsonObject(body) ? body[key] : undefined)
}

/** A field of a response, as text. */
export function fieldIn({ body }: Answer, key: string): string {
  return isJsonObject(body) ? String(body[key]) : ''
}

/** The ids in a list in a response, or in one of its fields, in order. */
export function idsIn(answer: Answer, key?: string): string[] {
  return listIn(answer, key).map(({ id }) => String(id))
}
