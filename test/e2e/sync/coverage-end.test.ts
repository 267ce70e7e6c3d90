import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import { archiveUrl } from '../../support/archive/archive-url.ts'
import type { AtEnd } from '../../support/at-end.ts'
import { READ, READ_FAILED } from '../../support/log-messages.ts'
import { type OpenCustos, type OpenCustosOptions, openCustos } from '../../support/open-custos.ts'
import { fieldOf, footersOf, textOf } from '../../support/read.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The last successful read is at noon on 24 November; every query is run a week later. */
const SINCE = 'nothing is known since 24 Nov, 12:00 UTC'

/** Takes View Audit Log from the bot, which the gateway does not report. */
function revoke({ town }: Pick<OpenCustos, 'town'>): void {
  const { guild, roles: townRoles } = town
  guild.roles.set(townRoles.custos.id, { ...townRoles.custos, permissions: '0' })
}

/** Opens a guild that was read, and then could not be read for a week in which its moderators were active. */
async function openUnreadWeek(
  lose: (here: OpenCustos) => void,
  options: OpenCustosOptions = {},
  atEnd: AtEnd = onTestFinished,
): Promise<OpenCustos> {
  const here = await openCustos({ days: 60, perDay: 10, ...options }, atEnd)
  await here.log.waitFor(READ)
  lose(here)
  passAWeek(here)
  return here
}

function passAWeek({ clock, actor, town }: OpenCustos): void {
  for (let day = 0; day < 7; day++) {
    clock.advance(DAY)
    messages.bulkDelete(actor(1), town.channels[0] ?? '', 20)
    members.kick(actor(2), town.members[day]?.id ?? '')
  }
}

