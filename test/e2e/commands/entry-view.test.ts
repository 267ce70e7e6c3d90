import { expect, test } from 'vitest'
import * as automod from '../../../sandbox/actions/automod.ts'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as resources from '../../../sandbox/actions/resources.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import { buttonsOf, choicesOf } from '../../../sandbox/member-client/components.ts'
import { newRole } from '../../../sandbox/world/guild.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../../support/read.ts'

/** Lists the log and opens the newest entry. */
async function newestOf({ moderator }: OpenCustos): Promise<Message> {
  const { message } = await moderator.command('audit recent')
  return (await moderator.choose(message, entryIdsOf(message)[0] ?? '')).message
}

test('an entry’s button shows the entries around it, newer and older', async () => {
  const { moderator, town } = await openCustos({ days: 10 })
  const all = town.guild.log.since().reverse()
  const { message } = await moderator.command('audit recent')
  await moderator.click(message, 'Next')
  const chosen = await moderator.choose(message, all[13]?.id ?? '')
  const around = await moderator.click(chosen.message, 'Nearby entries')
  expect(around.ephemeral).toBe(true)
  expect(entryIdsOf(around.message)).toEqual(all.slice(8, 18).map(({ id }) => id))
  expect(textOf(around.message)).toMatch(/^Audit log around 2\d Nov, \d\d:\d\d UTC\n/)
  // The entry itself is marked, in the list and in its menu.
  expect(textOf(around.message).match(/^\d+\. 👉/gm)).toEqual(['6. 👉'])
  expect(choicesOf(around.message).map(({ label }) => String(label).includes('👉'))).toEqual(
    Array.from({ length: 10 }, (_, index) => index === 5),
  )
  // Nothing narrows it, since its entries are those of a moment.
  expect(buttonsOf(around.message).map(({ label }) => label)).toEqual(['Previous', 'Next', 'Go to…'])
  await moderator.click(around.message, 'Next')
  expect(entryIdsOf(around.message)).toEqual(all.slice(18, 28).map(({ id }) => id))
  expect(textOf(around.message)).not.toContain('👉')
})

test('an entry’s buttons show what its executor did, and what was done to its target', async () => {
  const here = await openCustos()
  const { town, actor, moderator } = here
  const [one = '', two = ''] = town.members.map(({ id }) => id)
  members.kick(actor(1), one)
  members.kick(actor(0), two)
  members.ban(actor(0), one)
  const entry = await newestOf(here)
  const ids = town.guild.log.since().map(({ id }) => id)
  const byTheSame = await moderator.click(entry, 'More by this moderator')
  expect(entryIdsOf(byTheSame.message)).toEqual([ids[2], ids[1]])
  const onTheSame = await moderator.click(entry, 'More on this target')
  expect(entryIdsOf(onTheSame.message)).toEqual([ids[2], ids[0]])
})

test('an entry has only the buttons that show something', async () => {
  const here = await openCustos()
  members.bulkBan(here.actor(0), [here.town.members[0]?.id ?? ''])
  expect(buttonsOf(await newestOf(here)).map(({ label }) => label)).toEqual([
    'Nearby entries',
    'More on this target',
  ])
})

test('only the member who ran the command can use an entry’s buttons', async () => {
  const here = await openCustos()
  members.kick(here.actor(0), here.town.members[0]?.id ?? '')
  const { message } = await here.moderator.command('audit recent', { public: true })
  const chosen = await here.moderator.choose(message, entryIdsOf(message)[0] ?? '')
  expect(() => here.other.click(chosen.message, 'Nearby entries')).toThrow(
    'This member does not see that message.',
  )
})

test('a change is shown in full, before and after', async () => {
  const here = await openCustos()
  const { town, actor, moderator } = here
  roles.updateRole(actor(0), town.roles.trusted.id, { permissions: '6', color: 0xff0000 })
  roles.updateRole(actor(0), town.roles.trusted.id, { permissions: '3', color: 0 })
  const entry = await newestOf(here)
  expect(textOf(entry)).toContain('• permissions: granted Create Invite; revoked Ban Members')
  const { message } = await moderator.click(entry, 'Before and after')
  expect(textOf(message).split('\n')).toEqual([
    '🏷️ Role Update: before',
    'permissions: Kick Members, Ban Members',
    'colour: #ff0000',
    'After',
    'permissions: Create Invite, Kick Members',
    'colour: default',
    `Entry ${entryIdOf(entry)}`,
  ])
})

