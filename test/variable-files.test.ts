import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readArchiveAddress, readConfig } from '../src/config.ts'
import { OperatorError } from '../src/core/errors.ts'
import { readVariableFiles } from '../src/variable-files.ts'

const failure = (...sentences: string[]) =>
  new OperatorError(['Custos cannot start with this configuration:', ...sentences].join('\n  '))

describe('a variable whose value is in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'custos-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const token = file('token', 'a.token\n')
  const database = file('database', 'postgres://custos:secret@localhost/custos\r\n')
  const empty = file('empty', ' \n')
  const missing = '/nowhere/token'

  test('has the value without the line break at its end', () => {
    const config = readConfig({ DISCORD_TOKEN_FILE: token, DATABASE_URL_FILE: database })
    expect(config.token).toBe('a.token')
    expect(String(config.archive)).toContain('localhost')
  })

  test('is found where only the archive is needed', () => {
    expect(readArchiveAddress({ DATABASE_URL_FILE: database }).type).toBe('postgres')
  })

  test('is not added to the environment, which child processes inherit', () => {
    const env = { DISCORD_TOKEN_FILE: token }
    expect(readVariableFiles(env).variables.DISCORD_TOKEN).toBe('a.token')
    expect(env).toEqual({ DISCORD_TOKEN_FILE: token })
  })

  test('may be set to nothing, as in a copied .env.example', () => {
    expect(readConfig({ DISCORD_TOKEN: 'a.token', DISCORD_TOKEN_FILE: '' }).token).toBe('a.token')
  })

  test('cannot be set itself, too', () => {
    expect(() => readConfig({ DISCORD_TOKEN: 'a.token', DISCORD_TOKEN_FILE: token })).toThrow(
      failure('Set DISCORD_TOKEN or DISCORD_TOKEN_FILE, not both.'),
    )
  })

  test('needs a file that is there and not empty, and every problem is named at once', () => {
    const env = { DISCORD_TOKEN_FILE: missing, DATABASE_URL_FILE: empty, SWEEP_HOURS: '0' }
    expect(() => readConfig(env)).toThrow(
      failure(
        'DISCORD_TOKEN_FILE should be the path of a file, but there is no /nowhere/token.',
        `The file ${empty}, which DATABASE_URL_FILE names, is empty.`,
        'SWEEP_HOURS should be a whole number from 1 to 168, such as 24.',
      ),
    )
  })
})
