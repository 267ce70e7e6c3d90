import { ApplicationCommandType, InteractionType as Type } from 'discord-api-types/v10'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ApiError, alreadyAcknowledged, unknown } from '../../../sandbox/rest/errors.ts'
import { apiErrorFault } from '../../../sandbox/rest/faults.ts'
import type { JsonObject } from '../../../sandbox/world/json.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { type Command, subcommand } from '../../../src/command/command.ts'
import { component, requireTyped } from '../../../src/command/component.ts'
import { booleanOption, stringOption } from '../../../src/command/option.ts'
import { ArchiveUnavailable, UserError } from '../../../src/core/errors.ts'
import { openInteractions } from '../../support/open-interactions.ts'
import { textOf } from '../../support/read.ts'

const CALLBACK = /^\/interactions\//
const WEBHOOK = /^\/webhooks\//

const UNKNOWN = 'Custos no longer has this command. Discord shows the current commands within a minute.'

/** A button that says something in a new message, with a custom id of one word. */
const sayButton = component<string>({
  name: 'say',
  mode: 'ephemeral',
  encode: (word) => [word],
  decode: ([word]) => word,
  handle: async (word) => ({ embeds: [{ description: `Said ${word}` }], components: [] }),
})

/** A button that runs another query in place of the message it is on. */
const againButton = component<string>({
  name: 'again',
  mode: 'update',
  encode: (word) => [word],
  decode: ([word]) => word,
  handle: async (reason) => ({
    path: 'audit echo',
    draft: { filter: { reason }, order: 'newest', public: false },
  }),
})

/** A button with a form, which shows what is typed in place of the message it is on. */
const typeButton = component<string>({
  name: 'type',
  mode: 'update',
  form: {
    title: 'Say something',
    label: 'Words',
    description: 'Any words but “nonsense”',
    placeholder: 'hello',
    maxLength: 10,
  },
  encode: (word) => [word],
  decode: ([word]) => word,
  handle: async (word, request) => {
    const typed = requireTyped(request)
    if (typed === 'nonsense') throw new UserError('That is nonsense.')
    return { embeds: [{ description: `${word}: ${typed}` }], components: [] }
  },
})

/** Shows the text it was given, with the buttons under it. */
const echo = subcommand({
  name: 'echo',
  description: 'Show a text',
  options: {
    text: stringOption('The text', { suggests: 'names' }),
    public: booleanOption('Show it to everyone'),
  },
  draft({ text = '', public: isPublic = false }) {
    if (text === 'nonsense') throw new UserError('That is nonsense.')
    return { filter: { reason: text }, order: 'newest', public: isPublic }
  },
  async answer({ query: { filter, askerId } }) {
    if (filter.reason === 'fault') throw new Error('A fault')
    if (filter.reason === 'unreachable' || filter.reason === 'slow')
      throw new ArchiveUnavailable('PostgreSQL: the database system is starting up', filter.reason, '57P03')
    const buttons = [
      { label: 'Say', custom_id: sayButton.toCustomId(askerId, 'hello') },
      { label: 'Again', custom_id: againButton.toCustomId(askerId, 'again') },
      { label: 'Type', custom_id: typeButton.toCustomId(askerId, 'typed') },
      { label: 'Old', custom_id: `before:${askerId}:1` },
    ].map((button) => ({ type: 2, style: 2, ...button }) as const)
    return { embeds: [{ description: `${filter.reason}` }], components: [{ type: 1, components: buttons }] }
  },
})

const commands: readonly Command[] = [
  { name: 'audit', description: 'Echoes', permission: 'ViewAuditLog', subcommands: [echo] },
]

const given = { commands, components: [sayButton, againButton, typeButton] }

/** The tests share one Discord; one that changes more than its own messages opens another. */
const here = await openInteractions(given, afterAll)
const { discord, log, moderator, other } = here

beforeEach(() => {
  log.lines.length = 0
  discord.fault = undefined
})

/** What was logged that an operator should look at. */
function complaints(): string[] {
  return log.lines.filter(({ level }) => level === 'error' || level === 'warn').map(({ message }) => message)
}

/** A list that everyone sees, under buttons that only the moderator may use. */
async function openList(): Promise<Message> {
  return (await moderator.command('audit echo', { text: 'list', public: true })).message
}

