import { Socket } from 'node:net'
import { Client, type ClientConfig, DatabaseError } from 'pg'
import { SECOND } from '../../../core/time/units.ts'
import type { PostgresAddress, PostgresHost } from '../address/postgres-address.ts'
import { requireChannelBinding } from './channel-binding.ts'
import { connectionFault } from './faults.ts'
import { Session, type SessionLimits } from './session.ts'
import { encryptionAttempts, tlsOptions } from './tls.ts'
import { VALUE_TYPES } from './values.ts'

/** After how long without traffic the system asks whether the server is still there, in milliseconds. */
const KEEPALIVE = 10 * SECOND

/** Authentication failed before a password was asked for: the server may accept the other kind of connection. */
const INVALID_AUTHORIZATION = '28000'

/**
 * Connects to the first host that can be used.
 * @param signal aborts when nobody waits for the connection any more
 * @throws ArchiveUnavailable when there is none
 */
export async function openSession(
  address: PostgresAddress,
  limits: SessionLimits,
  signal: AbortSignal,
): Promise<Session> {
  let failure: unknown
  for (const host of address.hosts) {
    for (const isEncrypted of encryptionAttempts(address.tls, host.host)) {
      try {
        return await attempt(address, host, isEncrypted, limits, signal)
      } catch (error) {
        failure = error
        if (signal.aborted || !refusesEncryption(error, isEncrypted)) break
      }
    }
    if (signal.aborted) break
  }
  throw connectionFault(failure)
}

/** Connects and sets what the session needs. The socket is our own, so that it can be closed in any state of the client. */
async function attempt(
  address: PostgresAddress,
  { host, port }: PostgresHost,
  isEncrypted: boolean,
  limits: SessionLimits,
  signal: AbortSignal,
): Promise<Session> {
  const socket = new Socket()
  const client = new OwnClient(address, {
    host,
    port,
    user: address.user,
    database: address.database,
    // A function keeps pg from the password in the environment and in ~/.pgpass.
    password: () => address.password,
    ssl: isEncrypted && tlsOptions(address.tls),
    sslnegotiation: isEncrypted ? address.tls.negotiation : 'postgres',
    enableChannelBinding: isEncrypted && address.tls.channelBinding !== 'disable',
    application_name: address.applicationName,
    client_encoding: 'utf8',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE,
    types: VALUE_TYPES,
    stream: () => socket,
  })
  if (address.tls.channelBinding === 'require') requireChannelBinding(client.connection, socket)
  const session = new Session(client, socket, limits)
  let cause: unknown
  const giveUp = (reason: unknown) => {
    cause = reason
    session.terminate()
  }
  const late = new Error(`${host}:${port} did not answer within ${address.connectTimeout / SECOND} seconds.`)
  const timer = setTimeout(() => giveUp(late), address.connectTimeout)
  const stop = () => giveUp(signal.reason)
  signal.addEventListener('abort', stop)
  try {
    signal.throwIfAborted()
    await session.connect(address.target)
    return session
  } catch (error) {
    session.terminate()
    throw cause ?? error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

/** Whether the server may accept a connection with the opposite of `isEncrypted`. A wrong password is never sent twice. */
function refusesEncryption(error: unknown, isEncrypted: boolean): boolean {
  if (error instanceof DatabaseError) return error.code === INVALID_AUTHORIZATION
  return isEncrypted && error instanceof Error && /\bSSL\b|\bTLS\b|certificate/i.test(error.message)
}

/**
 * A client that tells the server what the address says, and nothing of the environment: pg would add PGOPTIONS. The limits
 * of a session are set by a statement, because poolers reject most settings in the first message.
 */
class OwnClient extends Client {
  readonly #startup: Readonly<Record<string, string>>

  constructor({ user, database, applicationName, options }: PostgresAddress, config: ClientConfig) {
    super(config)
    this.#startup = { user, database, application_name: applicationName, ...(options && { options }) }
  }

  /** Called by pg for the first message. */
  getStartupConf() {
    return this.#startup
  }
}
