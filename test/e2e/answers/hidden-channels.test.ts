import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import { choicesOf } from '../../../sandbox/member-client/components.ts'
import { AUDIT_LOG, always } from '../../../sandbox/rest/faults.ts'
import { textChannel } from '../../../sandbox/world/channels.ts'
import type { WorldEvent } from '../../../sandbox/world/world-event.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { fieldOf, textOf } from '../../support/read.ts'

const HOUR = 3_600_000
const NEW_ID = '1574756470000000000'

const isEntry = ({ event }: WorldEvent) => event === 'GUILD_AUDIT_LOG_ENTRY_CREATE'

/** What `on` suggests for a text, once everything received is stored: a command is stored after it. */
async function suggested({ moderator }: OpenCustos, typed: string): Promise<unknown[]> {
  for (let times = 0; times < 2; times++) await moderator.command('audit status')
  return (await moderator.autocomplete('audit recent', 'on', typed)).map(({ name }) => name)
}

/** Runs a command in a private channel. The interaction contains the channel's name. */
function runIn({ town, actor }: OpenCustos, channelId: string) {
  return town.as(actor(0).actorId, channelId).command('audit status')
}

/** The description of the newest entry in a list's menu. */
async function menuDescription({ moderator }: OpenCustos): Promise<unknown> {
  const { message } = await moderator.command('audit recent')
  return choicesOf(message)[0]?.description
}

/** Creates a private channel. */
function makePrivate({ actor, town }: OpenCustos, name: string): void {
  const hidden = [overwrites.roleOverwrite(town.guild.id, 0n, May.ViewChannel)]
  const channel = textChannel(NEW_ID, town.guild.id, name, 20)
  channels.createChannel(actor(0), { ...channel, permission_overwrites: hidden })
}

describe('a channel that is hidden from Custos', () => {
  test('and whose name is unknown is shown as a mention or by its id', async () => {
    const here = await openCustos()
    const { town, actor, moderator } = here
    messages.bulkDelete(actor(0), town.modRoom, 12)
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).toContain(`bulk deleted 12 messages in <#${town.modRoom}>`)
    expect(choicesOf(message)[0]?.description).toContain(`12 messages in #${town.modRoom}`)
    expect(await suggested(here, '')).not.toContainEqual(expect.stringContaining('hidden'))
    expect(await suggested(here, 'mod-room')).toEqual([])
    const target = await moderator.command('audit target', { on: town.modRoom })
    expect(fieldOf(target.message, 'Actions')).toBe('1')
  })

  test('gets no name from autocomplete in it', async () => {
    const here = await openCustos()
    const { town, actor } = here
    const typing = town.as(actor(0).actorId, town.modRoom)
    for (const typed of ['m', 'mo', 'mod']) await typing.autocomplete('audit recent', 'on', typed)
    expect(await suggested(here, 'mod-room')).toEqual([])
    await runIn(here, town.modRoom)
    expect(await suggested(here, 'mod-room')).toEqual(['#mod-room (channel)'])
  })

  test('gets its name from a command run in it, and is found by that name', async () => {
    const here = await openCustos()
    const { town, actor, moderator, clock } = here
    messages.bulkDelete(actor(0), town.modRoom, 12)
    await runIn(here, town.modRoom)
    for (const again of [false, true]) {
      // A new session sends the channel as hidden again, and its name stays.
      if (again) {
        clock.advance(HOUR)
        await here.restart()
      }
      expect(await suggested(here, 'mod-r')).toEqual(['#mod-room (channel)'])
      expect(await menuDescription(here)).toContain('12 messages in #mod-room')
      for (const on of ['mod-room', '#mod-room', 'Mod-R', `<#${town.modRoom}>`]) {
        const { message } = await moderator.command('audit target', { on })
        expect(textOf(message)).toMatch(/^1 action on \\#mod\\-room\n/)
        expect(textOf(message)).toContain(`12 messages in <#${town.modRoom}>`)
        expect(fieldOf(message, 'Actions')).toBe('1')
      }
    }
  })

  test('gets its name when it is chosen as an option', async () => {
    const here = await openCustos()
    const { town, actor, moderator } = here
    messages.bulkDelete(actor(0), town.modRoom, 12)
    messages.bulkDelete(actor(0), town.channels[0] ?? '', 5)
    const { message } = await moderator.command('audit recent', { channel: town.modRoom })
    expect(textOf(message)).toContain(`in <#${town.modRoom}>\n`)
    expect(choicesOf(message)).toHaveLength(1)
    expect(await suggested(here, '#mod-room')).toEqual(['#mod-room (channel)'])
  })

  test('gets its name from the entries that created and renamed it', async () => {
    const here = await openCustos()
    await here.moderator.command('audit recent')
    makePrivate(here, 'ticket-1')
    expect(await suggested(here, 'ticket')).toEqual(['#ticket-1 (channel)'])
    here.clock.advance(HOUR)
    channels.updateChannel(here.actor(0), NEW_ID, { name: 'appeal-1' })
    expect(await suggested(here, 'ticket')).toEqual([])
    expect(await suggested(here, 'appeal')).toEqual(['#appeal-1 (channel)'])
    expect(await menuDescription(here)).toContain('changed the channel #appeal-1')
  })

  test('gets its name when Custos may view it, and keeps it when Custos no longer may', async () => {
    const here = await openCustos()
    const { town, actor, clock } = here
    await here.moderator.command('audit recent')
    roles.updateRole(actor(0), town.roles.custos.id, {
      permissions: String(May.ViewAuditLog | May.Administrator),
    })
    expect(await suggested(here, 'mod-room')).toEqual(['#mod-room (channel)'])
    clock.advance(HOUR)
    roles.updateRole(actor(0), town.roles.custos.id, { permissions: String(May.ViewAuditLog) })
    channels.updateChannel(actor(0), town.modRoom, { rate_limit_per_user: 30 })
    expect(await suggested(here, 'mod-room')).toEqual(['#mod-room (channel)'])
    clock.advance(HOUR)
    await here.restart()
    await here.moderator.command('audit recent')
    expect(await suggested(here, 'mod-room')).toEqual(['#mod-room (channel)'])
    expect(await suggested(here, 'hidden')).toEqual([])
  })

  test('is distinguished from a channel that only has the name of a hidden one', async () => {
    const here = await openCustos()
    channels.updateChannel(here.actor(0), here.town.channels[0] ?? '', { name: '___hidden___' })
    await here.moderator.command('audit recent')
    expect(await suggested(here, 'hidden')).toEqual(['#___hidden___ (channel)'])
  })
})