describe('a command', () => {
  test('is answered for the member alone, or for everyone', async () => {
    const alone = await moderator.command('audit echo', { text: 'hello' })
    expect([textOf(alone.message), alone.ephemeral]).toEqual(['hello', true])
    const forAll = await moderator.command('audit echo', { text: 'hello', public: true })
    expect([textOf(forAll.message), forAll.ephemeral]).toEqual(['hello', false])
  })

  test('with options that cannot be understood gets a sentence for the member alone', async () => {
    const { message, ephemeral } = await moderator.command('audit echo', {
      text: 'nonsense',
      public: true,
    })
    expect([textOf(message), ephemeral]).toEqual(['That is nonsense.', true])
    expect(complaints()).toEqual([])
  })

  test('that fails is logged under an id, which the member alone reads', async () => {
    const { message, ephemeral } = await moderator.command('audit echo', { text: 'fault', public: true })
    const [, request] =
      /^Something went wrong in Custos\. Try again\. If it happens again, send the operator this incident id: `(\w{8})`\.$/.exec(
        textOf(message),
      ) ?? []
    expect(ephemeral).toBe(true)
    expect(log.lines).toContainEqual({
      level: 'error',
      message: 'Answering an interaction failed.',
      facts: {
        request,
        guild: here.town.guild.id,
        interaction: 'command',
        command: 'audit echo',
        err: new Error('A fault'),
      },
    })
  })

  test.each([
    [
      'unreachable',
      'error',
      'The archive cannot be reached; members who ask are told so.',
      'Custos’s archive cannot be reached at the moment. Nothing is lost: what happens in the meantime is stored when it ' +
        'is back. Try again in a minute.',
    ],
    [
      'slow',
      'warn',
      'The archive took too long for an answer.',
      'Custos’s archive took too long to answer. Try again in a minute, or ask about a shorter time.',
    ],
  ])(
    'that finds the archive %s gets a sentence for the member alone, and is logged',
    async (text, level, logged, sentence) => {
      const own = await openInteractions(given)
      const { moderator, log } = own
      const { message, ephemeral } = await moderator.command('audit echo', { text, public: true })
      expect([textOf(message), ephemeral]).toEqual([sentence, true])
      expect(log.lines).toContainEqual({
        level,
        message: logged,
        facts: expect.objectContaining({ err: expect.objectContaining({ reason: text, code: '57P03' }) }),
      })
    },
  )

  test('is logged as an error only the first time while the archive cannot be reached, and when it answers again', async () => {
    const { moderator, log, clock, settled } = await openInteractions(given)
    const unavailable = 'The archive cannot be reached; members who ask are told so.'
    const back = 'The archive answers again.'
    for (let each = 0; each < 3; each++) await moderator.command('audit echo', { text: 'unreachable' })
    await settled()
    clock.advance(30_000)
    await moderator.command('audit echo', { text: 'hello' })
    await moderator.command('audit echo', { text: 'hello' })
    await log.waitFor(back)
    await moderator.command('audit echo', { text: 'unreachable' })
    await settled()
    expect(log.shown.map(({ level, message, facts }) => [level, message, facts])).toEqual([
      ['error', unavailable, expect.anything()],
      ['info', back, expect.objectContaining({ waitedSeconds: 30 })],
      ['error', unavailable, expect.anything()],
    ])
    expect(log.times(unavailable)).toBe(4)
  })

  test('is logged at debug with its outcome and how long the member waited, and never with what they typed', async () => {
    const { moderator, log, settled } = await openInteractions(given)
    await moderator.command('audit echo', { text: 'private words' })
    await moderator.command('audit echo', { text: 'nonsense' })
    await moderator.command('audit echo', { text: 'fault' })
    await moderator.autocomplete('audit echo', 'text', 'private')
    const list = (await moderator.command('audit echo', { text: 'list' })).message
    await moderator.click(list, 'Say')
    await moderator.click(list, 'Old')
    await settled()
    const ended = log.lines.filter(({ message }) => message === 'Interaction finished.')
    const of = (interaction: string, command: string, outcome: string) =>
      expect.objectContaining({
        interaction,
        command,
        outcome,
        firstMs: expect.any(Number),
        ms: expect.any(Number),
      })
    expect(ended.map(({ facts }) => facts)).toEqual([
      of('command', 'audit echo', 'answered'),
      of('command', 'audit echo', 'rejected'),
      of('command', 'audit echo', 'failed'),
      of('autocomplete', 'audit echo', 'answered'),
      of('command', 'audit echo', 'answered'),
      of('component', 'say', 'answered'),
      of('component', 'unknown', 'rejected'),
    ])
    expect(ended.map(({ level }) => level)).toEqual(Array(7).fill('debug'))
    expect(JSON.stringify(log.lines)).not.toContain('private')
  })

  test('has an id of its own, which every line about it has', async () => {
    const { moderator, log, settled } = await openInteractions(given)
    await moderator.command('audit echo', { text: 'fault' })
    await moderator.command('audit echo', { text: 'hello' })
    await settled()
    const ids = log.lines.map(({ facts }) => 'request' in facts && facts.request)
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}$/)
  })

  test('gets a sentence in time, and suggests nothing, while the archive does not answer', async () => {
    const { clock, moderator } = await openInteractions({ ...given, settings: () => new Promise(() => {}) })
    const waiting = clock.slept(2000)
    const reply = moderator.send('audit echo', { text: 'hello', public: true })
    await waiting
    clock.advance(2000)
    await reply.answered()
    expect([textOf(reply.message), reply.ephemeral]).toEqual([
      'Custos’s archive is busy. Try again in a minute.',
      true,
    ])
    const typing = clock.slept(2000)
    const choices = moderator.autocomplete('audit echo', 'text', 'x')
    await typing
    clock.advance(2000)
    expect(await choices).toEqual([])
  })

  test('that Custos no longer has gets a sentence, and suggests nothing', async () => {
    const data = { id: '1', type: ApplicationCommandType.ChatInput }
    const options = [
      { type: 1, name: 'echo', options: [{ type: 3, name: 'text', value: 'x', focused: true }] },
    ]
    for (const old of [
      { ...data, name: 'auditor', options },
      { ...data, name: 'audit', options: [{ type: 1, name: 'echo-old', options: [] }] },
      { ...data, name: 'audit', options: [] },
      { ...data, name: 'Audit: old', type: ApplicationCommandType.User, target_id: moderator.userId },
    ]) {
      const { message } = await moderator.sendOdd(Type.ApplicationCommand, old).answered()
      expect(textOf(message)).toBe(UNKNOWN)
    }
    const typed = moderator.sendOdd(Type.ApplicationCommandAutocomplete, {
      ...data,
      name: 'auditor',
      options,
    })
    expect(await typed.choices()).toEqual([])
    expect(complaints()).toEqual([])
  })

  test.each([
    ['came too late', CALLBACK, unknown.interaction()],
    ['was answered elsewhere', CALLBACK, alreadyAcknowledged()],
    ['has an expired token', WEBHOOK, new ApiError(401, 50027, 'Invalid Webhook Token')],
    ['lost its message', WEBHOOK, unknown.message()],
    ['was forgotten by Discord', WEBHOOK, unknown.webhook()],
  ])('that %s is not an incident, and nothing more is sent', async (_, route, error) => {
    let requests = 0
    discord.fault = (_method, path) => {
      if (!route.test(path)) return undefined
      requests++
      return apiErrorFault(error)
    }
    moderator.send('audit echo', { text: 'hello' })
    await log.waitFor('The interaction expired before it was answered.')
    expect(requests).toBe(1)
    expect(complaints()).toEqual([])
  })
})