describe('after a week in which the permission is missing', () => {
  let here: OpenCustos
  const ends: (() => Promise<void>)[] = []
  beforeAll(async () => {
    here = await openUnreadWeek(revoke, { perDay: 20 }, (end) => ends.push(end))
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  test('every answer says since when nothing is known', async () => {
    const { moderator, actor, town } = here
    const commands: readonly (readonly [string, Record<string, string>])[] = [
      ['recent', {}],
      ['user', { user: actor(1).actorId, since: '10d' }],
      ['target', { on: town.members[0]?.id ?? '', since: '10d' }],
      ['deletes', { since: '24h' }],
      ['activity', { since: '10d' }],
      ['repeats', { since: '10d' }],
      ['export', { since: '10d' }],
      ['status', {}],
    ]
    for (const [command, values] of commands) {
      const { message } = await moderator.command(`audit ${command}`, values)
      expect(footersOf(message)[0], command).toContain(`Incomplete: ${SINCE}`)
    }
  })

  test('a window before that week is complete', async () => {
    const { moderator } = here
    const { message } = await moderator.command('audit deletes', { since: '20d', until: '10d' })
    expect(footersOf(message)[0]).toContain('Complete since 10 Oct 2026')
  })

  test('deletes of an unread day are not shown as zero', async () => {
    const { moderator } = here
    const { message } = await moderator.command('audit deletes', { since: '24h' })
    expect(fieldOf(message, 'Messages deleted')).toBe('*not known*')
    expect(textOf(message)).toContain(
      `No entries are known, but not all of this time range could be read: ${SINCE}.`,
    )
  })

  test('nobody is shown with a zero, an arrow or as inactive where nothing could be read', async () => {
    const { moderator } = here
    const none = await moderator.command('audit activity', { since: '2d' })
    expect(textOf(none.message)).not.toMatch(/▲|▼|\*\*0\*\*|\b0 actions|No actions|quiet/i)
    expect(textOf(none.message)).toMatch(
      new RegExp(
        `It is not known what 1?\\d moderators did, because not all of this time range could be read: ${SINCE}\\.`,
      ),
    )
    expect(none.message.files).toEqual([])
    const some = await moderator.command('audit activity', { since: '8d' })
    expect(textOf(some.message)).toMatch(/^At least \d+ actions by \d moderators/m)
    expect(textOf(some.message)).toMatch(
      /^\d+ more moderators are not listed, because not all of this time range could be read\.$/m,
    )
    expect(textOf(some.message)).not.toMatch(/▲|▼|\*\*0\*\*|quiet/i)
  })

  test('status lists the gap, and says that the permission is missing and entries do not arrive', async () => {
    const { moderator, clock } = here
    const { message } = await moderator.command('audit status')
    const [start, end] = [clock.now() / 1000 - (45 + 7) * 86_400, clock.now() / 1000 - 7 * 86_400]
    expect(fieldOf(message, 'Complete since')).toBeUndefined()
    expect(fieldOf(message, 'Complete')).toBe(`<t:${start}:f> to <t:${end}:f>`)
    expect(fieldOf(message, 'Holes')).toBe(`since <t:${end}:f>`)
    expect(fieldOf(message, 'Live')).toMatch(/^no: /)
    expect(fieldOf(message, 'Permission')).toBe('**View Audit Log** is missing')
  })

  test('an incomplete export says so in its name and in the reply', async () => {
    const { moderator } = here
    const { message } = await moderator.command('audit export', { since: '10d' })
    expect(message.files[0]?.name).toMatch(/-at-20261201T1200-utc-incomplete\.csv$/)
    expect(textOf(message)).toContain(`⚠️ This file is incomplete: ${SINCE}.`)
  })

  test('an entry from a time that could not be read is not reported as missing', async () => {
    const { moderator, town } = here
    const { message } = await moderator.command('audit entry', {
      id: town.guild.log.since().at(-1)?.id ?? '',
    })
    expect(textOf(message)).toContain(`the audit log of that time could not be read: ${SINCE}.`)
  })
})

test('“last seen” ends in “or later” if a later time could not be read', async () => {
  const here = await openUnreadWeek(revoke)
  const lastSeenLines = async () => {
    const { message } = await here.moderator.command('audit activity', { since: '20d' })
    return textOf(message).match(/last seen <t:\d+:R>.*$/gm) ?? []
  }
  expect((await lastSeenLines()).filter((line) => !line.endsWith(':R> or later'))).toEqual([])
  // Discord deletes the week that could not be read, and a window after it is complete.
  const { guild, roles: townRoles } = here.town
  here.clock.advance(50 * DAY)
  guild.roles.set(townRoles.custos.id, townRoles.custos)
  members.kick(here.actor(1), here.town.members[9]?.id ?? '')
  const { message } = await here.moderator.command('audit activity', { since: '7d' })
  expect(footersOf(message)[0]).not.toContain('Incomplete')
  const [bruno, chidi] = [1, 2].map((who) => {
    const lines = new RegExp(`<@${here.actor(who).actorId}>.*(?:\\n-# .*)?`).exec(textOf(message))
    return lines?.[0]
      .replace(/<t:\d+:[Rd]>/, 'then')
      .split(' · ')
      .at(-1)
  })
  expect([bruno, chidi]).toEqual(['last seen then', 'quiet for at least 7 days, last seen then or later'])
})

test('a window that begins in the future is empty and complete', async () => {
  const { moderator, log, clock } = await openCustos({ days: 2 })
  await log.waitFor(READ)
  clock.advance(30_000)
  for (const command of ['recent', 'export', 'deletes', 'activity', 'repeats']) {
    const { message } = await moderator.command(`audit ${command}`, { since: '2026-11-24 12:01' })
    expect(textOf(message), command).not.toMatch(/undefined|not known|could be read|Incomplete/)
  }
})

test('a moderator who only acted through bots is listed without a zero', async () => {
  const here = await openCustos()
  const { clock, moderator, actor, town } = here
  const [first = '', second = ''] = town.members.map(({ id }) => id)
  await here.log.waitFor(READ)
  members.kick(actor(2), first)
  clock.advance(20 * DAY)
  members.ban(actor(10), second, 'Banned by chidi: spam')
  await moderator.command('audit status')
  revoke(here)
  clock.advance(2 * DAY)
  const { message } = await moderator.command('audit activity', { since: '5d' })
  expect(textOf(message)).toMatch(/^1\. <@\d+> · \+1 through bots\n-# last seen/m)
})

test('before the beginning of the archive, nothing is called complete and nobody is called inactive', async () => {
  const { moderator, log } = await openCustos({ days: 60, perDay: 10 })
  await log.waitFor(READ)
  const before = 'nothing is known before 10 Oct 2026'
  for (const command of ['recent', 'export', 'deletes', 'activity', 'repeats']) {
    const { message } = await moderator.command(`audit ${command}`, { until: '50d' })
    expect(footersOf(message)[0], command).toContain(`Incomplete: ${before}`)
    expect(textOf(message), command).not.toMatch(/\*\*0\*\*|0 actions|No entries were found|No target has/)
    expect(textOf(message), command).toContain(`not all of this time range could be read: ${before}`)
  }
})

test('status does not say that the permission is there when the last read failed for another reason', async () => {
  const { moderator, discord, log } = await openCustos({ days: 3 })
  await log.waitFor(READ)
  discord.fault = always(AUDIT_LOG, { status: 500 })
  const { message } = await moderator.command('audit status')
  expect(fieldOf(message, 'Permission')).toBe('not known: the log could not be read')
  expect(fieldOf(message, 'Live')).toMatch(/^no: /)
})

test('a later page of a list keeps its coverage after the log could be read again', async () => {
  const here = await openCustos({ days: 30, perDay: 40 })
  const { clock, log, moderator, actor, town } = here
  await log.waitFor(READ)
  revoke(here)
  passAWeek(here)
  for (let count = 0; count < 30; count++) members.kick(actor(8), town.members[count]?.id ?? '')
  const deletes = await moderator.command('audit deletes', { since: '20d' })
  const activity = await moderator.command('audit activity', { since: '8d', bots: true })
  const before = fieldOf(deletes.message, 'Messages deleted')
  const { custos } = town.roles
  town.guild.roles.set(custos.id, custos)
  clock.advance(10 * MINUTE)
  const { message } = await moderator.command('audit recent')
  expect(footersOf(message)[0]).toContain('Complete since 10 Oct 2026')
  await moderator.click(deletes.message, 'Next')
  expect(fieldOf(deletes.message, 'Messages deleted')).toBe(before)
  expect(footersOf(deletes.message)[0]).toContain(`Incomplete: ${SINCE}`)
  await moderator.click(activity.message, 'Next')
  expect(textOf(activity.message)).not.toMatch(/▲|▼|\*\*0\*\*|Complete since/)
})

test('entries that Discord still has and that are not read yet are neither counted as zero nor reported as missing', async () => {
  let pages = 0
  const here = await openCustos({
    days: 40,
    perDay: 60,
    prepare: ({ discord }) => {
      discord.fault = (_, path) => (AUDIT_LOG.test(path) && ++pages > 1 ? { status: 500 } : undefined)
    },
  })
  const { clock, log, moderator, actor, town } = here
  await log.waitFor(READ_FAILED)
  const before = 'nothing is known before 22 Nov 2026'
  const deletes = await moderator.command('audit deletes', { since: '9d', until: '7d', by: actor(8).actorId })
  expect(fieldOf(deletes.message, 'Messages deleted')).toBe('*not known*')
  const activity = await moderator.command('audit activity', { since: '10d' })
  expect(textOf(activity.message)).not.toMatch(/\*\*0\*\*/)
  const id = town.guild.log.since(clock.now() - 10 * DAY)[0]?.id ?? ''
  const entry = await moderator.command('audit entry', { id })
  expect(textOf(entry.message)).toContain(`the audit log of that time could not be read: ${before}`)
  const status = await moderator.command('audit status')
  expect(fieldOf(status.message, 'Holes')).toMatch(/^before <t:\d+:f>/)
  expect(footersOf(status.message)[0]).toContain(before)
})

test('if nothing was ever read, replies use live entries', async () => {
  const { moderator, actor, town, log } = await openCustos({
    days: 45,
    prepare: ({ discord }) => {
      discord.fault = always(AUDIT_LOG, { status: 500 })
    },
  })
  await log.waitFor(READ_FAILED)
  messages.bulkDelete(actor(1), town.channels[0] ?? '', 20)
  const { message } = await moderator.command('audit deletes', { since: '24h' })
  expect(fieldOf(message, 'Messages deleted')).toBe('20\n*may be higher*\nall of them in bulk')
  const status = await moderator.command('audit status')
  expect(fieldOf(status.message, 'Holes')).toBe('everything')
})

test('the pages of a list show the coverage at the time its query was run', async () => {
  const here = await openCustos({ days: 10 })
  await here.log.waitFor(READ)
  const { message } = await here.moderator.command('audit recent')
  revoke(here)
  here.clock.advance(2 * DAY)
  await here.moderator.command('audit status')
  await here.moderator.click(message, 'Next')
  expect(footersOf(message)[0]).toContain('Complete since 10 Oct 2026')
})

test('arrows are shown only if both windows are complete', async () => {
  const here = await openCustos({ archiveUrl: await archiveUrl() })
  const { moderator, actor, town, clock, log, stopBot, startBot } = here
  const kick = (times: number) => {
    for (let count = 0; count < times; count++) members.kick(actor(1), town.members[count]?.id ?? '')
  }
  await log.waitFor(READ)
  kick(9)
  clock.advance(HOUR)
  await moderator.command('audit recent')
  await stopBot()
  // So long that Discord deletes what happened meanwhile.
  clock.advance(60 * DAY)
  await startBot()
  await log.waitFor(READ, 2)
  kick(2)
  const { message } = await moderator.command('audit activity', { since: '40d' })
  expect(footersOf(message)[0]).toContain('Complete since')
  expect(textOf(message)).not.toMatch(/▲|▼/)
  const over = await moderator.command('audit activity', { since: '61d' })
  expect(footersOf(over.message)[0]).toContain('Incomplete: nothing is known from')
  expect(textOf(over.message)).not.toMatch(/▲|▼/)
})