describe('a hidden channel that is deleted keeps its name', () => {
  test.each<readonly [when: string, lose: (here: OpenCustos) => Promise<void>]>([
    [
      'when its event comes before its entry',
      async ({ discord, actor, town }) => {
        discord.gateway.losesEvent = isEntry
        channels.deleteChannel(actor(0), town.modRoom)
        discord.gateway.losesEvent = () => false
        discord.fault = always(AUDIT_LOG, { status: 500 })
      },
    ],
    [
      'when its entry comes first',
      async ({ discord, actor, town }) => {
        discord.gateway.losesEvent = ({ event }) => event === 'CHANNEL_DELETE'
        channels.deleteChannel(actor(0), town.modRoom)
      },
    ],
    [
      'when there was no event because Custos was offline',
      async (here) => {
        await here.stopBot()
        channels.deleteChannel(here.actor(0), here.town.modRoom)
        // Its entry cannot be read yet.
        here.discord.fault = always(AUDIT_LOG, { status: 500 })
        here.clock.advance(HOUR)
        await here.startBot()
      },
    ],
  ])('%s', async (_, lose) => {
    const here = await openCustos()
    await here.log.waitFor(READ)
    messages.bulkDelete(here.actor(0), here.town.modRoom, 12)
    await runIn(here, here.town.modRoom)
    here.clock.advance(HOUR)
    await lose(here)
    // What the gateway sends is written in the background.
    await expect.poll(() => suggested(here, 'mod-r')).toEqual(['#mod-room (deleted channel)'])
    const { message } = await here.moderator.command('audit recent', { action: 'Message Bulk Delete' })
    expect(textOf(message)).toContain('in #mod\\-room (deleted channel)')
  })

  test('when only its entry has the name', async () => {
    const here = await openCustos()
    await here.log.waitFor(READ)
    messages.bulkDelete(here.actor(0), here.town.modRoom, 12)
    here.clock.advance(HOUR)
    channels.deleteChannel(here.actor(0), here.town.modRoom)
    const { message } = await here.moderator.command('audit recent')
    expect(textOf(message)).toContain('deleted the channel **mod\\-room**')
    expect(textOf(message)).toContain('12 messages in #mod\\-room (deleted channel)')
    await here.restart()
    expect(await suggested(here, 'mod-r')).toEqual(['#mod-room (deleted channel)'])
  })
})

describe('/audit status', () => {
  test('says how many channels are hidden, that no entry is missing, and how they are shown', async () => {
    const here = await openCustos()
    const { moderator, actor, town } = here
    const field = async () => fieldOf((await moderator.command('audit status')).message, 'Hidden channels')
    expect(await field()).toBe(
      '1 private channel whose name Custos cannot see. No entries are missing because of this. ' +
        'To show names, give Custos **View Channel** there.',
    )
    makePrivate(here, 'ticket-1')
    expect(await field()).toMatch(/^2 private channels whose names Custos cannot see\./)
    members.addRoles(actor(0), town.bot.id, [town.roles.admin.id])
    expect(await field()).toBeUndefined()
  })
})
