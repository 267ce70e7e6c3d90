/** A server: a host name, an IP address or the folder of a Unix socket, and its port. */
export interface PostgresHost {
  readonly host: string
  readonly port: number
}

/** What `sslmode` asks for. https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION */
export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof SSL_MODES)[number]

/** How a connection is encrypted, and what the server has to show for it. */
export interface TlsSettings {
  readonly mode: SslMode
  /** The file with the certificates of trusted authorities, or `system` for those that the machine and Node trust. */
  readonly rootCertificate: string | undefined
  /** The files with Custos's own certificate and its key, if the server asks for them. */
  readonly client: { readonly certificate: string; readonly key: string } | undefined
  readonly channelBinding: 'disable' | 'prefer' | 'require'
  readonly negotiation: 'postgres' | 'direct'
}

interface Fields {
  /** Tried in this order. */
  readonly hosts: readonly PostgresHost[]
  readonly user: string
  readonly database: string
  readonly tls: TlsSettings
  /** Which server is good enough: any, or one that can be written. */
  readonly target: 'any' | 'read-write' | 'primary'
  readonly applicationName: string
  /** Settings of the server, as its command line has them; empty for none. */
  readonly options: string
  /** How long a server may take until it is connected, in milliseconds. */
  readonly connectTimeout: number
}

/** Where a PostgreSQL database is, and how to connect to it. No way of printing it shows the password. */
export class PostgresAddress {
  readonly type = 'postgres'
  readonly hosts: Fields['hosts']
  readonly user: Fields['user']
  readonly database: Fields['database']
  readonly tls: Fields['tls']
  readonly target: Fields['target']
  readonly applicationName: Fields['applicationName']
  readonly options: Fields['options']
  readonly connectTimeout: Fields['connectTimeout']
  readonly #password: string

  constructor(fields: Fields, password: string) {
    this.hosts = fields.hosts
    this.user = fields.user
    this.database = fields.database
    this.tls = fields.tls
    this.target = fields.target
    this.applicationName = fields.applicationName
    this.options = fields.options
    this.connectTimeout = fields.connectTimeout
    this.#password = password
  }

  /** Empty if there is none. A getter of the class, which neither JSON nor `console.log` shows. */
  get password(): string {
    return this.#password
  }

  /** The database for a sentence or a log line: `custos at db.example:5432`. */
  toString(): string {
    return `${this.database} at ${this.hosts.map(({ host, port }) => `${host}:${port}`).join(', ')}`
  }
}
