import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { dump } from '../../../src/archive/postgres/dump.ts'
import { OperatorError } from '../../../src/core/errors.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'

const ADDRESS = parsePostgresUrl('postgres://custos:secret@db.example/custos', 'DATABASE_URL')

/** A folder with a program named pg_dump, which no package of npm brings. `FILE` in it is the file to write. */
function withPgDump(script: string) {
  const folder = dirname(archiveFile())
  const program = `#!/bin/sh\n${script.replace('FILE', '"$(echo "$3" | cut -d = -f 2)"')}\n`
  writeFileSync(join(folder, 'pg_dump'), program, { mode: 0o755 })
  const path = join(folder, 'copy.dump')
  return {
    path,
    env: { PATH: `${folder}:${process.env.PATH}`, HOME: folder },
    names: () => readdirSync(folder),
  }
}

describe('a dump', () => {
  test('is written by pg_dump, which gets the password where nobody sees it', async () => {
    const { path, env } = withPgDump('echo "$1 $2 $4 $PGPASSWORD $DISCORD_TOKEN" > FILE')
    const { bytes } = await dump(ADDRESS, path, env)
    expect(readFileSync(path, 'utf8')).toBe(
      '--format=custom --no-password postgresql://custos@db.example:5432/custos?sslmode=prefer secret \n',
    )
    expect(statSync(path)).toMatchObject({ size: bytes })
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('leaves nothing behind if pg_dump fails', async () => {
    const { path, env, names } = withPgDump('echo half > FILE; exit 1')
    await expect(dump(ADDRESS, path, env)).rejects.toThrow(
      new OperatorError('pg_dump failed. It says why above.'),
    )
    expect(names()).toEqual(['pg_dump'])
  })

  test('says what to install if there is no pg_dump', async () => {
    const { path, env } = withPgDump('')
    await expect(dump(ADDRESS, path, { ...env, PATH: '/nowhere' })).rejects.toThrow(
      /^pg_dump was not found\. Install/,
    )
  })

  test('does not replace a file', async () => {
    const { path, env } = withPgDump('echo new > FILE')
    writeFileSync(path, 'old')
    await expect(dump(ADDRESS, path, env)).rejects.toThrow(`The copy ${path} could not be written: `)
    expect(readFileSync(path, 'utf8')).toBe('old')
  })
})
