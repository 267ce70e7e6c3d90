import { describe, expect, test } from 'vitest'
import * as channels from '../../../sandbox/actions/channels.ts'
import { updateGuild } from '../../../sandbox/actions/guild.ts'
import * as roles from '../../../sandbox/actions/roles.ts'
import { choicesOf } from '../../../sandbox/member-client/components.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../../support/read.ts'

const HOUR = 3_600_000

/** A guild that shares its id with its first channel and its @everyone role, and the entries of each, by name. */
async function oldGuild() {
  const here = await openCustos({ town: { isOld: true } })
  const { actor, town, clock } = here
  const { id } = town.guild
  const last = () => town.guild.log.since().at(-1)?.id ?? ''
  const done: Record<'server' | 'everyone' | 'general', string[]> = { server: [], everyone: [], general: [] }
  const level = (before: number) =>
    updateGuild(actor(0), { verification_level: before }, { verification_level: before + 1 })
  const slow = (seconds: number) => channels.updateChannel(actor(1), id, { rate_limit_per_user: seconds })
  const colour = (color: number) => roles.updateRole(actor(2), id, { color })
  for (const [whom, act, times] of [
    ['server', level, 3],
    ['general', slow, 4],
    ['everyone', colour, 2],
  ] as const) {
    for (let time = 1; time <= times; time++) {
      act(time)
      done[whom].push(last())
    }
  }
  clock.advance(HOUR)
  await here.moderator.command('audit status')
  return { ...here, id, done }
}

const reversed = (ids: readonly string[]) => [...ids].reverse()

async function fieldsOf(here: OpenCustos, entryId: string | undefined) {
  const { message } = await here.moderator.command('audit entry', { id: entryId ?? '' })
  return { message, target: fieldOf(message, 'Target'), says: textOf(message) }
}

