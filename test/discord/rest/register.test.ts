import { expect, test } from 'vitest'
import { commands, menuCommands } from '../../../commands/index.ts'
import { toDefinition, toMenuDefinition } from '../../../src/discord/rest/register.ts'
import { openCustos } from '../../support/open-custos.ts'

const REGISTERED = 'The commands are registered.'

test('questions are for those who may view the audit log, erasing for those who manage the server', () => {
  const inGuilds = { type: 1, contexts: [0], integration_types: [0] }
  expect(commands.map(toDefinition)).toEqual([
    expect.objectContaining({ name: 'audit', default_member_permissions: '128', ...inGuilds }),
    expect.objectContaining({ name: 'custos', default_member_permissions: '32', ...inGuilds }),
  ])
})

test('menu commands are shown as narrowly', () => {
  const shownTo = { default_member_permissions: '128', contexts: [0], integration_types: [0] }
  expect(menuCommands.map(toMenuDefinition)).toEqual([
    { name: 'Audit: actions by', type: 2, ...shownTo },
    { name: 'Audit: actions on', type: 2, ...shownTo },
    { name: 'Audit: deletes since this', type: 3, ...shownTo },
  ])
})

test('required options stand before all others, as Discord wants them', () => {
  for (const { options = [] } of commands.map(toDefinition)) {
    for (const subcommand of options) {
      const required = ('options' in subcommand ? (subcommand.options ?? []) : []).map(
        (option) => option.required ?? false,
      )
      expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)))
    }
  }
})

test('Discord is given the commands when it holds none, and left alone when it holds them', async () => {
  const { log, restart, town } = await openCustos()
  const held = [...town.bot.commands.values()]
  expect(held[0]?.name).toBe('audit')
  await restart()
  const changes = log.lines.filter(({ message }) => message === REGISTERED).map(({ facts }) => facts)
  expect(changes).toEqual([{ changed: true }, { changed: false }])
  expect([...town.bot.commands.values()]).toEqual(held)
})

test('a command that differs from what Discord holds is put anew, and one it should not hold is gone', async () => {
  const { log, restart, town } = await openCustos()
  const [audit] = town.bot.commands.values()
  if (!audit) throw new Error('Nothing was registered.')
  town.bot.commands.set(audit.id, { ...audit, description: 'Something older' })
  town.bot.commands.set('1', { ...audit, id: '1', name: 'forgotten' })
  await restart()
  expect(log.lines.findLast(({ message }) => message === REGISTERED)?.facts).toEqual({ changed: true })
  const held = [...town.bot.commands.values()]
  expect(held.map(({ name }) => name)).toEqual(['audit', 'custos', ...menuCommands.map(({ name }) => name)])
  expect(held[0]?.description).toBe(audit.description)
})

test('members without View Audit Log are not shown the commands', async () => {
  const { town } = await openCustos()
  expect(town.as(town.members[0]?.id ?? '').commands()).toEqual([])
  expect(town.as(town.moderators[0]?.id ?? '').commands()).toHaveLength(5)
})
