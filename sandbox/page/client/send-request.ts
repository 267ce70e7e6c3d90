import type { RequestResult, Requests } from '../protocol.ts'

/** Asks the sandbox for something; where it is gone, nothing answers. */
export async function sendRequest<Name extends keyof Requests>(
  name: Name,
  asked: Requests[Name],
): Promise<RequestResult> {
  try {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    const answer: RequestResult = await response.json()
    return answer
  } catch {
    return { type: 'unanswered' }
  }
}