describe('in a guild whose first channel has its id', () => {
  test('the target of each entry is what it was done to', async () => {
    const here = await oldGuild()
    const { id, done } = here
    const server = await fieldsOf(here, done.server[0])
    expect(server.target).toBe(`**The Reading Room** \`${id}\``)
    const everyone = await fieldsOf(here, done.everyone[0])
    expect(everyone.target).toBe(`@everyone \`${id}\``)
    expect(everyone.says).toContain('changed the role @everyone')
    const general = await fieldsOf(here, done.general[0])
    expect(general.target).toBe(`<#${id}> \`${id}\``)
  })

  test('“More on this target” lists what was done to exactly that target', async () => {
    const here = await oldGuild()
    for (const ids of Object.values(here.done)) {
      const { message } = await fieldsOf(here, ids[0])
      const list = await here.moderator.click(message, 'More on this target')
      expect(entryIdsOf(list.message)).toEqual(reversed(ids))
    }
  })

  test('on suggests each of them, and a suggestion means exactly that one', async () => {
    const here = await oldGuild()
    const { id, done, moderator } = here
    for (const [typed, name, value, ids] of [
      ['reading', 'The Reading Room (server)', id, done.server],
      ['everyone', '@everyone (role)', `<@&${id}>`, done.everyone],
      ['@everyone', '@everyone (role)', `<@&${id}>`, done.everyone],
      ['#general', '#general (channel)', `<#${id}>`, done.general],
    ] as const) {
      expect(await moderator.autocomplete('audit target', 'on', typed)).toEqual([{ name, value }])
      for (const on of [typed, value]) {
        const { message } = await moderator.command('audit target', { on })
        expect(entryIdsOf(message)).toEqual(reversed(ids))
        expect(fieldOf(message, 'Actions')).toBe(String(ids.length))
      }
    }
    const all = await moderator.autocomplete('audit target', 'on', id)
    expect(all.map(({ name }) => name).sort()).toEqual([
      '#general (channel)',
      '@everyone (role)',
      'The Reading Room (server)',
    ])
    expect(new Set(all.map(({ value }) => value)).size).toBe(3)
  })

  test('a list for one of them says which, on every page and after a restart', async () => {
    const here = await oldGuild()
    const { id, moderator, actor } = here
    for (let time = 3; time < 14; time++)
      updateGuild(actor(0), { afk_timeout: time }, { afk_timeout: time + 1 })
    const { message } = await moderator.command('audit target', { on: id })
    expect(textOf(message)).toMatch(/^14 actions on The Reading Room\n/)
    await here.restart()
    await moderator.click(message, 'Next')
    expect(choicesOf(message)).toHaveLength(4)
    expect(textOf(message)).toMatch(/^14 actions on The Reading Room\n/)
    const role = await moderator.command('audit target', { on: `<@&${id}>` })
    expect(textOf(role.message)).toMatch(/^2 actions on \\@everyone\n/)
  })

  test('repeats lists them separately, and its menu shows the actions on one of them', async () => {
    const here = await oldGuild()
    const { id, done, moderator } = here
    const { message } = await moderator.command('audit repeats', { action: 'updated' })
    const text = textOf(message).split('\n')
    const lines = text.filter((line) => /^\d\. /.test(line))
    expect(lines.map((line) => line.split(' · ')[0])).toEqual([
      `1. <#${id}> **4** times`,
      '2. **The Reading Room** **3** times',
      '3. @everyone **2** times',
    ])
    const details = text.filter((line) => line.startsWith('-# first'))
    expect(details.map((line) => line.split(' · ')[2])).toEqual(
      [1, 0, 2].map((by, index) => `by <@${here.actor(by).actorId}> ${4 - index}`),
    )
    expect(choicesOf(message).map(({ label }) => label)).toEqual([
      '1. #general',
      '2. The Reading Room',
      '3. @everyone',
    ])
    for (const [index, ids] of [done.general, done.server, done.everyone].entries()) {
      const history = await moderator.choose(message, String(choicesOf(message)[index]?.value))
      expect(entryIdsOf(history.message)).toEqual(reversed(ids))
    }
    const updates = await moderator.command('audit repeats', { action: 'Guild Update' })
    expect(choicesOf(updates.message).map(({ label }) => label)).toEqual(['1. The Reading Room'])
  })

  test('when one of them is deleted, all keep their names', async () => {
    const here = await oldGuild()
    const { id, done, moderator, actor, clock } = here
    channels.updateChannel(actor(1), id, { name: 'general-old' })
    clock.advance(HOUR)
    channels.deleteChannel(actor(1), id)
    for (const again of [false, true]) {
      if (again) {
        clock.advance(HOUR)
        await here.restart()
      }
      const { message } = await moderator.command('audit recent')
      expect(textOf(message)).toContain('changed the role @everyone')
      expect(textOf(message)).not.toContain('the role @general')
      expect(textOf(message)).toContain('changed the channel #general\\-old (deleted channel)')
      expect((await fieldsOf(here, done.everyone[0])).target).toBe(`@everyone \`${id}\``)
      expect((await fieldsOf(here, done.server[0])).target).toBe(`**The Reading Room** \`${id}\``)
      expect(await moderator.autocomplete('audit target', 'on', 'general-old')).toEqual([
        { name: '#general-old (deleted channel)', value: `<#${id}>` },
      ])
    }
  })

  test('an export has the type of each entry’s target', async () => {
    const { moderator, done } = await oldGuild()
    const { message } = await moderator.command('audit export', { format: 'json' })
    const rows: { id: string; target_type: string }[] = JSON.parse(
      new TextDecoder().decode(message.files[0]?.bytes),
    )
    const typesOf = (ids: readonly string[]) => [
      ...new Set(rows.filter(({ id }) => ids.includes(id)).map((row) => row.target_type)),
    ]
    expect([typesOf(done.server), typesOf(done.everyone), typesOf(done.general)]).toEqual([
      ['guild'],
      ['role'],
      ['channel'],
    ])
  })

  test('nobody is erased because they share the server’s id', async () => {
    const { id, moderator } = await oldGuild()
    const reply = async (member: string) =>
      textOf((await moderator.command('custos forget', { member })).message)
    expect(await reply(id)).toContain('That is the server. `member` accepts a member')
    expect(await reply(`<@&${id}>`)).toContain('That is a role')
    expect(await reply(`<@${id}>`)).toContain('Custos stores nothing about')
  })
})

test('the server is shown by its newest name', async () => {
  const { moderator, actor, clock } = await openCustos()
  await moderator.command('audit recent')
  clock.advance(HOUR)
  updateGuild(actor(0), { name: 'The Reading Room' }, { name: 'The Library' })
  const { message } = await moderator.command('audit recent')
  const entry = await moderator.choose(message, entryIdsOf(message)[0] ?? '')
  expect(fieldOf(entry.message, 'Target')).toMatch(/^\*\*The Library\*\* /)
  expect(await moderator.autocomplete('audit target', 'on', 'libr')).toMatchObject([
    { name: 'The Library (server)' },
  ])
})
