import { expect, test } from 'vitest'
import { Names } from '../../../src/core/names/names.ts'
import { namedEntity } from '../../support/entries/names.ts'

const GUILD = '900000000000000000'
const names = new Names(GUILD, [
  namedEntity('1', 'user', 'ann'),
  namedEntity('2', 'bot', 'sweeper'),
  namedEntity('3', 'role', 'Helpers'),
  namedEntity('3', 'channel', 'general'),
])

test('an entity is found by its id and class, or by an id that nothing else has', () => {
  expect(names.find('1')?.name).toBe('ann')
  expect(names.find('3', 'channel')?.name).toBe('general')
  expect(names.find('3')).toBeUndefined()
  expect(names.find('1', 'role')).toBeUndefined()
  expect(names.find('4')).toBeUndefined()
})

test('the commands of a bot are found by its id', () => {
  expect(names.find('2', 'command')?.name).toBe('sweeper')
})
