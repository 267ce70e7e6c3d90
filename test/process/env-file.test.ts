import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { OperatorError } from '../../src/core/errors.ts'
import { readEnvFile } from '../../src/process/env-file.ts'

const TEXT = 'DISCORD_TOKEN=a.token\r\nLOG_LEVEL="debug" # as usual\r\n'

describe('a .env file', () => {
  test.each([
    ['in UTF-8', Buffer.from(TEXT)],
    ['in UTF-8 with a byte order mark, as Windows writes it', Buffer.from(`\ufeff${TEXT}`)],
  ])('%s sets variables that are not set', (_, bytes) => {
    expect(read(bytes, { LOG_LEVEL: 'warn' })).toEqual({ DISCORD_TOKEN: 'a.token', LOG_LEVEL: 'warn' })
  })

  test('that is missing sets nothing', () => {
    const env = {}
    readEnvFile(join(folder(), '.env'), env)
    expect(env).toEqual({})
  })

  test.each([
    ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16 without a byte order mark', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
    ['UTF-16 with a token that is not Latin', Buffer.from('\ufeffDISCORD_TOKEN=Ж', 'utf16le')],
  ])('in %s is rejected with a sentence about its encoding', (_, bytes) => {
    expect(() => read(bytes)).toThrow(
      /^The file \S+ is in UTF-16 or another wide encoding\. Save it as UTF-8\.$/,
    )
  })

  test('in another encoding is rejected with a sentence about it', () => {
    const bytes = Buffer.from('# Schlüssel\nDISCORD_TOKEN=a.token', 'latin1')
    expect(() => read(bytes)).toThrow(/^The file \S+ is not UTF-8 text\. Save it as UTF-8\.$/)
  })

  test('that is a folder, which Docker creates for a missing file, is rejected with a sentence', () => {
    const path = join(folder(), '.env')
    mkdirSync(path)
    expect(() => readEnvFile(path, {})).toThrow(
      new OperatorError(
        `The file ${path} cannot be read (EISDIR). It is a folder, which Docker creates if a file to mount is ` +
          'missing. Put the file in its place.',
      ),
    )
  })
})

function read(bytes: Buffer, env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const path = join(folder(), '.env')
  writeFileSync(path, bytes)
  readEnvFile(path, env)
  return env
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'custos-env-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}
