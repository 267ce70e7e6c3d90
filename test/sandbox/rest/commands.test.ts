import { expect, test } from 'vitest'
import { type OpenDiscord, openDiscord } from '../../support/open-discord.ts'
import { atMost, between, type FormError, invalidForm, REQUIRED } from '../../support/sandbox/form-errors.ts'
import { fieldIn, idsIn, listIn } from '../../support/sandbox/rest-client.ts'

const SUBCOMMAND = 1
const TEXT = 3

const BASIC = { name: 'log', description: 'Reads the log' }

const INVALID_NAME: readonly FormError[] = [['APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid']]
const OUTLANDISH_NAME: readonly FormError[] = [
  ['STRING_TYPE_REGEX', 'String value did not match validation regex.'],
  ...INVALID_NAME,
]
const UNIQUE: FormError = ['APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique']
const ORDER: FormError = [
  'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  'Required options must be placed before non-required options',
]
const TOO_LARGE: FormError = ['APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)']

/** The paths of global commands and of the town's commands. */
const SCOPES = [
  ['global', ({ town }: OpenDiscord) => `/applications/${town.bot.id}/commands`],
  ['guild', ({ town }: OpenDiscord) => `/applications/${town.bot.id}/guilds/${town.guild.id}/commands`],
] as const

const globalPath = SCOPES[0][1]

function textOption(name: string, more: object = {}) {
  return { type: TEXT, name, description: 'Something', ...more }
}

