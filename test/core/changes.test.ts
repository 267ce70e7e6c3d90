import { expect, test } from 'vitest'
import { changesOf, extrasOf } from '../../src/core/changes.ts'
import { entryOf } from '../support/entries.ts'

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'the key %s, which every object has, is one that is not known like any other',
  (key) => {
    const changes = [{ key, old_value: 'a', new_value: 'b' }]
    const options = JSON.parse(`{"${key}":"c"}`)
    const entry = entryOf('1', { id: '9', action_type: 1, changes, options })
    const label = { is: 'text', text: key }
    expect(changesOf(entry)).toMatchObject([{ label }])
    expect(extrasOf(entry)).toMatchObject([{ label }])
  },
)
