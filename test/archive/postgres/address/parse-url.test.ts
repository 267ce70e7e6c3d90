import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { parsePostgresUrl } from '../../../../src/archive/postgres/address/parse-url.ts'
import { OperatorError } from '../../../../src/core/errors.ts'

const parse = (url: string) => parsePostgresUrl(url, 'DATABASE_URL')

const DEFAULTS = {
  type: 'postgres',
  hosts: [{ host: 'db.example', port: 5432 }],
  user: 'custos',
  database: 'audit',
  tls: {
    mode: 'prefer',
    rootCertificate: undefined,
    client: undefined,
    channelBinding: 'prefer',
    negotiation: 'postgres',
  },
  target: 'any',
  applicationName: 'custos',
  options: '',
  connectTimeout: 5000,
}
const { tls } = DEFAULTS

describe('the address of a PostgreSQL database', () => {
  test.each([
    ['postgres://custos@db.example/audit', {}],
    ['postgresql://custos@db.example:5432/audit?', {}],
    ['postgres://custos@db.example:6432/audit', { hosts: [{ host: 'db.example', port: 6432 }] }],
    ['postgres://custos@[::1]:6432/audit', { hosts: [{ host: '::1', port: 6432 }] }],
    ['postgres://my%20bot@db.example/caf%C3%A9', { user: 'my bot', database: 'café' }],
    ['postgres://custos@/audit?host=/run/postgresql', { hosts: [{ host: '/run/postgresql', port: 5432 }] }],
    ['postgres://custos@%2Frun%2Fpostgresql:1/audit', { hosts: [{ host: '/run/postgresql', port: 1 }] }],
    ['postgres:///?host=db.example&user=custos&dbname=audit', {}],
    [
      'postgres://custos@one.example,two.example:6432/audit?target_session_attrs=read-write',
      {
        hosts: [
          { host: 'one.example', port: 5432 },
          { host: 'two.example', port: 6432 },
        ],
        target: 'read-write',
      },
    ],
    [
      'postgres://custos@/audit?host=one.example,two.example&port=6432',
      {
        hosts: [
          { host: 'one.example', port: 6432 },
          { host: 'two.example', port: 6432 },
        ],
      },
    ],
    ['postgres://custos@db.example/audit?sslmode=require', { tls: { ...tls, mode: 'require' } }],
    ['postgres://custos@db.example/audit?ssl=true', { tls: { ...tls, mode: 'require' } }],
    [
      'postgres://custos@db.example/audit?sslmode=verify-ca&sslrootcert=/etc/ca.pem',
      { tls: { ...tls, mode: 'verify-ca', rootCertificate: '/etc/ca.pem' } },
    ],
    [
      'postgres://custos@db.example/audit?sslrootcert=system',
      { tls: { ...tls, mode: 'verify-full', rootCertificate: 'system' } },
    ],
    [
      'postgres://custos@db.example/audit?sslcert=me.pem&sslkey=me.key',
      { tls: { ...tls, client: { certificate: 'me.pem', key: 'me.key' } } },
    ],
    [
      'postgres://custos@db.example/audit?sslmode=require&channel_binding=require&sslnegotiation=direct',
      { tls: { ...tls, mode: 'require', channelBinding: 'require', negotiation: 'direct' } },
    ],
    [
      'postgres://custos@db.example/audit?application_name=bot&connect_timeout=9&options=-c%20work_mem=8MB&gssencmode=disable',
      { applicationName: 'bot', connectTimeout: 9000, options: '-c work_mem=8MB' },
    ],
  ])('%s is understood', (url, change) => {
    expect({ ...parse(url) }).toEqual({ ...DEFAULTS, ...change })
  })

  test.each([
    ['postgres://custos:s%40cr%2Ft@db.example/audit', 's@cr/t'],
    ['postgres://custos:a:b#c?d&e@db.example/audit', 'a:b#c?d&e'],
    ['postgres://custos@db.example/audit?password=s%26t', 's&t'],
    ['postgres://custos@db.example/audit', ''],
  ])('%s has the password that it says', (url, password) => {
    expect(parse(url).password).toBe(password)
  })

  test('shows its password nowhere', () => {
    const address = parse('postgres://custos:hidden@db.example/audit')
    const shown = [
      JSON.stringify({ address }),
      inspect({ address }, { showHidden: true, depth: 9 }),
      `${address}`,
    ]
    expect(shown.filter((text) => text.includes('hidden'))).toEqual([])
    expect(`${address}`).toBe('audit at db.example:5432')
  })
})

describe('an address that cannot be used', () => {
  const ENCODE =
    'In its user, password and parameters, every character but letters, digits and -._~ has to be percent-encoded, ' +
    'such as %40 for @ and %2F for /.'

  test.each([
    ['postgres://db.example/audit', 'It has no user.'],
    ['postgres://custos:hidden@db.example', 'It has no database after the host.'],
    [
      'postgres://custos:hidden@/audit',
      'It has no host. For a Unix socket, set host=/the/folder/of/the/socket.',
    ],
    ['postgres:custos', ENCODE],
    ['postgres://custos:hid@den@db.example/audit', ENCODE],
    ['postgres://custos:hid/den?word=1@db.example/audit', ENCODE],
    ['postgres://custos@db.example/audit?password=x&hidden', `It has an unknown parameter. ${ENCODE}`],
    ['postgres://custos:hid%den@db.example/audit', ENCODE],
    ['postgres://custos:hid%00den@db.example/audit', ENCODE],
    ['postgres://custos:hid den@db.example/audit', 'It has a space or an invisible character.'],
    ['postgres://custos@db.example:70000/audit', `Its port should be a number from 1 to 65535. ${ENCODE}`],
    [
      'postgres://custos@db.example/audit?sslmode=no-verify',
      'Its sslmode should be one of disable, allow, prefer, require, verify-ca, verify-full.',
    ],
    [
      'postgres://custos@db.example/audit?sslmode=verify-ca',
      'With sslmode=verify-ca, it should have the file of a certificate as its sslrootcert.',
    ],
    [
      'postgres://custos@db.example/audit?sslmode=require&sslrootcert=system',
      'With sslrootcert=system, its sslmode should be verify-full.',
    ],
    ['postgres://custos@db.example/audit?sslcert=me.pem', 'It should have both sslcert and sslkey.'],
    [
      'postgres://custos@db.example/audit?sslnegotiation=direct',
      'With sslnegotiation=direct, its sslmode should be require, verify-ca or verify-full.',
    ],
    [
      'postgres://custos@db.example/audit?target_session_attrs=standby',
      'Its target_session_attrs should be any, read-write or primary, since Custos has to write.',
    ],
    [
      'postgres://custos@db.example/audit?connect_timeout=0',
      'Its connect_timeout should be a whole number of seconds from 1 to 60.',
    ],
    [
      'postgres://custos@db.example/audit?pgbouncer=true',
      'Custos does not support its parameter pgbouncer. It supports host, port, user, password, dbname, sslmode, ssl, ' +
        'sslrootcert, sslcert, sslkey, sslnegotiation, channel_binding, gssencmode, target_session_attrs, ' +
        'application_name, options, connect_timeout.',
    ],
  ])('%s is rejected with a sentence that does not repeat it', (url, problem) => {
    const form =
      'DATABASE_URL should be an address such as postgres://user:password@host:5432/custos?sslmode=require.'
    expect(() => parse(url)).toThrow(new OperatorError(`${form} ${problem}`))
  })
})
