import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { parsePostgresUrl } from '../../../src/archive/postgres/address/parse-url.ts'
import { archiveBefore } from '../../support/archive/archive-before.ts'
import {
  emptyAddress,
  execute,
  fillEveryTable,
  fillGuild,
  GUILD,
  moveTo,
  openAt,
  sqliteAddress,
  sqliteWith,
} from '../../support/archive/moving.ts'
import { asKilled } from '../../support/archive/traces.ts'
import { postgresDatabase } from '../../support/postgres/postgres-database.ts'
import { createDatabase } from '../../support/postgres/test-databases.ts'

const STOPPED = new Error('stopped')

/** Begins a move, and stops it when everything is copied. */
async function beginMove(
  from: Parameters<typeof moveTo>[0],
  to: Parameters<typeof moveTo>[1],
): Promise<void> {
  const stopping = new AbortController()
  const stopped = moveTo(from, to, {
    signal: stopping.signal,
    onProgress: ({ step }) => {
      if (step === 'verifying') stopping.abort(STOPPED)
    },
  })
  await expect(stopped).rejects.toBe(STOPPED)
}

test('a move whose target was changed meanwhile says in which guild and on which day, and Custos does not open it', async () => {
  const [from, to] = [await sqliteWith(30), await emptyAddress()]
  await beginMove(from, to)
  await execute(to, `DELETE FROM entry WHERE id = (SELECT min(id) FROM entry)`)
  await execute(to, `UPDATE name SET name = 'another' WHERE id = 1`)
  await execute(to, `UPDATE daily SET units = units + 1 WHERE executor = 102`)
  const rows = /^daily of guild 700: \d+ rows in both, but what they say differs$/
  expect(await moveTo(from, to)).toEqual({
    type: 'different',
    differences: [
      expect.stringMatching(rows),
      'entry of guild 700 on 2026-11-20: 24 rows in the source, 23 rows in the target',
    ],
  })
  await expect(openAt(to)).rejects.toThrow('is not finished')
})

test('a move refuses a target that has an archive, another move, or what a Custos is using', async () => {
  const [from, to] = [await sqliteWith(5), await emptyAddress()]
  const running = await openAt(to)
  await expect(moveTo(from, to)).rejects.toThrow(/ is in use by (a|another) Custos\. Stop that one first/)
  await fillGuild(running, GUILD, 1)
  await running.close()
  await expect(moveTo(from, to)).rejects.toThrow(
    /^There is an archive in .* already\. Move to one that is empty\.$/,
  )
  const other = await emptyAddress()
  await beginMove(from, other)
  await expect(moveTo(await sqliteWith(5), other)).rejects.toThrow(
    `that is not finished is one of ${from.path}. Move that, or remove `,
  )
  await expect(moveTo(other, await emptyAddress())).rejects.toThrow('is not finished')
})

test('a move refuses a source that is missing, in memory, in use, of an earlier version, or the target itself', async () => {
  const to = await emptyAddress()
  const missing = sqliteAddress()
  await expect(moveTo(missing, to)).rejects.toThrow(`There is no archive ${missing.path} to move.`)
  await expect(moveTo(sqliteAddress(':memory:'), to)).rejects.toThrow('there is nothing to move')
  const older = sqliteAddress(await archiveBefore('0009-present-targets', []))
  await expect(moveTo(older, to)).rejects.toThrow('was last opened by an earlier version. Start this version')
  const own = await emptyAddress()
  const running = await openAt(own)
  await expect(moveTo(own, to)).rejects.toThrow(/ is in use by (a|another) Custos\. Stop that one first/)
  await fillGuild(running, GUILD, 5)
  await running.close()
  await expect(moveTo(own, own)).rejects.toThrow('The source and the target are the same archive.')
  expect(await moveTo(own, to)).toMatchObject({ type: 'same' })
})

test('a move leaves its source as it was, with what a killed process left in the write-ahead log', async () => {
  const path = sqliteAddress().path
  const running = await openAt(sqliteAddress(path))
  await fillEveryTable(running, [])
  const from = sqliteAddress(asKilled(path))
  await running.close()
  const before = filesOf(from.path)
  expect(before.get('custos.db-wal')?.length).toBeGreaterThan(0)
  expect(await moveTo(from, await emptyAddress())).toMatchObject({ type: 'same', contents: { entries: 9 } })
  const after = filesOf(from.path)
  for (const [name, bytes] of before) expect(after.get(name)?.equals(bytes), name).toBe(true)

  const closed = await sqliteWith(3)
  const files = filesOf(closed.path)
  await moveTo(closed, await emptyAddress())
  expect(filesOf(closed.path)).toEqual(files)
})

function filesOf(path: string): Map<string, Buffer> {
  const folder = dirname(path)
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
}

test.runIf(inject('postgres'))(
  'a database without tables can be moved to, and one with tables of another program cannot',
  async () => {
    const from = await sqliteWith(5)
    const server = inject('postgres')
    if (!server) throw new Error('The project postgres has a server.')
    const { url, drop } = await createDatabase(server.url)
    onTestFinished(drop)
    const to = parsePostgresUrl(url, 'the database')
    await execute(to, 'CREATE TABLE inventory (id integer)')
    await expect(moveTo(from, to)).rejects.toThrow(
      /^There are tables of another program in the database custos_test_/,
    )
    await execute(to, 'DROP TABLE inventory')
    expect(await moveTo(from, to)).toMatchObject({ type: 'same' })
  },
)

test.runIf(inject('postgres'))(
  'a move says what to correct in the address of a server that does not let it in',
  async () => {
    const from = await sqliteWith(1)
    const [wrong, missing] = [new URL(await postgresDatabase()), new URL(await postgresDatabase())]
    wrong.password = 'wrong'
    missing.pathname = '/nowhere'
    const moveThere = ({ href }: URL) => moveTo(from, parsePostgresUrl(href, 'TO'))
    await expect(moveThere(wrong)).rejects.toThrow(
      `Check the password of the user ${wrong.username} in its address.`,
    )
    await expect(moveThere(missing)).rejects.toThrow(
      'Create it, or correct its address: CREATE DATABASE "nowhere"',
    )
    await expect(moveThere(new URL('postgres://custos@127.0.0.1:1/custos'))).rejects.toThrow(
      'ECONNREFUSED 127.0.0.1:1. Check that the server runs there, and that its address is right.',
    )
  },
)