describe('a component', () => {
  test('answers in a new message for the member alone', async () => {
    const list = await openList()
    const said = await moderator.click(list, 'Say')
    expect([textOf(said.message), said.ephemeral]).toEqual(['Said hello', true])
    expect(textOf(list)).toBe('list')
  })

  test('runs another query in place of the message it is on', async () => {
    const list = await openList()
    const again = await moderator.click(list, 'Again')
    expect(again.message).toBe(list)
    expect(textOf(list)).toBe('again')
  })

  test('that Custos no longer has gets a sentence', async () => {
    const list = await openList()
    const old = await moderator.click(list, 'Old')
    expect(textOf(old.message)).toBe('This button or menu no longer works. Run the command again.')
    expect(old.ephemeral).toBe(true)
  })

  test('works only for the member who ran the command', async () => {
    const list = await openList()
    for (const label of ['Say', 'Again']) {
      const seen = await other.click(list, label)
      expect(textOf(seen.message)).toBe(
        'Only the member who ran this command can use its buttons and menus. To use them, run it yourself.',
      )
      expect(seen.ephemeral).toBe(true)
    }
    expect(textOf(list)).toBe('list')
  })

  test('no longer works for a member who lost View Audit Log', async () => {
    const { other: member, town } = await openInteractions(given)
    const { message } = await member.command('audit echo', { text: 'list', public: true })
    const { roles = [] } = town.guild.members.get(member.userId) ?? {}
    roles.length = 0
    const sentence = 'You no longer have the **View Audit Log** permission in this server.'
    for (const label of ['Say', 'Again'])
      expect(textOf((await member.click(message, label)).message)).toBe(sentence)
    expect(textOf(message)).toBe('list')
  })

  test('works for a member whom the server lets run the command without View Audit Log', async () => {
    const { town } = await openInteractions(given)
    for (const [id, command] of town.bot.commands)
      town.bot.commands.set(id, { ...command, default_member_permissions: null })
    const guest = town.as(town.members[0]?.id ?? '')
    const { message } = await guest.command('audit echo', { text: 'list' })
    expect(textOf((await guest.click(message, 'Say')).message)).toBe('Said hello')
  })
})

