import type { PostgresAddress } from './address/postgres-address.ts'

/**
 * How to copy an archive in PostgreSQL to a file, and back, in sentences. The commands have no password, which other users
 * of the machine could see. https://www.postgresql.org/docs/current/app-pgdump.html
 * @param file the file to copy to
 */
export function dumpAdvice(address: PostgresAddress, file: string): string {
  const url = `'${urlOf(address)}'`
  // The comments are those of extensions, which only their owner may set.
  return [
    'The archive is in PostgreSQL, whose pg_dump copies it while Custos runs:',
    `  pg_dump --format=custom --file=${quoted(file)} ${url}`,
    'To restore it, stop Custos, and into an empty database:',
    `  pg_restore --no-owner --no-comments --exit-on-error --dbname=${url} ${quoted(file)}`,
    'Both ask for the password, or read it from the file that PGPASSFILE names.',
  ].join('\n')
}

/** The address as libpq reads it. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS */
export function urlOf({ hosts, user, database, tls, options }: PostgresAddress): string {
  const places = hosts.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : encode(host)}:${port}`)
  const { mode, rootCertificate, client, channelBinding, negotiation } = tls
  const parameters = {
    sslmode: mode,
    ...(rootCertificate !== undefined && { sslrootcert: rootCertificate }),
    ...(client && { sslcert: client.certificate, sslkey: client.key }),
    ...(channelBinding !== 'prefer' && { channel_binding: channelBinding }),
    ...(negotiation !== 'postgres' && { sslnegotiation: negotiation }),
    ...(options !== '' && { options }),
  }
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encode(value)}`)
  return `postgresql://${encode(user)}@${places.join(',')}/${encode(database)}?${query.join('&')}`
}

/** Also the quote that ends a text in a shell, which is left as it is otherwise. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll("'", '%27')
}

function quoted(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`
}
