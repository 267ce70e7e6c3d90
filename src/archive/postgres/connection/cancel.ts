import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Client } from 'pg'
import { SECOND } from '../../../core/time/units.ts'

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-CANCELREQUEST */
const CANCEL_REQUEST = 80_877_102

const TIMEOUT = SECOND

/**
 * Asks the server to cancel what a session runs. Like libpq's, the request has a connection of its own and is not encrypted:
 * it contains nothing but a key of the session. Resolves when the server has passed it on to the session.
 * @param socket of the session, which says to which server
 * @throws Error when the server does not take it in time
 */
export async function requestCancel(client: Client, socket: Socket): Promise<void> {
  // pg keeps the key of the session, but does not document it.
  const processId: unknown = Reflect.get(client, 'processID')
  const secretKey: unknown = Reflect.get(client, 'secretKey')
  if (typeof processId !== 'number' || typeof secretKey !== 'number')
    throw new Error('The session has no key.')
  const message = Buffer.alloc(16)
  for (const [index, value] of [message.length, CANCEL_REQUEST, processId, secretKey].entries())
    message.writeInt32BE(value, index * 4)
  const { remoteAddress: host, remotePort: port } = socket
  const request =
    host && port ? connect({ host, port }) : connect({ path: `${client.host}/.s.PGSQL.${client.port}` })
  const timer = setTimeout(() => request.destroy(new Error('The server did not cancel in time.')), TIMEOUT)
  try {
    request.end(message)
    request.resume()
    await once(request, 'close')
  } finally {
    clearTimeout(timer)
  }
}
