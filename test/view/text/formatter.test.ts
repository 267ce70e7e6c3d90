import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NamedEntity, Presence } from '../../../src/core/names/named-entity.ts'
import { Names } from '../../../src/core/names/names.ts'
import { markdownFormatter, plainFormatter } from '../../../src/view/text/formatter.ts'
import { namedEntity } from '../../support/entries/names.ts'

const GUILD = '900000000000000000'
const [ANN, HOOK, SHARED] = ['900000000000000001', '900000000000000002', '900000000000000003']

const user = (presence: Presence, name = 'Ann'): NamedEntity => ({
  ...namedEntity(ANN, 'user', name),
  presence,
})

describe('a user', () => {
  test.each<[presence: Presence, shown: string]>([
    ['present', `<@${ANN}>`],
    ['unknown', `<@${ANN}> (Ann)`],
    ['gone', `<@${ANN}> (Ann)`],
  ])('whose presence is %s is shown as %s', (presence, shown) => {
    expect(markdownFormatter(new Names(GUILD, [user(presence)])).user(ANN)).toBe(shown)
  })

  test('without a known name is only mentioned', () => {
    expect(markdownFormatter(new Names(GUILD, [])).user(ANN)).toBe(`<@${ANN}>`)
  })

  test('is shown with an escaped name', () => {
    const names = new Names(GUILD, [user('gone', '<@&1> **x** [a](b)\n@everyone')])
    expect(markdownFormatter(names).user(ANN)).toBe(
      `<@${ANN}> (\\<\\@\\&1\\> \\*\\*x\\*\\* \\[a\\]\\(b\\) \\@everyone)`,
    )
  })
})

test.each<[presence: Presence, shown: string]>([
  ['present', 'Plural\\_Kit (webhook)'],
  ['gone', 'Plural\\_Kit (deleted webhook)'],
])('a webhook that wrote a message is shown by name, since it has no mention (%s)', (presence, shown) => {
  const names = new Names(GUILD, [{ ...namedEntity(HOOK, 'webhook', 'Plural_Kit'), presence }])
  expect(markdownFormatter(names).user(HOOK)).toBe(shown)
  expect(plainFormatter(names, 'UTC').user(HOOK)).toBe(shown.replace('\\', ''))
})

describe('entities that share an id', () => {
  const names = new Names(GUILD, [
    namedEntity(GUILD, 'guild', 'Books'),
    namedEntity(GUILD, 'role', '@everyone'),
    { ...namedEntity(GUILD, 'channel', 'general-old'), presence: 'gone' },
    namedEntity(SHARED, 'emoji', 'wave'),
  ])
  const [rich, bare] = [markdownFormatter(names), plainFormatter(names, 'UTC')]

  test('are shown by their type', () => {
    expect(rich.entity(GUILD, 'guild')).toBe('**Books**')
    expect(rich.role(GUILD)).toBe('@everyone')
    expect(rich.channel(GUILD)).toBe('#general\\-old (deleted channel)')
    expect([bare.entity(GUILD, 'guild'), bare.role(GUILD), bare.channel(GUILD)]).toEqual([
      'Books',
      '@everyone',
      '#general-old (deleted channel)',
    ])
  })

  test('are shown by id without a type, while one with an id of its own is shown by name', () => {
    expect(rich.entity(GUILD)).toBe(`\`${GUILD}\``)
    expect(rich.entity(SHARED)).toBe('**wave**')
    expect(rich.entity(SHARED, 'sticker')).toBe(`\`${SHARED}\``)
    expect([bare.entity(GUILD), bare.entity(SHARED)]).toEqual([GUILD, 'wave'])
  })
})

test('the commands of an application are shown by the name of its bot, which has the same id', () => {
  const names = new Names(GUILD, [
    namedEntity(HOOK, 'bot', 'Gatekeeper'),
    namedEntity(SHARED, 'command', 'ban'),
  ])
  expect(markdownFormatter(names).entity(HOOK, 'command')).toBe('**Gatekeeper**')
  expect(markdownFormatter(names).entity(SHARED, 'command')).toBe('**ban**')
})

test('a name is only shown for its own id and class', () => {
  const anyKnown = fc.record<NamedEntity>({
    id: fc.constantFrom(GUILD, ANN, HOOK, SHARED),
    type: fc.constantFrom('guild', 'user', 'bot', 'role', 'channel', 'thread', 'emoji', 'webhook'),
    name: fc.constantFrom('alpha', 'beta', 'gamma', 'delta', 'epsilon'),
    presence: fc.constantFrom('present', 'gone', 'unknown'),
  })
  const all = fc.uniqueArray(anyKnown, { selector: ({ id, type }) => `${type} ${id}` })
  fc.assert(
    fc.property(all, fc.constantFrom(GUILD, ANN, HOOK, SHARED), (those, id) => {
      const names = new Names(GUILD, those)
      const own = (...types: readonly string[]) =>
        those.filter((each) => each.id === id && types.includes(each.type)).map(({ name }) => name)
      for (const formatter of [markdownFormatter(names), plainFormatter(names, 'UTC')]) {
        for (const [shown, allowed] of [
          [formatter.user(id), own('user', 'bot', 'webhook')],
          [formatter.role(id), own('role')],
          [formatter.channel(id), own('channel', 'thread')],
          [formatter.entity(id, 'emoji'), own('emoji')],
          [formatter.entity(id, 'guild'), own('guild')],
        ] as const) {
          const said = /alpha|beta|gamma|delta|epsilon/.exec(shown)?.[0]
          if (said !== undefined) expect(allowed).toContain(said)
        }
      }
    }),
  )
})
