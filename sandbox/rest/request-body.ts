import type { Context } from 'hono'
import { isJsonObject, type JsonObject } from '../world/json.ts'
import type { SentFile } from '../world/message.ts'
import { ApiError, tooLarge } from './errors.ts'

interface RequestBody {
  readonly json: unknown
  readonly files: readonly SentFile[]
}

/**
 * Reads JSON, or a form with `payload_json` and files. https://docs.discord.com/developers/reference#uploading-files
 * @param fileLimit the largest file accepted, in bytes
 * @throws ApiError 40005 for a larger file, 50109 for invalid JSON
 */
export async function readBody(context: Context, fileLimit = 0): Promise<RequestBody> {
  const type = context.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) return { json: parseJson(await context.req.text()), files: [] }
  const form = await context.req.formData()
  const files: SentFile[] = []
  for (const [key, value] of form) {
    if (!key.startsWith('files[') || typeof value === 'string') continue
    if (value.size > fileLimit) throw tooLarge()
    files.push({ name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) })
  }
  const payload = form.get('payload_json')
  return { json: typeof payload === 'string' ? parseJson(payload) : {}, files }
}

/** @throws ApiError 50035 unless the body is an object */
export function asJsonObject(json: unknown): JsonObject {
  if (isJsonObject(json)) return json
  throw new ApiError(400, 50035, 'Invalid Form Body')
}

function parseJson(body: string): unknown {
  if (body === '') return {}
  try {
    return JSON.parse(body)
  } catch {
    throw new ApiError(400, 50109, 'The request body contains invalid JSON.')
  }
}
