import { expect, test } from 'vitest'
import { type OpenDiscord, openDiscord, TOKEN } from '../../support/open-discord.ts'
import { atMost, between, type FormError, invalidForm, REQUIRED } from '../../support/sandbox/form-errors.ts'
import { type Answer, fieldIn, listIn } from '../../support/sandbox/rest-client.ts'

const ROW = 1
const BUTTON = 2
const SELECT = 3
const NO_PINGS = { allowed_mentions: { parse: [] } }

function pathOf({ town }: OpenDiscord): string {
  return `/channels/${town.channels[0]}/messages`
}

function send(here: OpenDiscord, message: object): Promise<Answer> {
  return here.rest.post(pathOf(here), { ...NO_PINGS, ...message })
}

function words(length: number): string {
  return 'w'.repeat(length)
}

/** A list of items made from their index. */
function many<Item>(count: number, make: (number: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function withEmbed(embed: object): object {
  return { embeds: [embed] }
}

function withRow(...components: object[]): object {
  return { components: [{ type: ROW, components }] }
}

function button(more: object = {}): object {
  return { type: BUTTON, style: 1, label: 'Next', custom_id: 'next', ...more }
}

function select(more: object = {}): object {
  return { type: SELECT, custom_id: 'entry', options: [{ label: 'One', value: '1' }], ...more }
}

function option(more: object): object {
  return withRow(select({ options: [{ label: 'One', value: '1', ...more }] }))
}

/** Two embeds with that many characters together, in every text that is counted. */
function embedsOfSize(size: number): object {
  const first = {
    title: words(100),
    footer: { text: words(100) },
    author: { name: words(100) },
    fields: [{ name: words(100), value: words(100) }],
  }
  return { embeds: [first, { description: words(4000) }, { description: words(size - 4500) }] }
}

const LIMITS: readonly (readonly [
  what: string,
  most: number,
  make: (length: number) => object,
  path: string,
  error: FormError,
])[] = [
  ['the characters of a message', 2000, (length) => ({ content: words(length) }), 'content', atMost(2000)],
  ['embeds', 10, (count) => ({ embeds: many(count, () => ({ title: 'One' })) }), 'embeds', atMost(10)],
  [
    'the characters of a title',
    256,
    (length) => withEmbed({ title: words(length) }),
    'embeds.0.title',
    atMost(256),
  ],
  [
    'the characters of a description',
    4096,
    (length) => withEmbed({ description: words(length) }),
    'embeds.0.description',
    atMost(4096),
  ],
  [
    'fields',
    25,
    (count) => withEmbed({ fields: many(count, () => ({ name: 'By', value: 'Alice' })) }),
    'embeds.0.fields',
    atMost(25),
  ],
  [
    'the characters of a field’s name',
    256,
    (length) => withEmbed({ fields: [{ name: words(length), value: 'Alice' }] }),
    'embeds.0.fields.0.name',
    atMost(256),
  ],
  [
    'the characters of a field’s value',
    1024,
    (length) => withEmbed({ fields: [{ name: 'By', value: words(length) }] }),
    'embeds.0.fields.0.value',
    atMost(1024),
  ],
  [
    'the characters of a footer',
    2048,
    (length) => withEmbed({ footer: { text: words(length) } }),
    'embeds.0.footer.text',
    atMost(2048),
  ],
  [
    'the characters of an author’s name',
    256,
    (length) => withEmbed({ author: { name: words(length) } }),
    'embeds.0.author.name',
    atMost(256),
  ],
  [
    'the characters of all embeds',
    6000,
    embedsOfSize,
    'embeds',
    ['MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000'],
  ],
  [
    'rows',
    5,
    (count) => ({
      components: many(count, (number) => ({ type: ROW, components: [button({ custom_id: `${number}` })] })),
    }),
    'components',
    atMost(5),
  ],
  [
    'buttons in a row',
    5,
    (count) => withRow(...many(count, (number) => button({ custom_id: `${number}` }))),
    'components.0.components',
    between(1, 5),
  ],
  [
    'the characters of a button’s id',
    100,
    (length) => withRow(button({ custom_id: words(length) })),
    'components.0.components.0.custom_id',
    between(1, 100),
  ],
  [
    'the characters of a label',
    80,
    (length) => withRow(button({ label: words(length) })),
    'components.0.components.0.label',
    atMost(80),
  ],
  [
    'the characters of a menu’s id',
    100,
    (length) => withRow(select({ custom_id: words(length) })),
    'components.0.components.0.custom_id',
    between(1, 100),
  ],
  [
    'the characters of a placeholder',
    150,
    (length) => withRow(select({ placeholder: words(length) })),
    'components.0.components.0.placeholder',
    atMost(150),
  ],
  [
    'choices of a menu',
    25,
    (count) => withRow(select({ options: many(count, (number) => ({ label: 'One', value: `${number}` })) })),
    'components.0.components.0.options',
    between(1, 25),
  ],
  [
    'the characters of a choice’s label',
    100,
    (length) => option({ label: words(length) }),
    'components.0.components.0.options.0.label',
    between(1, 100),
  ],
  [
    'the characters of a choice’s value',
    100,
    (length) => option({ value: words(length) }),
    'components.0.components.0.options.0.value',
    between(1, 100),
  ],
  [
    'the characters of a choice’s description',
    100,
    (length) => option({ description: words(length) }),
    'components.0.components.0.options.0.description',
    atMost(100),
  ],
]

test.each(LIMITS)('%s: %i are accepted', async (_, most, make) => {
  expect((await send(await openDiscord(), make(most))).status).toBe(200)
})

test.each(LIMITS)(
  '%s: more than %i is rejected with the field’s path',
  async (_, most, make, path, error) => {
    const here = await openDiscord()
    const { status, body } = await send(here, make(most + 1))
    expect(status).toBe(400)
    expect(body).toEqual(invalidForm(path, error))
    expect((await here.rest.get(pathOf(here))).body).toEqual([])
  },
)

const WIDTH: FormError = [
  'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  'The specified component exceeds the maximum width',
]

test.each<[what: string, message: object, path: string, error: FormError]>([
  ['a row with nothing in it', withRow(), 'components.0.components', between(1, 5)],
  ['a menu beside a button', withRow(button(), select()), 'components.0.components.1', WIDTH],
  ['a button beside a menu', withRow(select(), button()), 'components.0.components.1', WIDTH],
  ['two menus in a row', withRow(select(), select({ custom_id: 'b' })), 'components.0.components.1', WIDTH],
  [
    'two components of one id in a row',
    withRow(button(), button({ custom_id: 'b' }), button()),
    'components.0.components.2.custom_id',
    ['COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'],
  ],
  [
    'two components of one id in two rows',
    {
      components: [
        { type: ROW, components: [button()] },
        { type: ROW, components: [select({ custom_id: 'next' })] },
      ],
    },
    'components.1.components.0.custom_id',
    ['COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'],
  ],
  [
    'a button without an id',
    withRow(button({ custom_id: undefined })),
    'components.0.components.0.custom_id',
    ['BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required'],
  ],
  [
    'a button without a label',
    withRow(button({ label: undefined })),
    'components.0.components.0.label',
    REQUIRED,
  ],
  [
    'a menu without an id',
    withRow(select({ custom_id: undefined })),
    'components.0.components.0.custom_id',
    REQUIRED,
  ],
  [
    'a menu without choices',
    withRow(select({ options: [] })),
    'components.0.components.0.options',
    between(1, 25),
  ],
  [
    'two choices of one value',
    withRow(
      select({
        options: [
          { label: 'One', value: '1' },
          { label: 'Uno', value: '1' },
        ],
      }),
    ),
    'components.0.components.0.options.1.value',
    ['SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'The specified option value is already used'],
  ],
  [
    'a choice without a label',
    option({ label: undefined }),
    'components.0.components.0.options.0.label',
    REQUIRED,
  ],
  [
    'a choice with an empty value',
    option({ value: '' }),
    'components.0.components.0.options.0.value',
    between(1, 100),
  ],
  ['an embed with nothing in it', withEmbed({ color: 1 }), 'embeds.0.description', REQUIRED],
  ['an embed of blanks', withEmbed({ title: '  ', description: '\n' }), 'embeds.0.description', REQUIRED],
  [
    'a field without a name',
    withEmbed({ fields: [{ name: '', value: 'Alice' }] }),
    'embeds.0.fields.0.name',
    REQUIRED,
  ],
  [
    'a field of blanks',
    withEmbed({
      fields: [
        { name: 'By', value: 'Alice' },
        { name: 'On', value: ' ' },
      ],
    }),
    'embeds.0.fields.1.value',
    REQUIRED,
  ],
  ['an empty footer', withEmbed({ title: 'One', footer: { text: '' } }), 'embeds.0.footer.text', REQUIRED],
  [
    'a button outside a row',
    { components: [button()] },
    'components.0',
    ['UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1, 9, 10, 12, 13, 14, 17).'],
  ],
  [
    'a colour below black',
    withEmbed({ title: 'One', color: -1 }),
    'embeds.0.color',
    ['NUMBER_TYPE_MIN', 'int value should be greater than or equal to 0.'],
  ],
  [
    'a colour past white',
    withEmbed({ title: 'One', color: 0x1000000 }),
    'embeds.0.color',
    ['NUMBER_TYPE_MAX', 'int value should be less than or equal to 16777215.'],
  ],
])('%s is rejected with the field’s path', async (_, message, path, error) => {
  const { status, body } = await send(await openDiscord(), message)
  expect(status).toBe(400)
  expect(body).toEqual(invalidForm(path, error))
})

test('a button without a label is accepted if it has an emoji', async () => {
  const message = withRow(button({ label: undefined, emoji: { name: '🔨' } }))
  expect((await send(await openDiscord(), message)).status).toBe(200)
})

test.each([0, 0xffffff])('an embed with colour %i is accepted', async (color) => {
  expect((await send(await openDiscord(), withEmbed({ title: 'One', color }))).status).toBe(200)
})

test('an embed with only an image is accepted', async () => {
  const message = withEmbed({ image: { url: 'https://example.com/chart.png' } })
  expect((await send(await openDiscord(), message)).status).toBe(200)
})

test('all errors of a message are reported together', async () => {
  const { body } = await send(await openDiscord(), {
    content: words(2001),
    embeds: [{ title: words(257) }, { title: 'One', fields: [{ name: words(257), value: '' }] }],
  })
  expect(body).toEqual({
    message: 'Invalid Form Body',
    code: 50035,
    errors: {
      content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] },
      embeds: {
        0: {
          title: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 256 or fewer in length.' }] },
        },
        1: {
          fields: {
            0: {
              name: {
                _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 256 or fewer in length.' }],
              },
              value: { _errors: [{ code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }] },
            },
          },
        },
      },
    },
  })
})

test('an error of a whole is reported only if its parts have none', async () => {
  const { body } = await send(await openDiscord(), {
    embeds: [{ title: words(257), description: words(3000) }, { description: words(3000) }],
  })
  expect(body).toEqual(invalidForm('embeds.0.title', atMost(256)))
})

test.each([
  ['nothing', {}],
  ['no content', { content: '' }],
  ['blanks', { content: ' \n ' }],
  ['empty lists', { embeds: [], components: [] }],
])('a message of %s is empty: 50006', async (_, message) => {
  const { status, body } = await send(await openDiscord(), message)
  expect(status).toBe(400)
  expect(body).toEqual({ message: 'Cannot send an empty message', code: 50006 })
})

test('a message is returned with all fields, and can be read again', async () => {
  const here = await openDiscord()
  const sent = await send(here, { content: 'Welcome' })
  const { bot, channels } = here.town
  expect(sent.body).toEqual({
    id: expect.stringMatching(/^\d+$/),
    type: 0,
    channel_id: channels[0],
    author: bot.user,
    content: 'Welcome',
    embeds: [],
    attachments: [],
    components: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: '2026-11-24T12:00:00.000000+00:00',
    edited_timestamp: null,
    flags: 0,
  })
  expect((await here.rest.get(`${pathOf(here)}/${fieldIn(sent, 'id')}`)).body).toEqual(sent.body)
})

test('messages are listed newest first, each in its channel', async () => {
  const here = await openDiscord()
  await send(here, { content: 'one' })
  await send(here, { content: 'two' })
  await here.rest.post(`/channels/${here.town.channels[1]}/messages`, { ...NO_PINGS, content: 'elsewhere' })
  expect(listIn(await here.rest.get(pathOf(here))).map(({ content }) => content)).toEqual(['two', 'one'])
})

test('embed texts are trimmed before they are counted, and missing fields get defaults', async () => {
  const here = await openDiscord()
  const { status, body } = await send(
    here,
    withEmbed({
      title: `  ${words(256)}\n`,
      description: ' All of it ',
      footer: { text: ' Complete ' },
      author: { name: ' Custos ' },
      fields: [{ name: ' By ', value: ` ${words(1024)} ` }],
    }),
  )
  expect(status).toBe(200)
  expect(body).toMatchObject({
    embeds: [
      {
        type: 'rich',
        title: words(256),
        description: 'All of it',
        footer: { text: 'Complete' },
        author: { name: 'Custos' },
        fields: [{ name: 'By', value: words(1024), inline: false }],
      },
    ],
  })
})

test('components are numbered in order, and a select menu accepts one value by default', async () => {
  const { body } = await send(await openDiscord(), {
    components: [
      { type: ROW, components: [button(), button({ custom_id: 'b', disabled: true })] },
      { type: ROW, components: [select()] },
    ],
  })
  expect(body).toMatchObject({
    components: [
      {
        id: 1,
        components: [
          { id: 2, custom_id: 'next' },
          { id: 3, custom_id: 'b', disabled: true },
        ],
      },
      { id: 4, components: [{ id: 5, custom_id: 'entry', min_values: 1, max_values: 1 }] },
    ],
  })
})

test('an unknown channel answers 10003, and one of a guild without the bot 50001', async () => {
  const here = await openDiscord()
  const nowhere = await here.rest.post('/channels/111111111111111111/messages', {
    ...NO_PINGS,
    content: 'Hi',
  })
  expect(nowhere).toMatchObject({ status: 404, body: { message: 'Unknown Channel', code: 10003 } })
  here.town.guild.members.delete(here.town.bot.id)
  const outside = await send(here, { content: 'Hi' })
  expect(outside).toMatchObject({ status: 403, body: { message: 'Missing Access', code: 50001 } })
})

test('an unknown message answers 10008', async () => {
  const here = await openDiscord()
  expect(await here.rest.get(`${pathOf(here)}/111111111111111111`)).toMatchObject({
    status: 404,
    body: { message: 'Unknown Message', code: 10008 },
  })
})

test('invalid JSON is rejected', async () => {
  const here = await openDiscord()
  const response = await fetch(`${here.discord.api}/v10${pathOf(here)}`, {
    method: 'POST',
    headers: { authorization: `Bot ${TOKEN}`, 'content-type': 'application/json' },
    body: '{"content":',
  })
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ message: 'The request body contains invalid JSON.', code: 50109 })
})
