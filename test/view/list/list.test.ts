import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMessage } from '../../../sandbox/rest/limits/message-limits.ts'
import { type Entry, parseEntry, type RawChange } from '../../../src/core/audit-log/entry.ts'
import { OBJECT_ROWS } from '../../../src/core/changes/change-table.ts'
import { changesOf, extrasOf } from '../../../src/core/changes/changes.ts'
import { isSet } from '../../../src/core/changes/value.ts'
import type { NamedEntity } from '../../../src/core/names/named-entity.ts'
import { Names, NO_NAMES } from '../../../src/core/names/names.ts'
import { plainText } from '../../../src/core/text/escape.ts'
import { entryReply } from '../../../src/view/entry/entry-embed.ts'
import { entryFile } from '../../../src/view/entry/entry-file.ts'
import { COUNT_LINES, rankingField } from '../../../src/view/list/counts.ts'
import { type ListPage, listReply } from '../../../src/view/list/list.ts'
import { OPTION_NAMES } from '../../../src/view/list/nothing-found.ts'
import { repeatsReply } from '../../../src/view/list/repeats.ts'
import { markdownFormatter } from '../../../src/view/text/formatter.ts'

const GUILD = '900000000000000000'
const ASKER = '100000000000000000'

const id = fc.bigInt({ min: 10n ** 17n, max: 2n ** 62n }).map(String)
const longText = fc.string({ unit: 'binary', minLength: 1, maxLength: 512 })

/** Keys that changes have, and others. */
const anyKey = fc.oneof(
  fc.constantFrom(...Object.values(OBJECT_ROWS).flatMap((rows) => Object.keys(rows))),
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
    query: {
      command: 'audit recent',
      guildId: GUILD,
      askerId: ASKER,
      askedAt: 1,
      filter: {},
      order: 'newest',
    },
    number: 1,
    page: { index: 0 },
    entries: [],
    total: 0,
    unnamed: { entries: 0, of: 0 },
    coverage: { guildId: '0', oldest: '0', ranges: [{ start: '0', end: '1' }], readAt: 0, askedAt: 0 },
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
      const unnamed = { entries: 123_456, of: 1_234_567 }
      const { embeds, components } = listReply(page({ entries: those, total: 999, unnamed, fields, about }))
      checkMessage({ embeds, components }, 0)
    }),
    { numRuns: 200 },
  )
})

test('what Discord names nobody for is said above the list, and where nothing is found', () => {
  const filter = { executorId: '7' }
  const narrowed = page({ about: 'by <@7>', unnamed: { entries: 12, of: 0 } })
  const [embed] = listReply({ ...narrowed, query: { ...narrowed.query, filter } }).embeds
  expect(embed?.description).toBe(
    'by <@7>\n12 more matching entries are not shown: Discord does not say who made them, so `by` cannot find them.\n\n' +
      'No entries were found. Try leaving out `by`.',
  )
})

describe('where every name is as long as it can be, and of someone or something gone', () => {
  const ids = ['1', '2', '3', '4'].map((digit) => digit.padEnd(19, '0'))
  const [by = '', author = '', channel, person = ''] = ids
  const names = new Names(
    GUILD,
    ids.map((each): NamedEntity => {
      const type = each === channel ? 'channel' : 'user'
      return { id: each, type, name: '*'.repeat(100), presence: 'gone' }
    }),
  )
  const entries = Array.from({ length: 10 }, (_, index): Entry => {
    const payload = { user_id: by, target_id: author, options: { channel_id: channel, count: '1000' } }
    const parsed = parseEntry(GUILD, { id: `15000000000000000${index + 10}`, action_type: 72, ...payload })
    if ('refused' in parsed) throw new Error(parsed.refused)
    return { ...parsed.entry, onBehalfOfId: person, reason: '*'.repeat(512) }
  })

  test('a page of entries is a message that Discord takes, with every entry in it', () => {
    const full = { name: 'By moderator', value: 'x'.repeat(1024), inline: true }
    const { embeds, components } = listReply(page({ entries, total: 10, fields: [full, full, full], names }))
    checkMessage({ embeds, components }, 0)
    expect(embeds[1]?.description?.split('\n')).toHaveLength(10)
  })

  test('an entry shown whole is one, however much it changed', () => {
    const changes = [{ key: 'nick', old_value: '*'.repeat(1000), new_value: '*'.repeat(5000) }]
    const [entry] = entries
    if (!entry) throw new Error('There is no entry.')
    const options = { ...entry.options, status: '*'.repeat(1000) }
    const { embeds, components } = entryReply({ ...entry, changes, options }, names, ASKER)
    checkMessage({ embeds, components }, 0)
  })

  test('a page of repeats is one, with every target in it', () => {
    const tallies = [by, author, person, null].map((key) => ({ key, entries: 1_234_567, units: 1 }))
    const top = Array.from({ length: 10 }, () => ({
      targetId: author,
      targetType: 'user' as const,
      entries: 1_234_567,
      first: by,
      last: by,
      by: tallies,
    }))
    const { query, number, page: turn, coverage, notice } = page({})
    const repeats = { top, size: 10 }
    const [embed] = repeatsReply({
      repeats,
      about: '',
      query,
      number,
      page: turn,
      coverage,
      names,
      notice,
    }).embeds
    checkMessage({ embeds: embed ? [embed] : [] }, 0)
    expect(embed?.description?.match(/^\d+\. /gm)).toHaveLength(10)
  })

  test('a count is a field that Discord takes', () => {
    const top = Array.from({ length: COUNT_LINES }, () => ({ key: author, entries: 1, units: 1_234_567 }))
    const remark = '*not told for bulk deletes*'
    const field = rankingField(
      'By author',
      { top, size: 1_000_000 },
      markdownFormatter(names).user,
      page({}),
      {
        remark,
      },
    )
    checkMessage({ embeds: [{ fields: [field] }] }, 0)
  })
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

/** Whether a change can be of anything: where nothing is set on either side, nothing changed. */
function isSomething({ old_value, new_value }: RawChange): boolean {
  const isValue = (sent: unknown): boolean =>
    typeof sent === 'object' && sent !== null
      ? Object.values(sent).some(isValue)
      : ![undefined, null, '', 0, '0'].some((nothing) => nothing === sent)
  return isValue(old_value) || isValue(new_value)
}

test('nothing that an entry holds is dropped: every change and every extra is told', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      for (const change of entry.changes.filter(isSomething)) {
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
      fc.pre(isSet(sent))
      const changes = [{ key: 'not_known_yet', old_value: sent }]
      const { content } = entryFile({ ...entry, changes }, NO_NAMES)
      const shown = typeof sent === 'string' ? sent : JSON.stringify(sent)
      expect(content).toContain(plainText(shown))
    }),
  )
})

test('a notice stands above the answer', () => {
  const [embed] = listReply(page({ notice: '⚠️ Discord could not be read.' })).embeds
  expect(embed?.description).toBe(
    '⚠️ Discord could not be read.\n\nNo entries were found. The whole archive was searched.',
  )
})
