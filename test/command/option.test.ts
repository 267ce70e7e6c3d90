import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import {
  areArguments,
  booleanOption,
  channelOption,
  choiceOption,
  integerOption,
  type Option,
  required,
  stringOption,
  userOption,
} from '../../src/command/option.ts'

const ID = '1564237482688512274'

describe('the definition that Discord gets of an option', () => {
  test.each<[string, Option<unknown>, object]>([
    ['for text', stringOption('Why'), { type: Type.String, description: 'Why' }],
    [
      'for text with suggestions',
      stringOption('When', { suggests: 'since', maxLength: 200 }),
      { type: Type.String, description: 'When', autocomplete: true, max_length: 200 },
    ],
    [
      'for a choice',
      choiceOption('Which', ['newest', 'oldest']),
      {
        type: Type.String,
        description: 'Which',
        choices: [
          { name: 'newest', value: 'newest' },
          { name: 'oldest', value: 'oldest' },
        ],
      },
    ],
    [
      'for a whole number',
      integerOption('How many', 1, 1000),
      { type: Type.Integer, description: 'How many', min_value: 1, max_value: 1000 },
    ],
    ['for a boolean', booleanOption('Show it'), { type: Type.Boolean, description: 'Show it' }],
    ['for a user', userOption('Who'), { type: Type.User, description: 'Who' }],
    ['for a channel', channelOption('Where'), { type: Type.Channel, description: 'Where' }],
    [
      'that is required',
      required(integerOption('How many', 1, 9)),
      { type: Type.Integer, description: 'How many', min_value: 1, max_value: 9, required: true },
    ],
  ])('%s', (_, option, definition) => {
    expect(option.definition).toEqual(definition)
  })
})

test('a required option keeps its suggestions', () => {
  expect(required(stringOption('On what', { suggests: 'names' })).suggests).toBe('names')
})

describe('an option', () => {
  test.each<[string, Option<unknown>, readonly unknown[], readonly unknown[]]>([
    ['for text', stringOption('Why'), ['', 'a'], [1, true, null, ['a']]],
    ['for text of limited length', stringOption('Why', { maxLength: 3 }), ['abc', '🔨🔨🔨'], ['abcd', 3]],
    [
      'for a choice',
      choiceOption('Which', ['newest', 'oldest']),
      ['newest', 'oldest'],
      ['Newest', '', 1, null],
    ],
    [
      'for a whole number',
      integerOption('How many', 1, 1000),
      [1, 1000],
      [0, 1001, 1.5, Number.NaN, '1', null],
    ],
    ['for a boolean', booleanOption('Show it'), [true, false], ['true', 0, null]],
    ['for a user', userOption('Who'), [ID], ['', '@mod', `<@${ID}>`, 1, null]],
    ['for a channel', channelOption('Where'), [ID], ['', '#general', 1, null]],
  ])(
    '%s accepts its values and nothing else, and may be left out unless it is required',
    (_, option, good, bad) => {
      expect([undefined, ...good, ...bad].filter(option.accepts)).toEqual([undefined, ...good])
      expect([undefined, ...good, ...bad].filter(required(option).accepts)).toEqual(good)
    },
  )
})

describe('the values of a command', () => {
  const options = {
    who: required(userOption('Who')),
    limit: integerOption('How many', 1, 10),
    why: stringOption('Why'),
  }

  test.each([
    [{ who: ID, limit: 3, why: 'spam' }, true],
    [{ who: ID }, true],
    [{ who: ID, extra: 'a newer option' }, true],
    [{}, false],
    [{ who: 'somebody' }, false],
    [{ who: ID, limit: 11 }, false],
    [{ who: ID, why: 3 }, false],
  ])('%j fit its options: %j', (values, fit) => {
    expect(areArguments(options, values)).toBe(fit)
  })
})
