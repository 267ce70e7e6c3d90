import { Client, Events, type Interaction } from 'discord.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInteraction } from '../../../src/discord/gateway/interaction.ts'
import type { Payload } from '../../../src/discord/gateway/payload.ts'
import { emitInteraction } from '../../support/emit-interaction.ts'

const whole = {
  id: '1564393200418818188',
  application_id: '2',
  type: 2,
  token: 'a-token',
  version: 1,
  guild_id: '1564237482688512200',
  channel: { id: '3', type: 0 },
  member: { user: { id: '4', username: 'ada' }, roles: ['5'], permissions: '136', flags: 0 },
  app_permissions: '1024',
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
  data: { custom_id: 'page', component_type: 3, values: ['8'] },
}

const line = { type: 4, id: 2, custom_id: 'text', value: '2 weeks ago' }
const modal = {
  ...whole,
  type: 5,
  message: { id: '9', channel_id: '3' },
  data: { custom_id: 'goto', components: [{ type: 18, id: 1, component: line }] },
}

/** The object that discord.js builds from a parsed interaction; undefined if it is rejected. */
function built(payload: Payload): Interaction | undefined {
  const parsed = parseInteraction(payload)
  if ('rejected' in parsed) return undefined
  const client = new Client({ intents: [] })
  let made: Interaction | undefined
  client.on(Events.InteractionCreate, (interaction) => {
    made = interaction
  })
  emitInteraction(client, parsed.forClient)
  return made
}

describe('discord.js builds all that a reply needs', () => {
  test('of the roles that a command names, whether each is mentionable, whatever else they are', () => {
    const mentionable = (roles: unknown) => {
      const made = built({ ...whole, data: { ...whole.data, resolved: { roles } } })
      if (!made?.isChatInputCommand()) throw new Error('It is not a command.')
      return [...(made.options.resolved?.roles ?? [])].map(([id, role]) => [id, role?.mentionable])
    }
    const odd = { 9: { mentionable: 'yes' }, here: { mentionable: true }, 10: null, constructor: {} }
    expect(mentionable({ 7: { id: '8', mentionable: true }, 8: { mentionable: false }, ...odd })).toEqual([
      ['7', true],
      ['8', false],
      ['9', false],
    ])
    for (const roles of [null, [], 'all', 7]) expect(mentionable(roles)).toEqual([])
  })

  test('of a command', () => {
    const made = built(whole)
    if (!made?.isChatInputCommand()) throw new Error('It is not a command.')
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
    expect(made.appPermissions.bitfield).toBe(1024n)
    expect(made.inGuild()).toBe(true)
    expect(made.options.data).toEqual([
      { name: 'user', type: 1, options: [{ name: 'user', type: 6, value: '7' }] },
    ])
  })

  test.each([
    [['5', 'odd', null, 6], ['5']],
    [undefined, []],
    ['5', []],
  ])('of the member’s roles, if Discord sends %j', (roles, expected) => {
    const made = built({ ...whole, member: { ...whole.member, roles } })
    expect(made?.member?.roles).toEqual(expected)
  })

  test('of an option that is being typed', () => {
    const made = built({ ...whole, type: 4 })
    if (!made?.isAutocomplete()) throw new Error('It is not an autocomplete.')
    expect(made.options.getFocused(true)).toMatchObject({ name: 'user', value: '7' })
  })

  test('of a menu, whatever its target is', () => {
    for (const [target_id, targetId] of [
      ['9', '9'],
      ['everyone', 'everyone'],
      [null, ''],
    ]) {
      const made = built({
        ...whole,
        data: { id: '6', name: 'History', type: 2, target_id, resolved: null },
      })
      if (!made?.isContextMenuCommand()) throw new Error('It is not a menu.')
      expect(made.targetId).toBe(targetId)
    }
  })

  test('of the menu of a message: the channel of the message, else where it was used', () => {
    const used = (messages: unknown, elsewhere: object = {}) => {
      const data = { id: '6', name: 'Since', type: 3, target_id: '9', resolved: { messages } }
      return built({ ...whole, ...elsewhere, data })?.channelId
    }
    expect(used({ 9: { channel_id: '8' } })).toBe('8')
    expect(used({ 9: { channel_id: 'general' } }, { channel_id: '5' })).toBe('5')
    expect(used({ 10: { channel_id: '8' } })).toBe('3')
    expect(used(null, { channel: null })).toBeNull()
  })

  test('of a component', () => {
    const made = built(component)
    if (!made?.isStringSelectMenu()) throw new Error('It is not a menu.')
    expect([made.customId, made.values]).toEqual(['page', ['8']])
  })
})

describe('discord.js builds a modal', () => {
  test.each([
    ['in a label', [{ type: 18, id: 1, component: line }]],
    ['in an action row', [{ type: 1, id: 1, components: [line] }]],
    ['among parts that are not text', [null, 'text', { type: 10, id: 1 }, { type: 18, component: line }]],
    [
      'beside values that are not text',
      [
        { type: 18, component: { type: 3, custom_id: 'menu', values: ['8'] } },
        { type: 1, components: [null, line] },
      ],
    ],
  ])('with the text that was typed %s', (_, components) => {
    const made = built({ ...modal, data: { custom_id: 'goto', components } })
    if (!made?.isModalSubmit()) throw new Error('It is not a modal.')
    expect([made.customId, made.message?.id]).toEqual(['goto', '9'])
    expect(made.fields.fields.map((field) => field)).toEqual([
      expect.objectContaining({ customId: 'text', value: '2 weeks ago' }),
    ])
  })

  test.each([
    ['data', null],
    ['data', { custom_id: null, components: [] }],
    ['data', { custom_id: 'goto', components: null }],
    ['data', { custom_id: 'goto', components: [{ type: 18, component: null }] }],
    ['data', { custom_id: 'goto', components: [{ type: 1, components: [{ type: 4, value: 5 }] }] }],
    ['data', { ...modal.data, resolved: { users: { 7: null } } }],
    ['message', null],
    ['message', { id: {}, flags: 'many' }],
  ])('without text from an odd %s, and throws nothing', (key, value) => {
    expect(built({ ...modal, [key]: value })?.isModalSubmit()).toBe(true)
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
])('an invalid %s does not prevent an answer', (key, value) => {
  expect(built({ ...whole, [key]: value })).toBeDefined()
})

test.each([
  ['a command without data', { data: null }],
  ['a command without a name', { data: { type: 1 } }],
])('%s becomes an unknown command', (_, more) => {
  const made = built({ ...whole, ...more })
  expect(made?.isChatInputCommand() && made.commandName).toBe('')
})

test.each([
  ['without an id', { id: null }, 'it has no id'],
  ['without a token', { token: '' }, 'it has no token'],
  ['without a member', { member: null }, 'it has no member'],
  ['of a member without an id', { member: { user: {} } }, 'it has no member'],
  ['of an unknown type', { type: 99 }, 'its type is unknown'],
])('an interaction %s is rejected', (_, more, rejected) => {
  expect(parseInteraction({ ...whole, ...more })).toEqual({ rejected })
})

test('any payload is built or rejected, and nothing is thrown', () => {
  const anyPart = fc.constantFrom(...Object.keys(whole), 'message')
  const anyWhole = fc.constantFrom<Payload>(whole, component, modal)
  fc.assert(
    fc.property(anyWhole, anyPart, fc.jsonValue(), (base, key, value) => {
      built({ ...base, [key]: value })
    }),
  )
})