describe('a button with a form', () => {
  test('shows the form, and what is typed updates the message it is on', async () => {
    const list = await openList()
    const modal = await moderator.openModal(list, 'Type')
    expect(modal).toMatchObject({
      title: 'Say something',
      inputs: [
        {
          label: 'Words',
          description: 'Any words but “nonsense”',
          placeholder: 'hello',
          required: true,
          maxLength: 10,
        },
      ],
    })
    expect(textOf(list)).toBe('list')
    const updated = await moderator.submit(modal, ' hello ')
    expect(updated.message).toBe(list)
    expect(textOf(list)).toBe('typed: hello')
  })

  test('is submitted to a Custos that has restarted since', async () => {
    const own = await openInteractions(given)
    const { message } = await own.moderator.command('audit echo', { text: 'list' })
    const modal = await own.moderator.openModal(message, 'Type')
    await own.restart()
    await own.moderator.submit(modal, 'hello')
    expect(textOf(message)).toBe('typed: hello')
  })

  test('says to the member alone what is wrong, and the message stays', async () => {
    const list = await openList()
    const modal = await moderator.openModal(list, 'Type')
    for (const [typed, sentence] of [
      ['nonsense', 'That is nonsense.'],
      ['   ', 'Discord did not say what was typed. Try again.'],
    ] as const) {
      const { message, ephemeral } = await moderator.submit(modal, typed)
      expect([textOf(message), ephemeral]).toEqual([sentence, true])
    }
    expect(textOf(list)).toBe('list')
    await moderator.submit(modal, 'hello')
    expect(textOf(list)).toBe('typed: hello')
  })

  test('shows the form without the archive, and only to the member who ran the command', async () => {
    const own = await openInteractions(given)
    const { message } = await own.moderator.command('audit echo', { text: 'list', public: true })
    await own.archive.close()
    expect((await own.moderator.openModal(message, 'Type')).title).toBe('Say something')
    expect(textOf((await own.other.click(message, 'Type')).message)).toMatch(/^Only the member who ran/)
    expect(own.log.shown).toEqual([])
  })

  test('cannot be submitted by a member who lost View Audit Log', async () => {
    const { other: member, town } = await openInteractions(given)
    const { message } = await member.command('audit echo', { text: 'list' })
    const modal = await member.openModal(message, 'Type')
    const { roles = [] } = town.guild.members.get(member.userId) ?? {}
    roles.length = 0
    const { message: sentence } = await member.submit(modal, 'hello')
    expect(textOf(sentence)).toBe('You no longer have the **View Audit Log** permission in this server.')
    expect(textOf(message)).toBe('list')
  })

  test('that Custos no longer has, or that has no form any more, gets a sentence', async () => {
    const list = await openList()
    const modal = await moderator.openModal(list, 'Type')
    for (const customId of [
      `before:${moderator.userId}:1`,
      sayButton.toCustomId(moderator.userId, 'hello'),
    ]) {
      const { message, ephemeral } = await moderator.submit({ ...modal, customId }, 'hello')
      expect(textOf(message)).toBe('This button or menu no longer works. Run the command again.')
      expect(ephemeral).toBe(true)
    }
    expect(complaints()).toEqual([])
  })
})

