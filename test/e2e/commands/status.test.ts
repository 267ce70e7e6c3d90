import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { READ } from '../../support/log-messages.ts'
import { openCustos } from '../../support/open-custos.ts'
import { fieldOf, textOf } from '../../support/read.ts'

const DAY = 86_400_000

test('status shows what is stored, since when, the last read, and that entries arrive live', async () => {
  const { moderator, town, clock, log } = await openCustos({ days: 60, perDay: 20 })
  await log.waitFor(READ)
  const reply = await moderator.command('audit status', { public: true })
  const entries = town.guild.log.since(clock.now() - 45 * DAY)
  const now = clock.now() / 1000
  expect(fieldOf(reply.message, 'Entries held')).toBe(entries.length.toLocaleString('en'))
  expect(fieldOf(reply.message, 'Complete since')).toBe(`<t:${now - 45 * 86_400}:f>`)
  expect(fieldOf(reply.message, 'Last read')).toBe(`<t:${now}:R>`)
  expect(fieldOf(reply.message, 'Holes')).toBe('none')
  expect(fieldOf(reply.message, 'Live')).toMatch(/^yes: /)
  expect(fieldOf(reply.message, 'Permission')).toBe('View Audit Log is granted')
  expect(fieldOf(reply.message, 'Discord keeps')).toBe('45 days')
  expect(reply.ephemeral).toBe(false)
})

test('a gap is shown with its start and end', async () => {
  const { moderator, town, actor, clock, log, stopBot, startBot } = await openCustos({})
  members.kick(actor(0), town.members[0]?.id ?? '')
  await log.waitFor(READ)
  await stopBot()
  clock.advance(100 * DAY)
  await startBot()
  await log.waitFor(READ, 2)
  const { message } = await moderator.command('audit status')
  const end = clock.now() / 1000 - 45 * 86_400
  expect(fieldOf(message, 'Holes')).toMatch(new RegExp(`^<t:\\d+:f> to <t:${end}:f>$`))
})

test('a missing permission is named, and with it that nothing arrives', async () => {
  const { moderator, town } = await openCustos({ days: 1 })
  await moderator.command('audit recent')
  town.guild.roles.set(town.roles.custos.id, { ...town.roles.custos, permissions: '0' })
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Permission')).toBe('**View Audit Log** is missing')
  expect(fieldOf(message, 'Live')).toMatch(/^no: /)
  expect(textOf(message)).toContain('Server Settings → Roles')
})
