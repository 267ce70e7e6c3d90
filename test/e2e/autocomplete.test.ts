import { expect, test } from 'vitest'
import * as members from '../../sandbox/acts/members.ts'
import { stage } from '../support/stage.ts'

test('action offers names, groups and categories, those that begin with what is typed first', async () => {
  const { moderator } = await stage()
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

test('on offers what the guild is known to have, by part of its name, and gives its id', async () => {
  const { moderator, town, scene, log } = await stage()
  members.kick(scene(0), town.members[0]?.id ?? '')
  await moderator.command('audit recent')
  await log.heard('The audit log is read.')
  const offered = (typed: string) => moderator.autocomplete('audit recent', 'on', typed)
  expect(await offered('marb')).toEqual([{ name: '@marble (member)', value: town.members[0]?.id }])
  expect(await offered('#gen')).toEqual([{ name: '#general (channel)', value: town.channels[0] }])
  expect(await offered('@trus')).toEqual([{ name: '@Trusted (role)', value: town.roles.trusted.id }])
})

test('since and until say how they are understood, and offer the usual windows', async () => {
  const { moderator } = await stage()
  const offered = await moderator.autocomplete('audit deletes', 'since', '3d')
  expect(offered[0]).toEqual({ name: '3d → Sat 21 Nov 2026, 12:00 UTC', value: '3d' })
  expect(offered.slice(1).map(({ value }) => value)).toEqual([
    '24h',
    '7d',
    '30d',
    '45d',
    '90d',
    'yesterday',
    'bot joined',
  ])
  const [day] = await moderator.autocomplete('audit deletes', 'until', '2026-11-20')
  expect(day?.name).toBe('2026-11-20 → Sat 21 Nov 2026, 00:00 UTC')
})