/** A list of items made from their index. */
function many<Item>(count: number, make: (number: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** A command with exactly that many characters, most of them in the choices of two options. */
function commandOfSize(size: number) {
  const full = (number: number) => ({
    name: `${number}`.padEnd(100, 'n'),
    value: `${number}`.padEnd(100, 'v'),
  })
  const before = 'log'.length + 'd'.length + 2 * ('a'.length + 'd'.length) + 39 * 200
  const name = 'last'.padEnd(96, 'n')
  const last = { name, value: 'v'.repeat(size - before - name.length) }
  return {
    name: 'log',
    description: 'd',
    options: [
      { type: TEXT, name: 'a', description: 'd', choices: many(25, full) },
      { type: TEXT, name: 'b', description: 'd', choices: [...many(14, full), last] },
    ],
  }
}

test.each(SCOPES)('%s commands: the list is empty until commands are put', async (_, pathOf) => {
  const here = await openDiscord()
  const path = pathOf(here)
  expect((await here.rest.get(path)).body).toEqual([])
  const put = await here.rest.put(path, [BASIC, { name: 'Look up', type: 2 }])
  expect(put.status).toBe(200)
  expect(listIn(put).map(({ name, type }) => [name, type])).toEqual([
    ['log', 1],
    ['Look up', 2],
  ])
  expect(idsIn(await here.rest.get(path))).toEqual(idsIn(put))
})

test('a command’s missing fields get defaults', async () => {
  const here = await openDiscord()
  const { body, status } = await here.rest.post(globalPath(here), {
    ...BASIC,
    options: [
      {
        type: SUBCOMMAND,
        name: 'recent',
        description: 'The newest entries',
        options: [
          textOption('what', { required: true, choices: [{ name: 'Bans', value: 'bans' }] }),
          textOption('since', { required: false, autocomplete: true }),
        ],
      },
      { type: SUBCOMMAND, name: 'all', description: 'All entries', options: [] },
    ],
  })
  const unlocalized = { name_localizations: null, description_localizations: null }
  expect(status).toBe(201)
  expect(body).toEqual({
    id: expect.stringMatching(/^\d+$/),
    application_id: here.town.bot.id,
    version: expect.stringMatching(/^\d+$/),
    type: 1,
    ...BASIC,
    ...unlocalized,
    default_member_permissions: null,
    dm_permission: true,
    contexts: null,
    integration_types: [0],
    nsfw: false,
    options: [
      {
        type: SUBCOMMAND,
        name: 'recent',
        description: 'The newest entries',
        ...unlocalized,
        options: [
          {
            ...textOption('what', { required: true }),
            ...unlocalized,
            choices: [{ name: 'Bans', name_localizations: null, value: 'bans' }],
          },
          { ...textOption('since', { autocomplete: true }), ...unlocalized },
        ],
      },
      { type: SUBCOMMAND, name: 'all', description: 'All entries', ...unlocalized },
    ],
  })
})

test('a command’s fields are returned as they were sent', async () => {
  const here = await openDiscord()
  const said = {
    type: 3,
    name: 'Who deleted this?',
    default_member_permissions: '128',
    contexts: [0],
    integration_types: [0, 1],
    name_localizations: { de: 'Wer war das?' },
  }
  const { body } = await here.rest.post(SCOPES[1][1](here), said)
  expect(body).toMatchObject({ ...said, description: '', dm_permission: false, guild_id: here.town.guild.id })
})

test.each([
  ['everywhere', undefined, true],
  ['in guilds', [0], false],
  ['in its own direct messages', [0, 1], true],
  ['in direct messages between others', [2], false],
])('a command that can be used %s has the matching dm_permission', async (_, contexts, expected) => {
  const here = await openDiscord()
  const { body } = await here.rest.post(globalPath(here), { ...BASIC, contexts })
  expect(body).toMatchObject({ contexts: contexts ?? null, dm_permission: expected })
})

test('a list contains localizations only on request', async () => {
  const here = await openDiscord()
  const path = globalPath(here)
  const name_localizations = { de: 'protokoll' }
  await here.rest.put(path, [{ ...BASIC, name_localizations, options: [textOption('since')] }])
  const [bare] = listIn(await here.rest.get(path))
  expect(bare).not.toHaveProperty('name_localizations')
  expect(bare?.options).toEqual([textOption('since')])
  const [whole] = listIn(await here.rest.get(`${path}?with_localizations=true`))
  expect(whole).toMatchObject({
    name_localizations,
    options: [{ name: 'since', name_localizations: null, description_localizations: null }],
  })
})

test.each(SCOPES)(
  'putting %s commands keeps the ids of existing ones and deletes the others',
  async (_, pathOf) => {
    const here = await openDiscord()
    const path = pathOf(here)
    const [first, second] = idsIn(await here.rest.put(path, [BASIC, { ...BASIC, name: 'status' }]))
    const put = await here.rest.put(path, [
      { ...BASIC, name: 'export' },
      { ...BASIC, description: 'Reads it all' },
    ])
    const [added, kept] = idsIn(put)
    expect(kept).toBe(first)
    expect([first, second]).not.toContain(added)
    expect(listIn(await here.rest.get(path)).map(({ name, description }) => [name, description])).toEqual([
      ['export', 'Reads the log'],
      ['log', 'Reads it all'],
    ])
  },
)

test.each(SCOPES)(
  'posting a %s command adds it, or updates the one with its name and type',
  async (_, pathOf) => {
    const here = await openDiscord()
    const path = pathOf(here)
    const added = await here.rest.post(path, BASIC)
    const changed = await here.rest.post(path, { ...BASIC, type: 1, description: 'Reads it all' })
    const another = await here.rest.post(path, { name: 'log', type: 2 })
    expect([added.status, changed.status, another.status]).toEqual([201, 200, 201])
    expect(changed.body).toMatchObject({ id: fieldIn(added, 'id'), description: 'Reads it all' })
    expect(fieldIn(changed, 'version')).not.toBe(fieldIn(added, 'version'))
    expect(idsIn(await here.rest.get(path))).toEqual([fieldIn(added, 'id'), fieldIn(another, 'id')])
  },
)

test.each(SCOPES)('patching a %s command changes only the given fields', async (_, pathOf) => {
  const here = await openDiscord()
  const posted = await here.rest.post(pathOf(here), { ...BASIC, options: [textOption('since')] })
  const path = `${pathOf(here)}/${fieldIn(posted, 'id')}`
  const patched = await here.rest.patch(path, { name: 'journal', default_member_permissions: '128' })
  expect(patched).toMatchObject({
    status: 200,
    body: {
      id: fieldIn(posted, 'id'),
      name: 'journal',
      description: BASIC.description,
      default_member_permissions: '128',
      options: [textOption('since')],
    },
  })
  expect((await here.rest.get(path)).body).toEqual(patched.body)
})

test('a patch is validated like a new command', async () => {
  const here = await openDiscord()
  const path = `${globalPath(here)}/${fieldIn(await here.rest.post(globalPath(here), BASIC), 'id')}`
  expect(await here.rest.patch(path, { name: 'Journal' })).toMatchObject({
    status: 400,
    body: invalidForm('name', ...INVALID_NAME),
  })
  expect((await here.rest.get(path)).body).toMatchObject(BASIC)
})

test.each(SCOPES)('a deleted %s command no longer exists', async (_, pathOf) => {
  const here = await openDiscord()
  const path = `${pathOf(here)}/${fieldIn(await here.rest.post(pathOf(here), BASIC), 'id')}`
  expect(await here.rest.delete(path)).toMatchObject({ status: 204, body: undefined })
  const unknown = { status: 404, body: { message: 'Unknown application command', code: 10063 } }
  expect(await here.rest.get(path)).toMatchObject(unknown)
  expect(await here.rest.patch(path, BASIC)).toMatchObject(unknown)
  expect(await here.rest.delete(path)).toMatchObject(unknown)
  expect((await here.rest.get(pathOf(here))).body).toEqual([])
})

test('global commands and those of each guild are independent', async () => {
  const here = await openDiscord()
  const { discord, rest, town } = here
  const other = discord.world.addGuild('Next door', town.moderators[0]?.id ?? '')
  other.addMember(town.bot.user, [], discord.world.now())
  await rest.put(globalPath(here), [BASIC])
  await rest.put(SCOPES[1][1](here), [{ ...BASIC, name: 'town' }])
  const names = async (path: string) => listIn(await rest.get(path)).map(({ name }) => name)
  expect(await names(globalPath(here))).toEqual(['log'])
  expect(await names(SCOPES[1][1](here))).toEqual(['town'])
  expect(await names(`/applications/${town.bot.id}/guilds/${other.id}/commands`)).toEqual([])
})

test('commands of another application, or of a guild without the bot, are forbidden', async () => {
  const here = await openDiscord()
  const { rest, town } = here
  const missing = { status: 403, body: { message: 'Missing Access', code: 50001 } }
  expect(await rest.get('/applications/111111111111111111/commands')).toMatchObject(missing)
  town.guild.members.delete(town.bot.id)
  expect(await rest.put(SCOPES[1][1](here), [BASIC])).toMatchObject(missing)
})

test.each([
  ['a name of 32 characters', { ...BASIC, name: 'n'.repeat(32) }],
  ['a name in any script', { ...BASIC, name: 'журнал-ログ_1' }],
  ['a description of 100 characters', { ...BASIC, description: 'd'.repeat(100) }],
  ['25 options', { ...BASIC, options: many(25, (number) => textOption(`o${number}`)) }],
  [
    '25 options in a subcommand',
    {
      ...BASIC,
      options: [
        {
          type: SUBCOMMAND,
          name: 'recent',
          description: 'd',
          options: many(25, (number) => textOption(`o${number}`)),
        },
      ],
    },
  ],
  [
    '25 choices of 100 characters',
    {
      ...BASIC,
      options: [
        textOption('what', {
          choices: many(25, (number) => ({ name: `${number}`.padEnd(100, 'n'), value: `${number}` })),
        }),
      ],
    },
  ],
  [
    'required options before the others',
    { ...BASIC, options: [textOption('a', { required: true }), textOption('b')] },
  ],
  [
    'numbers for choices',
    { ...BASIC, options: [{ type: 4, name: 'a', description: 'd', choices: [{ name: 'n', value: 0 }] }] },
  ],
  ['8,000 characters', commandOfSize(8000)],
  [
    'a context menu of 32 characters, with spaces and capitals',
    { name: 'Who Did This '.padEnd(32, 'N'), type: 2 },
  ],
])('%s: accepted', async (_, command) => {
  const here = await openDiscord()
  expect((await here.rest.put(globalPath(here), [command])).status).toBe(200)
})

const INVALID: readonly (readonly [
  what: string,
  command: object,
  path: string,
  errors: readonly FormError[],
])[] = [
  ['no name', { description: 'd' }, 'name', [REQUIRED]],
  ['an empty name', { ...BASIC, name: '' }, 'name', [REQUIRED]],
  ['a name of 33 characters', { ...BASIC, name: 'n'.repeat(33) }, 'name', [between(1, 32)]],
  ['a name with a capital', { ...BASIC, name: 'Log' }, 'name', INVALID_NAME],
  ['a name with a space', { ...BASIC, name: 'the log' }, 'name', OUTLANDISH_NAME],
  ['no description', { name: 'log' }, 'description', [REQUIRED]],
  ['an empty description', { ...BASIC, description: '' }, 'description', [REQUIRED]],
  [
    'a description of 101 characters',
    { ...BASIC, description: 'd'.repeat(101) },
    'description',
    [between(1, 100)],
  ],
  [
    '26 options',
    { ...BASIC, options: many(26, (number) => textOption(`o${number}`)) },
    'options',
    [atMost(25)],
  ],
  [
    '26 options in a subcommand',
    {
      ...BASIC,
      options: [
        {
          type: SUBCOMMAND,
          name: 'recent',
          description: 'd',
          options: many(26, (number) => textOption(`o${number}`)),
        },
      ],
    },
    'options.0.options',
    [atMost(25)],
  ],
  ['an option with a capital', { ...BASIC, options: [textOption('Since')] }, 'options.0.name', INVALID_NAME],
  [
    'an option without a description',
    { ...BASIC, options: [textOption('a'), { type: TEXT, name: 'b' }] },
    'options.1.description',
    [REQUIRED],
  ],
  [
    'an option without a type',
    { ...BASIC, options: [{ name: 'a', description: 'd' }] },
    'options.0.type',
    [REQUIRED],
  ],
  [
    'an option of a type that does not exist',
    { ...BASIC, options: [{ type: 12, name: 'a', description: 'd' }] },
    'options.0.type',
    [['BASE_TYPE_CHOICES', 'Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.']],
  ],
  [
    'two options with the same name',
    { ...BASIC, options: [textOption('since'), textOption('until'), textOption('since')] },
    'options.2',
    [['APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'Option name since is already used in these options']],
  ],
  [
    'a required option after an optional one',
    { ...BASIC, options: [textOption('a'), textOption('b', { required: true })] },
    'options.1',
    [ORDER],
  ],
  [
    'a required option after an optional one in a subcommand',
    {
      ...BASIC,
      options: [
        { type: SUBCOMMAND, name: 'all', description: 'd' },
        {
          type: SUBCOMMAND,
          name: 'recent',
          description: 'd',
          options: [textOption('a'), textOption('b', { required: true })],
        },
      ],
    },
    'options.1.options.1',
    [ORDER],
  ],
  [
    '26 choices',
    {
      ...BASIC,
      options: [
        textOption('a', { choices: many(26, (number) => ({ name: `${number}`, value: `${number}` })) }),
      ],
    },
    'options.0.choices',
    [atMost(25)],
  ],
  [
    'a choice of 101 characters',
    { ...BASIC, options: [textOption('a', { choices: [{ name: 'n'.repeat(101), value: 'v' }] })] },
    'options.0.choices.0.name',
    [between(1, 100)],
  ],
  [
    'a choice without a name',
    { ...BASIC, options: [textOption('a', { choices: [{ value: 'v' }] })] },
    'options.0.choices.0.name',
    [REQUIRED],
  ],
  [
    'a choice without a value',
    { ...BASIC, options: [textOption('a', { choices: [{ name: 'n' }] })] },
    'options.0.choices.0.value',
    [REQUIRED],
  ],
  [
    'a choice’s value of 101 characters',
    { ...BASIC, options: [textOption('a', { choices: [{ name: 'n', value: 'v'.repeat(101) }] })] },
    'options.0.choices.0.value',
    [atMost(100)],
  ],
  ['8,001 characters', commandOfSize(8001), '', [TOO_LARGE]],
  [
    'a context menu with a description',
    { type: 2, name: 'Look up', description: 'd' },
    'description',
    [['APPLICATION_COMMAND_INVALID_DESCRIPTION', 'Context menu commands cannot have description']],
  ],
  ['a context menu without a name', { type: 2 }, 'name', [REQUIRED]],
  ['a context menu of 33 characters', { type: 3, name: 'N'.repeat(33) }, 'name', [between(1, 32)]],
]

test.each(INVALID)(
  '%s: rejected by put with its index, and nothing is changed',
  async (_, command, path, errors) => {
    const here = await openDiscord()
    const before = await here.rest.put(globalPath(here), [{ ...BASIC, name: 'status' }])
    const { status, body } = await here.rest.put(globalPath(here), [{ ...BASIC, name: 'status' }, command])
    expect(status).toBe(400)
    expect(body).toEqual(invalidForm(path === '' ? '1' : `1.${path}`, ...errors))
    expect(idsIn(await here.rest.get(globalPath(here)))).toEqual(idsIn(before))
  },
)

test.each(INVALID)('%s: rejected by post', async (_, command, path, errors) => {
  const here = await openDiscord()
  const { status, body } = await here.rest.post(globalPath(here), command)
  expect(status).toBe(400)
  expect(body).toEqual(invalidForm(path, ...errors))
  expect((await here.rest.get(globalPath(here))).body).toEqual([])
})

test('all errors of a command are reported together', async () => {
  const here = await openDiscord()
  const { body } = await here.rest.post(globalPath(here), { name: 'Log', options: [textOption('A')] })
  expect(body).toMatchObject({
    code: 50035,
    errors: {
      name: { _errors: [{ code: 'APPLICATION_COMMAND_INVALID_NAME' }] },
      description: { _errors: [{ code: 'BASE_TYPE_REQUIRED' }] },
      options: { 0: { name: { _errors: [{ code: 'APPLICATION_COMMAND_INVALID_NAME' }] } } },
    },
  })
})

test('an option with both choices and autocomplete is rejected', async () => {
  const here = await openDiscord()
  const option = textOption('a', { autocomplete: true, choices: [{ name: 'n', value: 'v' }] })
  const { body } = await here.rest.post(globalPath(here), { ...BASIC, options: [option] })
  expect(body).toMatchObject({ code: 50035, errors: { options: { 0: { _errors: [expect.anything()] } } } })
})

test('two commands with the same name and type are rejected; with different types they are accepted', async () => {
  const here = await openDiscord()
  const { status, body } = await here.rest.put(globalPath(here), [BASIC, { ...BASIC, name: 'b' }, BASIC])
  expect(status).toBe(400)
  expect(body).toEqual(invalidForm('2', UNIQUE))
  const menus = [BASIC, { name: 'log', type: 2 }, { name: 'log', type: 3 }]
  expect((await here.rest.put(globalPath(here), menus)).status).toBe(200)
})

test('a put of anything except a list is rejected', async () => {
  const here = await openDiscord()
  await here.rest.put(globalPath(here), [BASIC])
  const { status, body } = await here.rest.put(globalPath(here), BASIC)
  expect(status).toBe(400)
  expect(body).toEqual(invalidForm('', ['LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType']))
  expect((await here.rest.get(globalPath(here))).body).toMatchObject([BASIC])
})

/** The maximum number of commands of each type. */
const FULL = [
  ...many(100, (number) => ({ name: `command${number}`, description: 'd' })),
  ...many(15, (number) => ({ name: `User ${number}`, type: 2 })),
  ...many(15, (number) => ({ name: `Message ${number}`, type: 3 })),
]

test.each(SCOPES)('%s: there can be 100 commands and 15 context menus of each type', async (_, pathOf) => {
  const here = await openDiscord()
  expect(listIn(await here.rest.put(pathOf(here), FULL))).toHaveLength(130)
})

test.each([
  [100, 'command', { name: 'command', description: 'd' }, FULL.slice(0, 100)],
  [15, 'menu on users', { name: 'One more', type: 2 }, FULL.slice(100, 115)],
  [15, 'menu on messages', { name: 'One more', type: 3 }, FULL.slice(115)],
])(
  'with %i of them, one more %s is rejected, but an existing one can be changed',
  async (most, _, extra, full) => {
    const here = await openDiscord()
    const path = globalPath(here)
    const refusal = {
      status: 400,
      body: { message: `Maximum number of application commands reached (${most})`, code: 30032 },
    }
    expect(await here.rest.put(path, [...full, extra])).toMatchObject(refusal)
    await here.rest.put(path, full)
    expect(await here.rest.post(path, extra)).toMatchObject(refusal)
    expect((await here.rest.post(path, full[0])).status).toBe(200)
  },
)

test('a request with 131 commands is rejected, whatever their types', async () => {
  const here = await openDiscord()
  const { status, body } = await here.rest.put(globalPath(here), [...FULL, { name: 'One more', type: 2 }])
  expect(status).toBe(400)
  expect(body).toEqual(invalidForm('', atMost(130)))
})
