import { HTTPError } from 'discord.js'

/** How often something is sent in all where Discord fails. */
const ATTEMPTS = 4

/**
 * Sends something, and again where Discord fails or the connection breaks.
 * @param send is told whether it was sent before: Discord may have taken it all the same
 */
export async function sendAgain(send: (wasSent: boolean) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(attempt > 1)
    } catch (error) {
      if (attempt === ATTEMPTS || !mayPass(error)) throw error
    }
  }
}

/** Whether a request came to nothing for a reason that may be gone the next time. */
function mayPass(error: unknown): boolean {
  if (error instanceof HTTPError) return true
  // A request that takes too long is aborted; what breaks on the way has a code such as ECONNRESET.
  return error instanceof Error && (error.name === 'AbortError' || isText(Reflect.get(error, 'code')))
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}
