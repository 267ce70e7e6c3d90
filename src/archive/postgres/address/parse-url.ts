import { z } from 'zod'
import { OperatorError } from '../../../core/errors.ts'
import { SECOND } from '../../../core/time/units.ts'
import { PostgresAddress, type PostgresHost, SSL_MODES, type TlsSettings } from './postgres-address.ts'

const FORM =
  /^postgres(?:ql)?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/?]*)(?:\/(?<database>[^?]*))?(?:\?(?<parameters>.*))?$/

const DEFAULT_PORT = '5432'
const CONNECT_TIMEOUT = 5

const ENCODE =
  'In its user, password and parameters, every character but letters, digits and -._~ has to be percent-encoded, such as ' +
  '%40 for @ and %2F for /.'

const oneOf = <const Values extends readonly string[]>(name: string, values: Values) =>
  z.enum(values, { error: `Its ${name} should be one of ${values.join(', ')}.` }).optional()

/**
 * The parameters of libpq that Custos honours.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
 */
const PARAMETERS = z.strictObject({
  host: z.string().optional(),
  port: z.string().optional(),
  user: z.string().optional(),
  password: z.string().optional(),
  dbname: z.string().optional(),
  sslmode: oneOf('sslmode', SSL_MODES),
  // As in JDBC, for sslmode=require.
  ssl: z.literal('true', { error: 'Its ssl should be true. Other modes are set with sslmode.' }).optional(),
  sslrootcert: z.string().optional(),
  sslcert: z.string().optional(),
  sslkey: z.string().optional(),
  sslnegotiation: oneOf('sslnegotiation', ['postgres', 'direct']),
  channel_binding: oneOf('channel_binding', ['disable', 'prefer', 'require']),
  // Custos never uses GSSAPI, so both mean the same.
  gssencmode: z
    .enum(['disable', 'prefer'], { error: 'Its gssencmode should be disable, since Custos has no GSSAPI.' })
    .optional(),
  target_session_attrs: z
    .enum(['any', 'read-write', 'primary'], {
      error: 'Its target_session_attrs should be any, read-write or primary, since Custos has to write.',
    })
    .optional(),
  application_name: z.string().optional(),
  options: z.string().optional(),
  connect_timeout: z
    .string()
    .regex(/^(?:[1-9]|[1-5]\d|60)$/, {
      error: 'Its connect_timeout should be a whole number of seconds from 1 to 60.',
    })
    .optional(),
})
type Parameters = z.infer<typeof PARAMETERS>

/**
 * Parses the address of a PostgreSQL database, as libpq understands it.
 * https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
 * @param name what the address is the value of, such as `DATABASE_URL`
 * @throws OperatorError with a sentence that does not repeat the address
 */
export function parsePostgresUrl(url: string, name: string): PostgresAddress {
  try {
    return parse(url)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const example = 'postgres://user:password@host:5432/custos?sslmode=require'
    throw new OperatorError(`${name} should be an address such as ${example}. ${error.message}`)
  }
}

/** What is wrong with an address, as a sentence without its value. */
class Problem extends Error {}

function parse(url: string): PostgresAddress {
  if (/[\s\p{C}]/u.test(url)) throw new Problem('It has a space or an invisible character.')
  const groups = FORM.exec(url)?.groups
  if (!groups) throw new Problem(ENCODE)
  // After the password, an @ is most likely part of it, so that the rest of it would be taken for a host or a parameter.
  if ([groups.hosts, groups.database, groups.parameters].some((part) => part?.includes('@')))
    throw new Problem(ENCODE)
  const parameters = parametersIn(groups.parameters ?? '')
  const user = parameters.user ?? decode(groups.user)
  const database = parameters.dbname ?? decode(groups.database)
  if (user === '') throw new Problem('It has no user.')
  if (database === '') throw new Problem('It has no database after the host.')
  return new PostgresAddress(
    {
      hosts: hostsIn(groups.hosts ?? '', parameters),
      user,
      database,
      tls: tlsOf(parameters),
      target: parameters.target_session_attrs ?? 'any',
      applicationName: parameters.application_name ?? 'custos',
      options: parameters.options ?? '',
      connectTimeout: Number(parameters.connect_timeout ?? CONNECT_TIMEOUT) * SECOND,
    },
    parameters.password ?? decode(groups.password),
  )
}

function parametersIn(text: string): Parameters {
  const pairs = text.split('&').flatMap((pair) => {
    if (pair === '') return []
    const [key = '', ...value] = pair.split('=')
    return [[decode(key), decode(value.join('='))]]
  })
  const { data, error } = PARAMETERS.safeParse(Object.fromEntries(pairs))
  if (data) return data
  const [issue] = error.issues
  if (issue?.code !== 'unrecognized_keys') throw new Problem(issue?.message)
  // It may be the rest of a password.
  if (pairs.some(([key]) => key === 'password')) throw new Problem(`It has an unknown parameter. ${ENCODE}`)
  const known = Object.keys(PARAMETERS.shape).join(', ')
  throw new Problem(`Custos does not support its parameter ${issue.keys[0]}. It supports ${known}.`)
}

/** @throws Problem for a host without a name, or a port that is none */
function hostsIn(text: string, { host, port }: Parameters): PostgresHost[] {
  const named = text.split(',').map((each) => {
    const [, ipv6, name = '', number = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(each) ?? []
    return { host: ipv6 ?? decode(name), port: number }
  })
  const hosts = host === undefined ? named : host.split(',').map((each) => ({ host: each, port: '' }))
  const ports = port === undefined ? hosts.map((each) => each.port) : port.split(',')
  return hosts.map((each, index) => {
    if (each.host === '')
      throw new Problem('It has no host. For a Unix socket, set host=/the/folder/of/the/socket.')
    return { host: each.host, port: portIn((ports.length === 1 ? ports[0] : ports[index]) || DEFAULT_PORT) }
  })
}

function portIn(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535) throw new Problem(`Its port should be a number from 1 to 65535. ${ENCODE}`)
  return port
}

function tlsOf(parameters: Parameters): TlsSettings {
  const { sslrootcert, sslcert, sslkey, sslnegotiation = 'postgres', channel_binding = 'prefer' } = parameters
  const usual = sslrootcert === 'system' ? 'verify-full' : parameters.ssl ? 'require' : 'prefer'
  const mode = parameters.sslmode ?? usual
  if (sslrootcert === 'system' && mode !== 'verify-full')
    throw new Problem('With sslrootcert=system, its sslmode should be verify-full.')
  if (mode === 'verify-ca' && sslrootcert === undefined)
    throw new Problem('With sslmode=verify-ca, it should have the file of a certificate as its sslrootcert.')
  if ((sslcert === undefined) !== (sslkey === undefined))
    throw new Problem('It should have both sslcert and sslkey.')
  if (sslnegotiation === 'direct' && ['disable', 'allow', 'prefer'].includes(mode))
    throw new Problem('With sslnegotiation=direct, its sslmode should be require, verify-ca or verify-full.')
  return {
    mode,
    rootCertificate: sslrootcert,
    client: sslcert && sslkey ? { certificate: sslcert, key: sslkey } : undefined,
    channelBinding: channel_binding,
    negotiation: sslnegotiation,
  }
}

function decode(text = ''): string {
  try {
    const decoded = decodeURIComponent(text)
    if (!decoded.includes('\0')) return decoded
  } catch {}
  throw new Problem(ENCODE)
}
