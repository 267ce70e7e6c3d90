import { describe, expect, test } from 'vitest'
import * as members from '../../../../sandbox/actions/members.ts'
import { buttonsOf } from '../../../../sandbox/member-client/components.ts'
import type { Message } from '../../../../sandbox/world/message.ts'
import { archiveUrl } from '../../../support/archive/archive-url.ts'
import { forgetEverything } from '../../../support/archive/forget.ts'
import { entriesHeld } from '../../../support/entries-held.ts'
import type { OpenCustos } from '../../../support/open-custos.ts'
import { openOnce } from '../../../support/open-once.ts'
import { confirmLabel, openWithEntries } from '../../../support/open-with-entries.ts'
import { entryIdsOf, fieldOf, footersOf, textOf } from '../../../support/read.ts'

const ERASED = 'Erased at the request of a member.'
const VACUUMED = 'The archive’s files no longer contain anything that was erased.'
const MINUTE = 60_000

/** Clicks the confirmation button, and resolves when everything is erased. */
async function erase({ moderator }: Pick<OpenCustos, 'moderator'>, message: Message): Promise<void> {
  const reply = await moderator.click(message, confirmLabel(message))
  await reply.until(() => textOf(message).startsWith('Erased'))
}

describe('/custos forget', () => {
  /** For tests that erase nothing. */
  const untouched = openOnce((atEnd) => openWithEntries({}, atEnd))

  test('is available to members with Manage Server, and to nobody else', async () => {
    const { moderator, bruno } = untouched()
    const names = (member: typeof bruno) => member.commands().map(({ name }) => name)
    expect(names(moderator)).toContain('custos')
    expect(names(bruno)).not.toContain('custos')
    expect(names(bruno)).toContain('audit')
  })

  test('first says in an ephemeral reply what it would erase, and erases nothing', async () => {
    const here = untouched()
    const reply = await here.owner.command('custos forget')
    expect(reply.ephemeral).toBe(true)
    expect(textOf(reply.message)).toContain('This erases **2 entries**')
    expect(buttonsOf(reply.message)).toEqual([
      { label: 'Erase 2 entries', disabled: false },
      { label: 'Cancel', disabled: false },
    ])
    expect(await entriesHeld(here)).toBe(2)
  })

  test('erases everything only for the owner, or for whom the server allows the command', async () => {
    const { moderator, town, bruno } = await openWithEntries()
    const { message } = await moderator.command('custos forget')
    expect(textOf(message)).toMatch(/^Only the server’s owner can erase everything/)
    const [custos] = [...town.bot.commands.values()].filter(({ name }) => name === 'custos')
    const allowed = [{ id: town.roles.moderator.id, type: 1, permission: true }]
    town.bot.commandPermissions.set(town.guild.id, new Map([[custos?.id ?? '', allowed]]))
    const reply = await bruno.command('custos forget')
    expect(buttonsOf(reply.message)[0]?.label).toBe('Erase 2 entries')
  })

  test('cancelled, removes the buttons and erases nothing', async () => {
    const here = untouched()
    const { message } = await here.owner.command('custos forget')
    await here.owner.click(message, 'Cancel')
    expect(textOf(message)).toBe('Cancelled. Nothing was erased.')
    expect(buttonsOf(message)).toEqual([])
    expect(await entriesHeld(here)).toBe(2)
  })

  test('once everything is erased, stores only what comes after, also after a restart', async () => {
    const here = await openWithEntries({ archiveUrl: await archiveUrl() })
    const { moderator, owner, actor, town, log } = here
    const list = await moderator.command('audit recent', { public: true })
    await forgetEverything(here)
    await log.waitFor(VACUUMED)
    expect(await entriesHeld(here)).toBe(0)
    members.kick(actor(0), town.members[2]?.id ?? '', 'A new beginning')
    const [newest] = town.guild.log.since().slice(-1)
    const after = await moderator.command('audit recent')
    expect(entryIdsOf(after.message)).toEqual([newest?.id])
    expect(footersOf(after.message)[0]).toContain('Complete since 24 Nov 2026')
    expect(textOf(after.message)).not.toContain('older entries were erased')
    const window = await moderator.command('audit user', { user: moderator.userId })
    expect(footersOf(window.message)[0]).toContain('Incomplete: nothing is known before 24 Nov 2026')
    const old = await moderator.choose(list.message, entryIdsOf(list.message)[0] ?? '')
    expect(textOf(old.message)).toBe(
      'The buttons and menus of this reply no longer work. Run the command again.',
    )
    const status = await moderator.command('audit status')
    expect(fieldOf(status.message, 'Operations')).toContain(`<@${owner.userId}> erased everything: 2 entries`)
  })

  test('erases the names and texts of one member, who may have left', async () => {
    const here = await openWithEntries()
    const { moderator, victim, town, log, discord } = here
    const name = discord.world.users.get(victim)?.global_name ?? ''
    expect(await moderator.autocomplete('custos forget', 'member', name)).toEqual([
      { name: `@${name} (member)`, value: victim },
    ])
    const { message } = await moderator.command('custos forget', { member: victim })
    expect(textOf(message)).toContain(`the name of <@${victim}>`)
    expect(textOf(message)).toContain('**1 entry**')
    expect(confirmLabel(message)).toBe('Erase name and texts')
    await erase(here, message)
    expect(textOf(message)).toBe(
      `Erased: the name of <@${victim}>, and the reasons and nicknames in 1 entry.`,
    )
    expect(log.lines.find((line) => line.message === ERASED)?.facts).toMatchObject({
      member: victim,
      scrubbed: 1,
    })
    expect(JSON.stringify(log.lines)).not.toContain(name)

    const list = await moderator.command('audit recent')
    expect(textOf(list.message)).toContain('erased')
    expect(textOf(list.message)).not.toContain('Rude to everybody')
    expect(textOf(list.message)).toContain('Spam')
    expect(entryIdsOf(list.message)).toHaveLength(2)
    expect(await moderator.autocomplete('custos forget', 'member', name)).toEqual([])
    expect(town.guild.log.since()).toHaveLength(2)

    const status = await moderator.command('audit status')
    expect(fieldOf(status.message, 'Operations')).toContain(
      `<@${moderator.userId}> erased the name of <@${victim}>, and texts in 1 entry`,
    )
  })

  test('can be confirmed only by the member who ran it, and only while they have the permission', async () => {
    const here = await openWithEntries()
    const { moderator, bruno, town, victim } = here
    const { message } = await moderator.command('custos forget', { member: victim })
    const label = confirmLabel(message)
    expect(() => bruno.click(message, label)).toThrow('does not see that message')
    town.guild.roles.set(town.roles.admin.id, { ...town.roles.admin, permissions: '128' })
    const rejected = await moderator.click(message, label)
    expect(textOf(rejected.message)).toBe('You need the **Manage Server** permission for this.')
    expect(await entriesHeld(here)).toBe(2)
  })

  test('must be confirmed within five minutes', async () => {
    const here = await openWithEntries()
    const { message } = await here.moderator.command('custos forget', { member: here.victim })
    here.clock.advance(5 * MINUTE + 1)
    const late = await here.moderator.click(message, confirmLabel(message))
    expect(textOf(late.message)).toMatch(
      /^This button has expired: it works for five minutes\. Nothing was done/,
    )
    expect(await entriesHeld(here)).toBe(2)
  })

  test('can be confirmed only once, and not after a restart', async () => {
    const here = await openWithEntries({ archiveUrl: await archiveUrl() })
    const { moderator, log, victim } = here
    const { message } = await moderator.command('custos forget', { member: victim })
    const label = confirmLabel(message)
    const before = message.body
    const presses = await Promise.all(Array.from({ length: 5 }, () => moderator.click(message, label)))
    const [done, ...others] = presses.filter((action) => action.message === message)
    expect(others).toEqual([])
    await done?.until(() => textOf(message).startsWith('Erased'))
    const rejected = presses.filter((action) => action !== done)
    expect(rejected).toHaveLength(4)
    for (const action of rejected) expect(textOf(action.message)).toMatch(/^This was already confirmed/)
    message.body = before
    const again = await moderator.click(message, label)
    expect(textOf(again.message)).toMatch(/^This was already confirmed/)
    await here.restart()
    const late = await moderator.click(message, label)
    expect(textOf(late.message)).toBe(
      'The buttons and menus of this reply no longer work. Run the command again.',
    )
    expect(log.lines.filter((line) => line.message === ERASED)).toHaveLength(1)
  })

  test.each([
    ['an unknown name', () => 'nobody at all', /^Custos knows no member, role or channel/],
    [
      'a user about whom nothing is stored',
      () => '123456789012345678',
      /^Custos stores nothing about <@123456789012345678>/,
    ],
    ['a role', ({ town }: OpenCustos) => town.roles.muted.id, /^That is a role/],
  ])('%s gets an error that says what would work', async (_, member, sentence) => {
    const here = await openWithEntries()
    const reply = await here.moderator.command('custos forget', { member: member(here) })
    expect(textOf(reply.message)).toMatch(sentence)
    expect(reply.ephemeral).toBe(true)
  })
})
