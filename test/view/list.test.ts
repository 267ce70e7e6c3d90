import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkMessage } from '../../sandbox/rest/message-limits.ts'
import { CHANGE_ROWS } from '../../src/core/change-table.ts'
import { changesOf, extrasOf } from '../../src/core/changes.ts'
import { type Entry, parseEntry } from '../../src/core/entry.ts'
import { plainText } from '../../src/core/inert.ts'
import { NO_NAMES } from '../../src/core/names.ts'
import { entryReply } from '../../src/view/entry-embed.ts'
import { entryFile } from '../../src/view/entry-file.ts'
import { type ListPage, listReply } from '../../src/view/list.ts'
import { OPTION_NAMES } from '../../src/view/nothing-found.ts'

const GUILD = '900000000000000000'
const ASKER = '100000000000000000'

const id = fc.bigInt({ min: 10n ** 17n, max: 2n ** 62n }).map(String)
const longText = fc.string({ unit: 'binary', minLength: 1, maxLength: 512 })

/** Keys that changes have, and others. */
const anyKey = fc.oneof(
  fc.constantFrom(...Object.keys(CHANGE_ROWS).map((key) => key.replace(/^\w+\./, ''))),
  fc.constantFrom('$add', '$remove', '$add_keyword_filter', '$remove_exempt_roles', '123456789012345678'),
  longText,
)

/** Entries of any sort, with fields that are as long as Discord lets them be, or are anything at all. */
const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    id,
    user_id: fc.option(id),
    target_id: fc.option(fc.oneof(id, longText)),
    action_type: fc.nat(250),
    reason: fc.option(longText, { nil: undefined }),
    options: fc.oneof(
      fc.record({
        channel_id: id,
        count: fc.nat(100_000).map(String),
        auto_moderation_rule_name: longText,
        status: longText,
      }),
      fc.dictionary(longText, fc.json()),
    ),
    changes: fc.array(
      fc.record(
        { key: anyKey, old_value: fc.jsonValue(), new_value: fc.jsonValue() },
        { requiredKeys: ['key'] },
      ),
    ),
  })
  .map((payload) => {
    const parsed = parseEntry(GUILD, payload)
    if ('refused' in parsed) throw new Error(parsed.refused)
    return parsed.entry
  })

function page(given: Partial<ListPage>): ListPage {
  return {
    title: 'Audit log',
    about: '',
    fields: [],
    question: {
      command: 'audit recent',
      guildId: GUILD,
      askerId: ASKER,
      askedAt: 1,
      filter: {},
      order: 'newest',
    },
    number: 1,
    turn: { page: 0 },
    entries: [],
    total: 0,
    coverage: { ranges: [], readAt: null },
    names: NO_NAMES,
    notice: undefined,
    options: OPTION_NAMES,
    ...given,
  }
}

test('a page of any ten entries is a message that Discord takes, with or without counts above it', () => {
  const full = { name: 'By moderator', value: 'x'.repeat(1024), inline: true }
  const entries = fc.uniqueArray(anyEntry, { minLength: 1, maxLength: 10, selector: (entry) => entry.id })
  fc.assert(
    fc.property(entries, fc.boolean(), longText, (those, counted, about) => {
      const fields = counted ? [full, full, full] : []
      const { embeds, components } = listReply(page({ entries: those, total: 999, fields, about }))
      checkMessage({ embeds, components }, 0)
    }),
    { numRuns: 200 },
  )
})

test('any entry shown whole is a message that Discord takes', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const { embeds, components } = entryReply(entry, NO_NAMES, ASKER)
      checkMessage({ embeds, components }, 0)
    }),
    { numRuns: 200 },
  )
})

test('nothing that an entry holds is dropped: every change and every extra is told', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      for (const change of entry.changes) {
        const told = changesOf({ ...entry, changes: [change] })
        expect(told.length, change.key).toBeGreaterThan(0)
      }
      const inFields = (entry.channelId === null ? 0 : 1) + (entry.count === null ? 0 : 1)
      const channelOfOptions = 'channel_id' in entry.options ? 0 : entry.channelId === null ? 0 : 1
      expect(extrasOf(entry)).toHaveLength(Object.keys(entry.options).length - inFields + channelOfOptions)
    }),
    { numRuns: 500 },
  )
})

test('what Custos cannot read stands in the file as Discord sent it', () => {
  fc.assert(
    fc.property(anyEntry, fc.jsonValue(), (entry, sent) => {
      const changes = [{ key: 'not_known_yet', old_value: sent }]
      const { content } = entryFile({ ...entry, changes }, NO_NAMES)
      const shown = typeof sent === 'string' ? sent : JSON.stringify(sent)
      expect(content).toContain(plainText(sent === null || sent === '' ? 'none' : shown))
    }),
  )
})

test('a notice stands above the answer', () => {
  const [embed] = listReply(page({ notice: '⚠️ Discord could not be read.' })).embeds
  expect(embed?.description).toBe(
    '⚠️ Discord could not be read.\n\nNo entries were found. The log is empty as far back as it is known.',
  )
})
