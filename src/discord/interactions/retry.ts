import { isTransient } from '../rest/errors.ts'

/** How often a request is sent at most. */
const ATTEMPTS = 4

/**
 * Sends a request, and repeats it if Discord fails or the connection breaks.
 * @param send is passed whether the request was sent before, in which case Discord may have handled it
 * @throws what the last attempt threw
 */
export async function withRetries<Result>(send: (wasSent: boolean) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(attempt > 1)
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error
    }
  }
}
