import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { textOf } from '../../support/read.ts'

test('action suggests names, groups and categories, and first those that start with the text', async () => {
  const { moderator } = await openCustos()
  const names = async (typed: string) =>
    (await moderator.autocomplete('audit recent', 'action', typed)).map(({ name }) => name)
  expect(await names('ban')).toEqual([
    'Bans & kicks (group)',
    'Member Ban Add (ban)',
    'Member Ban Remove (unban)',
  ])
  expect((await names('del'))[0]).toBe('Deletes (group)')
  expect(await names('')).toHaveLength(25)
  expect(await names('no such thing')).toEqual([])
})

test('on suggests known members, roles and channels by part of their name, with their id as the value', async () => {
  const { moderator, town, actor, log } = await openCustos()
  members.kick(actor(0), town.members[0]?.id ?? '')
  await moderator.command('audit recent')
  await log.waitFor(READ)
  const offered = (typed: string) => moderator.autocomplete('audit recent', 'on', typed)
  expect(await offered('marb')).toEqual([{ name: '@marble (member)', value: town.members[0]?.id }])
  expect(await offered('#gen')).toEqual([{ name: '#general (channel)', value: town.channels[0] }])
  expect(await offered('@trus')).toEqual([{ name: '@Trusted (role)', value: town.roles.trusted.id }])
})

test('since and until show how the text is understood, and suggest common windows', async () => {
  const { moderator } = await openCustos()
  const offered = await moderator.autocomplete('audit deletes', 'since', '3d')
  expect(offered[0]).toEqual({ name: '3d → Sat 21 Nov 2026, 12:00 UTC', value: '3d' })
  expect(offered.slice(1).map(({ value }) => value)).toEqual([
    '24h',
    '7d',
    '30d',
    '45d',
    '90d',
    'yesterday',
    'when Custos joined',
  ])
  const [day] = await moderator.autocomplete('audit deletes', 'until', '2026-11-20')
  expect(day?.name).toBe('2026-11-20 → Sat 21 Nov 2026, 00:00 UTC')
})

test('a text that is not understood is suggested as it is, and choosing it gives the error', async () => {
  const { moderator } = await openCustos()
  const offered = await moderator.autocomplete('audit deletes', 'since', '5/13/2026')
  expect(offered.map(({ name }) => name)).toEqual([
    '“5/13/2026” is not understood. Did you mean this?',
    '2026-05-13 → Wed 13 May 2026, 00:00 UTC',
  ])
  const { message } = await moderator.command('audit deletes', { since: String(offered[0]?.value) })
  expect(textOf(message)).toMatch(/^“5\/13\/2026” cannot be read as a time for `since`\. Try /)
})

test('an id newer than the clock of the host is a valid bound', async () => {
  const { clock, moderator } = await openCustos()
  const id = firstIdAt(clock.now() + 120_000)
  for (const option of ['since', 'until']) {
    const [first] = await moderator.autocomplete('audit recent', option, id)
    expect(first?.name).toBe(`${id} → Tue 24 Nov 2026, 12:02 UTC`)
    const { message } = await moderator.command('audit recent', { [option]: id })
    expect(textOf(message)).not.toMatch(/future|cannot read/)
  }
})
