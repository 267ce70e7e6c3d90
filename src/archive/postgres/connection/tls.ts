import { readFileSync } from 'node:fs'
import { type ConnectionOptions, getCACertificates } from 'node:tls'
import { messageOf } from '../../../core/errors.ts'
import type { TlsSettings } from '../address/postgres-address.ts'

/** Whether to encrypt, in the order of the attempts: the second follows if the server refuses the first. */
export function encryptionAttempts({ mode }: TlsSettings, host: string): readonly boolean[] {
  // As in libpq, a Unix socket is never encrypted.
  if (host.startsWith('/') || mode === 'disable') return [false]
  if (mode === 'allow') return [false, true]
  if (mode === 'prefer') return [true, false]
  return [true]
}

/** The code of an error because a file of the address cannot be read: that of the file is the same as a missing socket's. */
export const UNREADABLE_FILE = 'UNREADABLE_FILE'

/**
 * The options of TLS. The files are read for each connection, so that renewed certificates count without a restart. As in
 * libpq, a root certificate is checked in every mode, and the host's name in verify-full alone.
 * https://www.postgresql.org/docs/current/libpq-ssl.html#LIBQ-SSL-CERTIFICATES
 * @throws Error when a file cannot be read
 */
export function tlsOptions({ mode, rootCertificate, client }: TlsSettings): ConnectionOptions {
  const verifies = rootCertificate !== undefined || mode === 'verify-full'
  return {
    rejectUnauthorized: verifies,
    ...(verifies && { ca: authorities(rootCertificate) }),
    ...(client && { cert: read(client.certificate), key: read(client.key) }),
    ...(mode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  }
}

function authorities(rootCertificate: TlsSettings['rootCertificate']): ConnectionOptions['ca'] {
  if (rootCertificate !== undefined && rootCertificate !== 'system') return read(rootCertificate)
  return [...getCACertificates('default'), ...getCACertificates('system')]
}

function read(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw Object.assign(new Error(messageOf(error)), { code: UNREADABLE_FILE })
  }
}
