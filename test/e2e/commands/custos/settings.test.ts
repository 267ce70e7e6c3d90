import { expect, test } from 'vitest'
import type { Message } from '../../../../sandbox/world/message.ts'
import { archiveUrl } from '../../../support/archive/archive-url.ts'
import { openCustos } from '../../../support/open-custos.ts'
import { openOnce } from '../../../support/open-once.ts'
import { fieldOf, footersOf, textOf } from '../../../support/read.ts'

// It is Tuesday, 24 November 2026, 12:00 UTC.

const titleOf = (message: Message) => textOf(message).split('\n')[0]

test('the time zone is UTC until a member with Manage Server sets one, which is kept after a restart', async () => {
  const { moderator, other, restart } = await openCustos({ archiveUrl: await archiveUrl(), days: 1 })
  expect(other.commands().map(({ name }) => name)).not.toContain('custos')
  const unset = await moderator.command('custos settings')
  expect(unset.ephemeral).toBe(true)
  expect(titleOf(unset.message)).toBe('Time zone: UTC')
  expect(textOf(unset.message)).toContain('None is set, so Custos uses UTC.')

  const set = await moderator.command('custos settings', { timezone: 'Asia/Kathmandu' })
  expect(titleOf(set.message)).toBe('Time zone set to Asia/Kathmandu')
  expect(textOf(set.message)).toContain('It is 17:45 now (UTC+5:45), and `yesterday` is Mon 23 Nov 2026.')
  await restart()
  const status = await moderator.command('audit status')
  expect(fieldOf(status.message, 'Time zone')).toBe('Asia/Kathmandu (UTC+5:45)')
  expect(fieldOf(status.message, 'Operations')).toMatch(
    new RegExp(`^<t:\\d+:s> <@${moderator.userId}> set the time zone to Asia/Kathmandu$`),
  )
  const shown = await other.command('audit recent', { since: '2026-11-24 05:45' })
  expect(footersOf(shown.message)[0]).toContain('24 Nov 2026, 05:45 UTC+5:45')
})

test('the same zone again changes nothing, and is not in the log', async () => {
  const { moderator } = await openCustos()
  await moderator.command('custos settings', { timezone: 'Europe/Berlin' })
  const again = await moderator.command('custos settings', { timezone: 'berlin' })
  expect(textOf(again.message)).toContain('It was set already. Nothing has changed.')
  const status = await moderator.command('audit status')
  expect(fieldOf(status.message, 'Operations')?.split('\n')).toHaveLength(1)
})

test('suggestions show each zone with the time there, and begin with the zone in force', async () => {
  const { moderator } = await openCustos()
  const suggested = (typed: string) => moderator.autocomplete('custos settings', 'timezone', typed)
  expect((await suggested('sao'))[0]).toEqual({
    name: 'America/Sao_Paulo · UTC-3 · 09:00',
    value: 'America/Sao_Paulo',
  })
  expect((await suggested(''))[0]).toEqual({ name: 'UTC · UTC · 12:00', value: 'UTC' })
  await moderator.command('custos settings', { timezone: 'Asia/Tokyo' })
  expect((await suggested('')).map(({ value }) => value).slice(0, 2)).toEqual(['Asia/Tokyo', 'UTC'])
  expect(await suggested('')).toHaveLength(25)
  expect(await suggested('atlantis')).toEqual([])
})

const shared = openOnce((atEnd) => openCustos({}, atEnd))

test.each([
  ['atlantis', '“atlantis” is not a time zone. Type a city, such as `Berlin`'],
  [
    'UTC+2',
    'can mean several time zones. Pick one from the list that appears while you type, such as `Europe/Athens`, `Europe/Helsinki`',
  ],
  ['<@7> `cet`', 'is not a time zone'],
])('%j is refused with a sentence that says what would work', async (timezone, sentence) => {
  const { moderator } = shared()
  const { message, ephemeral } = await moderator.command('custos settings', { timezone })
  expect(ephemeral).toBe(true)
  expect(textOf(message)).toContain(sentence)
  expect(titleOf((await moderator.command('custos settings')).message)).toBe('Time zone: UTC')
})
