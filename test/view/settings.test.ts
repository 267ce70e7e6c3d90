import { describe, expect, test } from 'vitest'
import { firstIdAt } from '../../src/core/snowflake.ts'
import { HOUR } from '../../src/core/time/units.ts'
import type { Watch } from '../../src/core/watch/watch.ts'
import { type SettingsChange, settingsReply } from '../../src/view/settings.ts'
import { ALERT, FEED, watchOf } from '../support/watches.ts'

const NOW = Date.UTC(2026, 10, 24, 12, 30)

function shown(
  timeZone: string | undefined,
  change: SettingsChange = { type: 'none' },
  now = NOW,
  watches: readonly Watch[] = [],
): { title: string; text: string } {
  const lastSet =
    timeZone === undefined
      ? undefined
      : ({ id: firstIdAt(now - HOUR), by: '7', detail: { type: 'time zone', timeZone } } as const)
  const [embed] = settingsReply({
    settings: { timeZone },
    change,
    lastSet,
    watches,
    now,
    notice: undefined,
  }).embeds
  return { title: embed?.title ?? '', text: embed?.description ?? '' }
}

describe('the settings', () => {
  test('say which zone is set, what it means now, and who set it', () => {
    const { title, text } = shown('America/New_York')
    expect(title).toBe('Time zone: America/New_York')
    expect(text).toContain('It is 07:30 now (UTC-5), and `yesterday` is Mon 23 Nov 2026.')
    expect(text).toContain(`-# Set by <@7> <t:${(NOW - HOUR) / 1000}:R>`)
  })

  test('say how to set a zone while none is set', () => {
    expect(shown(undefined).text).toContain('Set one with `/custos settings timezone:`.')
  })

  test('say that a zone is not known to this version of Node, and what is used instead', () => {
    const { title, text } = shown('Moon/Tranquility')
    expect(title).toBe('Time zone: UTC')
    expect(text).toContain('⚠️ `Moon/Tranquility` is set, but the Node that Custos runs on does not know it.')
  })

  test('mean the day before by “yesterday” also on a day of 25 hours', () => {
    const midnight = Date.UTC(2026, 9, 25, 22, 30)
    expect(shown('Europe/Berlin', undefined, midnight).text).toContain('`yesterday` is Sat 24 Oct 2026')
  })
})

test('what Custos posts by itself is mentioned to a member who looks up what is set', () => {
  const watches = [watchOf(FEED), watchOf(ALERT), watchOf(FEED)]
  expect(shown('Asia/Tokyo', { type: 'none' }, NOW, watches).text).toContain(
    'Custos posts by itself: 2 feeds, 1 alert. See `/custos alert list`, `/custos feed list`.',
  )
  expect(shown('Asia/Tokyo', { type: 'same' }, NOW, watches).text).not.toContain('by itself')
  expect(shown('Asia/Tokyo').text).not.toContain('by itself')
})

describe('a command that sets the zone is answered with', () => {
  test('the new zone, and the one before', () => {
    const { title, text } = shown('Asia/Tokyo', { type: 'set', before: { timeZone: 'Europe/Berlin' } })
    expect(title).toBe('Time zone set to Asia/Tokyo')
    expect(text).toContain('Before, it was Europe/Berlin.')
    expect(text).not.toContain('Set by')
  })

  test('what is in force, and whose it is, if another member set another zone at the same moment', () => {
    const { title, text } = shown('Asia/Tokyo', { type: 'overtaken', wanted: 'Europe/Berlin' })
    expect(title).toBe('Time zone: Asia/Tokyo')
    expect(text).toContain('<@7> set this zone at the same moment as you set Europe/Berlin.')
  })

  test('the zone, and that nothing changed, if it was set already', () => {
    expect(shown('Asia/Tokyo', { type: 'same' }).text).toContain('Nothing has changed.')
  })
})
