import type { RequestResult, Requests } from '../protocol.ts'

/** Sends a request to the sandbox. If the sandbox cannot be reached, the request is unanswered. */
export async function sendRequest<Name extends keyof Requests>(
  name: Name,
  request: Requests[Name],
): Promise<RequestResult> {
  try {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    const result: RequestResult = await response.json()
    return result
  } catch {
    return { type: 'unanswered' }
  }
}

/** What the client says about a request that was not carried out. */
export function failureText(result: RequestResult): string {
  return result.type === 'rejected' ? result.message : 'The application did not respond'
}
