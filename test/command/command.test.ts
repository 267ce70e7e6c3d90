import { describe, expect, onTestFinished, test } from 'vitest'
import { subcommand } from '../../src/command/command.ts'
import { integerOption, required, stringOption } from '../../src/command/option.ts'
import { UserError } from '../../src/core/errors.ts'
import { memoryArchive } from '../support/archive/memory-archive.ts'

const CONTEXT = { now: Date.UTC(2026, 10, 24, 12, 30), guildId: '1564237482688512200', timeZone: 'UTC' }

const search = subcommand({
  name: 'search',
  description: 'Search reasons',
  options: {
    reason: required(stringOption('What it contains')),
    action: stringOption('What was done', { suggests: 'actions' }),
    limit: integerOption('How many', 1, 1000),
  },
  draft: ({ reason, limit = 10 }) => ({ filter: { reason }, order: 'newest', limit, public: false }),
  answer: async () => ({ embeds: [], components: [] }),
})

describe('a subcommand', () => {
  test('parses what was typed by the types of its options', () => {
    expect(search.parse({ reason: 'spam', limit: 3 }, CONTEXT)).toEqual({
      filter: { reason: 'spam' },
      order: 'newest',
      limit: 3,
      public: false,
    })
  })

  test.each([{}, { reason: 7 }, { reason: 'spam', limit: '3' }])(
    'rejects values that do not fit its options, such as %j',
    (values) => {
      expect(() => search.parse(values, CONTEXT)).toThrow(
        new UserError('Discord sent options that this command does not have. Try again in a minute.'),
      )
    },
  )

  test.each([
    ['an option with suggestions', 'action', [{ name: 'Member Kick', value: 'Member Kick' }]],
    ['an option without', 'reason', []],
    ['an option it does not have', 'target', []],
  ])('suggests values for %s', async (_, option, suggestions) => {
    const archive = await memoryArchive()
    onTestFinished(() => archive.close())
    expect(await search.suggest(option, 'member kick', CONTEXT, archive)).toEqual(suggestions)
  })
})
