import { expect, test } from 'vitest'
import { exportRow, namedInRow } from '../../../src/core/audit-log/export-row.ts'
import type { NamedEntity } from '../../../src/core/names/named-entity.ts'
import { Names } from '../../../src/core/names/names.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { namedEntity } from '../../support/entries/names.ts'

const GUILD = '900000000000000000'
const ID = '1500000000000000000'

/** The first row of an export, with the names that it asks for. */
function rowOf(payload: object, recorded: readonly NamedEntity[]) {
  const [entry] = entriesOf(GUILD, [{ id: ID, ...payload }])
  if (!entry) throw new Error('The payload is not an entry.')
  const ids = new Set(namedInRow(entry))
  return exportRow(
    entry,
    new Names(
      GUILD,
      recorded.filter(({ id }) => ids.has(id)),
    ),
  )
}

test('a row has the names of the executor, the target and the channel as they are recorded', () => {
  const recorded = [
    namedEntity('7', 'user', '**alice**'),
    namedEntity('8', 'user', ' =bob'),
    namedEntity('9', 'channel', 'general'),
  ]
  const payload = { action_type: 72, user_id: '7', target_id: '8', options: { channel_id: '9', count: '2' } }
  expect(rowOf(payload, recorded)).toMatchObject({
    executor_name: '**alice**',
    target_name: ' =bob',
    channel_name: 'general',
  })
})

test('names that are not recorded are null', () => {
  const payload = { action_type: 72, user_id: '7', target_id: '8', options: { channel_id: '9' } }
  expect(rowOf(payload, [])).toMatchObject({ executor_name: null, target_name: null, channel_name: null })
  expect(rowOf({ action_type: 20 }, [])).toMatchObject({ executor_id: null, executor_name: null })
})

test.each<[what: string, action_type: number, target_id: string, name: string | null]>([
  ['a server', 1, GUILD, 'Books'],
  ['its first channel, which shares its id', 11, GUILD, 'general'],
  ['its role @everyone, which shares its id', 31, GUILD, '@everyone'],
  ['a bot', 28, '3', 'sweeper'],
  ['a thread', 111, '4', 'plans'],
  ['the webhook that wrote a message', 72, '5', 'Relay'],
  ['a webhook', 51, '5', 'Relay'],
  ['a deleted role', 32, '6', 'Helpers'],
  ['the commands of a bot, which share its id', 121, '3', 'sweeper'],
  ['an action that Custos does not know', 999, '6', 'Helpers'],
  ['an action that Custos does not know, with a shared id', 999, GUILD, null],
  ['an id that is not a number', 999, 'an-invite', null],
])('the name of a target has the class of the target: %s', (_, action_type, target_id, name) => {
  const recorded: NamedEntity[] = [
    namedEntity(GUILD, 'guild', 'Books'),
    namedEntity(GUILD, 'channel', 'general'),
    namedEntity(GUILD, 'role', '@everyone'),
    namedEntity('3', 'bot', 'sweeper'),
    namedEntity('4', 'thread', 'plans'),
    namedEntity('5', 'webhook', 'Relay'),
    { ...namedEntity('6', 'role', 'Helpers'), presence: 'gone' },
  ]
  expect(rowOf({ action_type, target_id }, recorded).target_name).toBe(name)
})

test('a row has the member whom a bot acted for', () => {
  const [entry] = entriesOf(GUILD, [{ id: ID, action_type: 22, user_id: '3', target_id: '8' }])
  if (!entry) throw new Error('The payload is not an entry.')
  const names = new Names(GUILD, [])
  expect(exportRow({ ...entry, onBehalfOfId: '7' }, names).on_behalf_of_id).toBe('7')
  expect(exportRow(entry, names).on_behalf_of_id).toBeNull()
})
