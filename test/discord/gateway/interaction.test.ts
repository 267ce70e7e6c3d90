import { Client, Events, type Interaction } from 'discord.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readInteraction } from '../../../src/discord/gateway/interaction.ts'

const whole = {
  id: '1564393200418818188',
  application_id: '2',
  type: 2,
  token: 'a-token',
  version: 1,
  guild_id: '1564237482688512200',
  channel: { id: '3', type: 0 },
  member: { user: { id: '4', username: 'ada' }, roles: ['5'], permissions: '136', flags: 0 },
  app_permissions: '0',
  entitlements: [],
  authorizing_integration_owners: {},
  attachment_size_limit: 1000,
  data: {
    id: '6',
    name: 'audit',
    type: 1,
    options: [{ name: 'user', type: 1, options: [{ name: 'user', type: 6, value: '7', focused: true }] }],
    resolved: { users: { 7: null }, members: { 7: { flags: null } } },
  },
}

const component = {
  ...whole,
  type: 3,
  message: null,
  data: { custom_id: 'turn', component_type: 3, values: ['8'] },
}

/** What discord.js makes of what is left of an interaction; undefined where nothing is. */
function madeOf(sent: Readonly<Record<string, unknown>>): Interaction | undefined {
  const read = readInteraction(sent)
  if ('refused' in read) return undefined
  const client = new Client({ intents: [] })
  let made: Interaction | undefined
  client.on(Events.InteractionCreate, (interaction) => {
    made = interaction
  })
  const actions: unknown = Reflect.get(client, 'actions')
  const action: unknown =
    typeof actions === 'object' && actions !== null && Reflect.get(actions, 'InteractionCreate')
  if (typeof action !== 'object' || action === null)
    throw new Error('discord.js makes interactions elsewhere.')
  Reflect.apply(Reflect.get(action, 'handle'), action, [read.forClient])
  return made
}

describe('discord.js makes all of it that an answer is made from', () => {
  test('of a command', () => {
    const made = madeOf(whole)
    if (!made?.isChatInputCommand()) throw new Error('It is no command.')
    const { applicationId, attachmentSizeLimit, commandName, guildId, memberPermissions, token, user } = made
    expect([applicationId, attachmentSizeLimit, commandName, guildId, token, user.id]).toEqual([
      '2',
      1000,
      'audit',
      whole.guild_id,
      'a-token',
      '4',
    ])
    expect(memberPermissions?.bitfield).toBe(136n)
    expect(made.inGuild()).toBe(true)
    expect(made.options.data).toEqual([
      { name: 'user', type: 1, options: [{ name: 'user', type: 6, value: '7' }] },
    ])
  })

  test('of an option that is being typed', () => {
    const made = madeOf({ ...whole, type: 4 })
    if (!made?.isAutocomplete()) throw new Error('It is no autocomplete.')
    expect(made.options.getFocused(true)).toMatchObject({ name: 'user', value: '7' })
  })

  test('of a menu, whatever its target is', () => {
    for (const [target_id, targetId] of [
      ['9', '9'],
      ['everyone', 'everyone'],
      [null, ''],
    ]) {
      const made = madeOf({
        ...whole,
        data: { id: '6', name: 'History', type: 2, target_id, resolved: null },
      })
      if (!made?.isContextMenuCommand()) throw new Error('It is no menu.')
      expect(made.targetId).toBe(targetId)
    }
  })

  test('of a component', () => {
    const made = madeOf(component)
    if (!made?.isStringSelectMenu()) throw new Error('It is no menu.')
    expect([made.customId, made.values]).toEqual(['turn', ['8']])
  })
})

test.each([
  ['entitlements', null],
  ['authorizing_integration_owners', null],
  ['app_permissions', 'all'],
  ['channel', { type: 'text' }],
  ['attachment_size_limit', -1],
  ['version', null],
  ['member', { user: { id: '4' }, roles: null, flags: null, permissions: null }],
  ['data', { ...whole.data, resolved: { roles: { 7: { permissions: null } } } }],
  ['data', { ...whole.data, options: [null, { name: 'recent', type: 1, options: null }] }],
])('an odd %s keeps nobody from an answer', (key, value) => {
  expect(madeOf({ ...whole, [key]: value })).toBeDefined()
})

test.each([
  ['a command without data', { data: null }],
  ['a command without a name', { data: { type: 1 } }],
  ['a modal', { type: 5, data: { custom_id: 'turn', components: [] } }],
])('%s is a command that nobody knows', (_, more) => {
  const made = madeOf({ ...whole, ...more })
  expect(made?.isChatInputCommand() && made.commandName).toBe('')
})

test.each([
  ['without an id', { id: null }, 'it has no usable id'],
  ['without a token', { token: '' }, 'it has no token'],
  ['without a member', { member: null }, 'it names no member'],
  ['of a member without an id', { member: { user: {} } }, 'it names no member'],
  ['of an unknown type', { type: 99 }, 'it is of a type that Custos does not know'],
])('an interaction %s cannot be answered', (_, more, refused) => {
  expect(readInteraction({ ...whole, ...more })).toEqual({ refused })
})

test('whatever is sent is made or refused, never thrown at', () => {
  const anyPart = fc.constantFrom(...Object.keys(whole), 'message')
  fc.assert(
    fc.property(fc.constantFrom(whole, component), anyPart, fc.jsonValue(), (base, key, value) => {
      madeOf({ ...base, [key]: value })
    }),
  )
})
