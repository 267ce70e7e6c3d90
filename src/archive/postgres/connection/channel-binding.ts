import type { Socket } from 'node:net'
import type { Client } from 'pg'

const BOUND = 'SCRAM-SHA-256-PLUS'

/**
 * Closes a connection before the password is used if the server does not bind it to the encrypted channel. pg does that
 * where it can, and goes on without it where it cannot.
 * @param connection of a client that is not connected yet, so that its own listeners come later
 */
export function requireChannelBinding(connection: Client['connection'], socket: Socket): void {
  const refuse = () => socket.destroy(new Error('The server does not offer channel binding.'))
  let isBound = false
  connection.on('authenticationSASL', ({ mechanisms }: { mechanisms: readonly string[] }) => {
    isBound = mechanisms.includes(BOUND)
    if (!isBound) refuse()
  })
  for (const event of ['authenticationCleartextPassword', 'authenticationMD5Password'])
    connection.on(event, refuse)
  // It may also ask for nothing.
  connection.on('readyForQuery', () => {
    if (!isBound) refuse()
  })
}
