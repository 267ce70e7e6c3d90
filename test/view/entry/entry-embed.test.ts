import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkMessage } from '../../../sandbox/rest/limits/message-limits.ts'
import type { Entry, RawChange } from '../../../src/core/audit-log/entry.ts'
import { changesOf, extrasOf } from '../../../src/core/changes/changes.ts'
import { isSet } from '../../../src/core/changes/value.ts'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { plainText } from '../../../src/core/text/escape.ts'
import { entryReply } from '../../../src/view/entry/entry-embed.ts'
import { entryFile } from '../../../src/view/entry/entry-file.ts'
import type { Reply } from '../../../src/view/reply.ts'
import { entryOf } from '../../support/entries/entries.ts'
import { anyEntry, GUILD, LONGEST } from '../any-entry.ts'

function replyTo(entry: Entry, names = NO_NAMES): Reply {
  const ids = { nearby: 'nearby', executor: 'executor', target: 'target', diff: 'diff' }
  return entryReply({ entry, names, timeZone: 'UTC', ids, notice: undefined })
}

test('the details of any entry are a message that Discord accepts', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const { embeds, components } = replyTo(entry)
      checkMessage({ embeds, components }, 0)
    }),
    { numRuns: 200 },
  )
})

test('the details of the longest entry are a message that Discord accepts', () => {
  const changes = [{ key: 'nick', old_value: '*'.repeat(1000), new_value: '*'.repeat(5000) }]
  const [entry] = LONGEST.entries
  if (!entry) throw new Error('There is no entry.')
  const options = { ...entry.options, status: '*'.repeat(1000) }
  const { embeds, components } = replyTo({ ...entry, changes, options }, LONGEST.names)
  checkMessage({ embeds, components }, 0)
})

/** Whether a change has a value on either side. If not, nothing changed. */
function isSomething({ old_value, new_value }: RawChange): boolean {
  const isValue = (sent: unknown): boolean =>
    typeof sent === 'object' && sent !== null
      ? Object.values(sent).some(isValue)
      : ![undefined, null, '', 0, '0'].some((nothing) => nothing === sent)
  return isValue(old_value) || isValue(new_value)
}

test('every change and every option of an entry is shown', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      for (const change of entry.changes.filter(isSomething)) {
        const shown = changesOf({ ...entry, changes: [change] })
        expect(shown.length, change.key).toBeGreaterThan(0)
      }
      const inFields = (entry.channelId === null ? 0 : 1) + (entry.count === null ? 0 : 1)
      const channelOfOptions = 'channel_id' in entry.options ? 0 : entry.channelId === null ? 0 : 1
      expect(extrasOf(entry)).toHaveLength(Object.keys(entry.options).length - inFields + channelOfOptions)
    }),
    { numRuns: 500 },
  )
})

test('the file shows an unknown change as Discord sent it', () => {
  fc.assert(
    fc.property(anyEntry, fc.jsonValue(), (entry, sent) => {
      fc.pre(isSet(sent))
      const changes = [{ key: 'not_known_yet', old_value: sent }]
      const { content } = entryFile({ ...entry, changes }, NO_NAMES, 'UTC')
      const shown = typeof sent === 'string' ? sent : JSON.stringify(sent)
      expect(content).toContain(plainText(shown))
    }),
  )
})

test('the file has its times in the time zone of the server', () => {
  const id = firstIdAt(Date.UTC(2026, 10, 23, 20, 15))
  const { content } = entryFile(entryOf(GUILD, { id, action_type: 20 }), NO_NAMES, 'Asia/Kathmandu')
  expect(content).toContain('24 Nov 2026, 02:00 UTC+5:45')
})

test.each<[what: string, payload: object, by: string, on: string | undefined]>([
  ['the offender as both', { user_id: '7', target_id: '7' }, 'AutoMod', '<@7> `7`'],
  ['the offender as executor only', { user_id: '7', target_id: null }, 'AutoMod', '<@7> `7`'],
  ['two members', { user_id: '7', target_id: '8' }, 'AutoMod, <@7> `7`', '<@8> `8`'],
  ['nobody', { user_id: null, target_id: null }, 'AutoMod', undefined],
])('what AutoMod did is by AutoMod if Discord names %s', (_, payload, by, on) => {
  const entry = entryOf(GUILD, { id: '1500000000000000000', action_type: 143, ...payload })
  const fields = replyTo(entry).embeds[0]?.fields ?? []
  const shown = (name: string) => fields.find((field) => field.name === name)?.value
  expect([shown('By'), shown('Target')]).toEqual([by, on])
})
