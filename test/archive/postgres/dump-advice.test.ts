import { expect, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { dumpAdvice } from '../../../src/archive/postgres/dump-advice.ts'

test('a backup of an archive in PostgreSQL is the command for it, without the password', () => {
  const url =
    'postgres://o%27brien:secret@db.example:5433,[::1]/custos?sslmode=verify-full&sslrootcert=/etc/my%20root.pem'
  const advice = dumpAdvice(parsePostgresUrl(url, 'DATABASE_URL'), "/backups/it's.dump")
  const address =
    "'postgresql://o%27brien@db.example:5433,[::1]:5432/custos?sslmode=verify-full&sslrootcert=%2Fetc%2Fmy%20root.pem'"
  expect(advice.split('\n').slice(1, 4)).toEqual([
    `  pg_dump --format=custom --file='/backups/it'\\''s.dump' ${address}`,
    'To restore it, stop Custos, and into an empty database:',
    `  pg_restore --no-owner --no-comments --exit-on-error --dbname=${address} '/backups/it'\\''s.dump'`,
  ])
  expect(advice).not.toContain('secret')
})