test('what does not fit into a message is attached as a file, and nothing is lost', async () => {
  const here = await openCustos()
  const keywords = Array.from({ length: 900 }, (_, index) => `forbidden word ${index}`)
  resources.createResource(here.actor(0), 'rule', {
    name: 'Many words',
    trigger_metadata: { keyword_filter: keywords },
  })
  const entry = await newestOf(here)
  expect(textOf(entry)).toContain('forbidden word 14, and 885 more')
  expect(textOf(entry)).toContain('full details in the attached file')
  const [file] = entry.files
  expect(file?.name).toBe(`entry-${entryIdOf(entry)}.txt`)
  const text = new TextDecoder().decode(file?.bytes)
  expect(keywords.filter((word) => !text.includes(word))).toEqual([])
})

test('a deleted role, a deleted channel and a banned member are still shown by name', async () => {
  const here = await openCustos()
  const { town, actor, moderator, discord } = here
  const helpers = newRole({ id: discord.world.newId(), name: 'Helpers' })
  const [member = ''] = town.members.map(({ id }) => id)
  const [channel = ''] = town.channels
  roles.createRole(actor(0), helpers)
  members.addRoles(actor(0), member, [helpers.id])
  channels.updateChannel(actor(0), channel, { rate_limit_per_user: 10 })
  roles.deleteRole(actor(0), helpers.id)
  channels.deleteChannel(actor(0), channel)
  members.ban(actor(0), member)
  const { message } = await moderator.command('audit recent')
  const shown = textOf(message)
  expect(shown).toContain(`changed the roles of <@${member}> (marble): +@Helpers (deleted role)`)
  expect(shown).toContain('changed the channel #general (deleted channel) (slow mode: off → 10 seconds)')
  expect(shown).toContain(`banned <@${member}> (marble)`)
  expect(await moderator.autocomplete('audit recent', 'on', 'helpers')).toEqual([
    { name: '@Helpers (deleted role)', value: helpers.id },
  ])
  const deletion = await moderator.choose(message, entryIdsOf(message)[2] ?? '')
  expect(fieldOf(deletion.message, 'Target')).toBe(`@Helpers (deleted role) \`${helpers.id}\``)
})

test('what was deleted while the bot was offline is still shown by name', async () => {
  const here = await openCustos()
  const { town, actor, moderator, clock, stopBot, startBot } = here
  const { id } = town.roles.trusted
  members.addRoles(actor(0), town.members[0]?.id ?? '', [id])
  await moderator.command('audit recent')
  await stopBot()
  clock.advance(1000)
  town.guild.roles.delete(id)
  await startBot()
  const { message } = await moderator.command('audit recent')
  expect(textOf(message)).toContain(': +@Trusted (deleted role)')
})

function entryIdOf(entry: Message): string {
  return /Entry (\d+)/.exec(textOf(entry))?.[1] ?? ''
}

test('the details of an entry name everything once, and only what there is', async () => {
  const here = await openCustos()
  const { town, actor } = here
  const [channel = ''] = town.channels
  const [member = ''] = town.members.map(({ id }) => id)
  members.ban(actor(0), member)
  expect(fieldOf(await newestOf(here), 'Category')).toBeUndefined()
  messages.deleteMessage(actor(0), channel, member)
  expect(fieldOf(await newestOf(here), 'Count')).toBeUndefined()
  messages.bulkDelete(actor(0), channel, 1234)
  const bulk = await newestOf(here)
  expect([fieldOf(bulk, 'Count'), fieldOf(bulk, 'Channel')]).toEqual(['1,234', undefined])
  expect(fieldOf(bulk, 'Target')).toBe(`<#${channel}> \`${channel}\``)
})

test('what AutoMod did is by AutoMod, and on the member', async () => {
  const here = await openCustos()
  const [channel = ''] = here.town.channels
  const [member = ''] = here.town.members.map(({ id }) => id)
  automod.blockMessage(here.actor(0), { name: 'No scams', trigger: 1 }, member, channel)
  const entry = await newestOf(here)
  expect(fieldOf(entry, 'By')).toBe('AutoMod')
  expect(fieldOf(entry, 'Target')).toBe(`<@${member}> \`${member}\``)
  expect(buttonsOf(entry).map(({ label }) => label)).not.toContain('More by this moderator')
})
