import { expect, test } from 'vitest'
import { parseEntry } from '../../../src/core/audit-log/entry.ts'
import { nameOfTarget, namesInEntry } from '../../../src/core/names/names-in-entry.ts'

const GUILD = '900000000000000000'
const ID = '1500000000000000000'
const [TARGET, ROLE] = ['200000000000000000', '400000000000000000']

test.each<[what: string, payload: object, names: object[]]>([
  [
    'a role that is made',
    { action_type: 30, target_id: TARGET, changes: [{ key: 'name', new_value: 'Helpers' }] },
    [{ id: TARGET, type: 'role', name: 'Helpers', presence: 'present' }],
  ],
  [
    'a channel that is renamed',
    { action_type: 11, target_id: TARGET, changes: [{ key: 'name', old_value: 'old', new_value: 'new' }] },
    [{ id: TARGET, type: 'channel', name: 'new', presence: 'present' }],
  ],
  [
    'a thread that is deleted',
    { action_type: 112, target_id: TARGET, changes: [{ key: 'name', old_value: 'Plans' }] },
    [{ id: TARGET, type: 'thread', name: 'Plans', presence: 'gone' }],
  ],
  [
    'a role that is deleted without a name',
    { action_type: 32, target_id: TARGET },
    [{ id: TARGET, type: 'role', name: null, presence: 'gone' }],
  ],
  [
    'a member who is banned',
    { action_type: 22, target_id: TARGET },
    [{ id: TARGET, type: 'user', name: null, presence: 'gone' }],
  ],
  [
    'a member who is renamed',
    { action_type: 24, target_id: TARGET, changes: [{ key: 'nick', new_value: 'Bob' }] },
    [],
  ],
  [
    'roles that are given',
    {
      action_type: 25,
      target_id: TARGET,
      changes: [{ key: '$add', new_value: [{ id: ROLE, name: 'Muted' }, {}] }],
    },
    [{ id: ROLE, type: 'role', name: 'Muted', presence: 'present' }],
  ],
  [
    'the role of an overwrite',
    { action_type: 14, target_id: TARGET, options: { id: ROLE, type: '0', role_name: 'Muted' } },
    [{ id: ROLE, type: 'role', name: 'Muted', presence: 'present' }],
  ],
  [
    'not the role @everyone',
    { action_type: 14, target_id: TARGET, options: { id: GUILD, type: '0', role_name: '@everyone' } },
    [],
  ],
  [
    'the tags of a forum',
    {
      action_type: 11,
      target_id: TARGET,
      changes: [{ key: 'available_tags', new_value: [{ id: ROLE, name: 'Bug' }] }],
    },
    [{ id: ROLE, type: 'tag', name: 'Bug', presence: 'present' }],
  ],
  [
    'an AutoMod rule',
    { action_type: 140, target_id: TARGET, changes: [{ key: 'name', new_value: 'No scams' }] },
    [{ id: TARGET, type: 'rule', name: 'No scams', presence: 'present' }],
  ],
  [
    'the topic of a stage, which is its name',
    { action_type: 84, target_id: TARGET, changes: [{ key: 'topic', new_value: 'Poetry' }] },
    [{ id: TARGET, type: 'stage', name: 'Poetry', presence: 'present' }],
  ],
  [
    'an onboarding question by its title',
    { action_type: 164, target_id: TARGET, changes: [{ key: 'title', new_value: 'What do you read?' }] },
    [{ id: TARGET, type: 'question', name: 'What do you read?', presence: 'present' }],
  ],
  [
    'not a topic as the name of a channel',
    { action_type: 11, target_id: TARGET, changes: [{ key: 'topic', new_value: 'A brand new topic' }] },
    [],
  ],
  [
    'the name of a deleted channel, although its topic comes first',
    {
      action_type: 12,
      target_id: TARGET,
      changes: [
        { key: 'topic', old_value: 'A brand new topic' },
        { key: 'name', old_value: 'mod-log' },
      ],
    },
    [{ id: TARGET, type: 'channel', name: 'mod-log', presence: 'gone' }],
  ],
  [
    'no name in a key that is the name of other objects',
    {
      action_type: 31,
      target_id: TARGET,
      changes: ['topic', 'title', 'code', 'nick', 'description'].map((key) => ({ key, new_value: 'x' })),
    },
    [],
  ],
  [
    'no name of an event in a change of one of its dates',
    { action_type: 201, target_id: TARGET, changes: [{ key: 'name', new_value: 'x' }] },
    [],
  ],
  [
    'no name of a channel in a change of its permissions',
    { action_type: 14, target_id: TARGET, changes: [{ key: 'name', new_value: 'x' }] },
    [],
  ],
  [
    'no deleted channel if only its permissions are reset',
    { action_type: 15, target_id: TARGET, changes: [{ key: 'allow', old_value: '1' }] },
    [],
  ],
  ['no deleted message', { action_type: 72, target_id: TARGET, options: { count: '1' } }, []],
  [
    'nothing in an unknown action',
    { action_type: 999, target_id: TARGET, changes: [{ key: 'name', new_value: 'x' }] },
    [],
  ],
])('an entry has %s', (_, payload, names) => {
  const parsed = parseEntry(GUILD, { id: ID, user_id: '1', ...payload })
  if ('rejected' in parsed) throw new Error(parsed.rejected)
  expect(namesInEntry(parsed.entry)).toEqual(names.map((name) => ({ ...name, at: ID })))
})

test.each([
  ['an invite by its code', 40, 'code', 'abc'],
  ['a sound by its name', 130, 'name', 'quack'],
])('the target has a name although it has no id: %s', (_, action_type, key, name) => {
  const parsed = parseEntry(GUILD, { id: ID, action_type, changes: [{ key, new_value: name }] })
  if ('rejected' in parsed) throw new Error(parsed.rejected)
  expect(nameOfTarget(parsed.entry)).toBe(name)
})