test('autocomplete that fails suggests nothing, and is logged as a warning, since every key is a request', async () => {
  const own = await openInteractions(given)
  await own.archive.close()
  expect(await own.moderator.autocomplete('audit echo', 'text', 'mar')).toEqual([])
  expect(own.log.shown).toEqual([
    {
      level: 'warn',
      message: 'Autocomplete failed.',
      facts: {
        request: expect.stringMatching(/^[0-9a-f]{8}$/),
        guild: own.town.guild.id,
        interaction: 'autocomplete',
        command: 'audit echo',
        err: expect.any(Error),
      },
    },
  ])
})

test('while Custos stops, commands get a sentence, and nothing is suggested or read from the archive', async () => {
  const own = await openInteractions(given)
  // Reading from a closed archive would be an error.
  await own.archive.close()
  own.stop()
  expect(await own.moderator.autocomplete('audit echo', 'text', 'mar')).toEqual([])
  const { message } = await own.moderator.command('audit echo', { text: 'hello' })
  expect(textOf(message)).toBe('Custos is stopping. Try again when it is back.')
  expect(own.log.shown).toEqual([])
})

test('data of odd shapes gets a sentence or an empty list, and is not an incident', async () => {
  const own = await openInteractions()
  const { message } = await own.moderator.command('audit recent', { public: true })
  const me = own.moderator.userId
  const [guildId, askedAt] = [own.town.guild.id, own.clock.now()]
  const query = {
    command: 'audit recent',
    guildId,
    askerId: me,
    askedAt,
    timeZone: 'UTC',
    filter: {},
    order: 'newest',
  } as const
  const list = own.archive.saveQuery(query)
  const said = async (type: Type, data: JsonObject) =>
    textOf((await own.moderator.sendOdd(type, data, message).answered()).message)

  for (const target_id of ['abc', '', null, 5, {}, undefined, '-1', '9'.repeat(40)]) {
    const menu = (name: string, type: number) =>
      said(Type.ApplicationCommand, { id: '1', name, type, target_id, resolved: {} })
    const sentence = (what: string) => `Discord did not say which ${what} this is about. Try again.`
    expect(await menu('Audit: actions by', 2)).toBe(sentence('user'))
    expect(await menu('Audit: actions on', 2)).toBe(sentence('user'))
    expect(await menu('Audit: deletes since this', 3)).toBe(sentence('message'))
    expect(await menu('Audit: deletes since this', 2)).toBe(UNKNOWN)
  }
  for (const custom_id of [null, 5, undefined, '', ':', '::::', '\u0000', 'x'.repeat(5000)]) {
    const sentence = await said(Type.MessageComponent, { component_type: 2, custom_id })
    expect(sentence).toMatch(/^This button or menu no longer works/)
  }
  for (const values of [[], [''], [null], ['x'.repeat(100_000)], undefined]) {
    for (const name of ['entry', 'history']) {
      const data = { component_type: 3, custom_id: `${name}:${me}:${list}`, values }
      expect(await said(Type.MessageComponent, data)).toBe('Discord did not say what was chosen. Try again.')
    }
  }
  const audit = { id: '1', name: 'audit', type: 1 }
  expect(await said(Type.ApplicationCommand, { ...audit, options: [] })).toBe(UNKNOWN)
  expect(await said(Type.ApplicationCommand, { ...audit, type: 4 })).toBe(UNKNOWN)
  for (const custom_id of ['x', null, `entry:${me}:${list}`]) {
    const sentence = await said(Type.ModalSubmit, { custom_id, components: [] })
    expect(sentence).toMatch(/^This button or menu no longer works/)
  }
  for (const options of [
    [],
    [{ type: 1, name: 'recent' }],
    [{ type: 1, name: 'recent', options: [{ type: 3, name: 'on', value: 'x' }] }],
    [{ type: 1, name: 'recent', options: [{ type: 3, name: 'constructor', value: 'x', focused: true }] }],
    [{ type: 1, name: 'recent', options: [{ type: 3, name: 'on', value: {}, focused: true }] }],
  ]) {
    const typing = own.moderator.sendOdd(Type.ApplicationCommandAutocomplete, { ...audit, options })
    expect(await typing.choices()).toEqual([])
  }
  expect(own.log.shown).toEqual([])
})
