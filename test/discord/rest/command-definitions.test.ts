import { expect, test } from 'vitest'
import { commands, menuCommands } from '../../../commands/index.ts'
import { toDefinition, toMenuDefinition } from '../../../src/discord/rest/command-definitions.ts'

test('/audit is shown to members with View Audit Log, /custos to those with Manage Server', () => {
  const inGuilds = { type: 1, contexts: [0], integration_types: [0] }
  expect(commands.map(toDefinition)).toEqual([
    expect.objectContaining({ name: 'audit', default_member_permissions: '128', ...inGuilds }),
    expect.objectContaining({ name: 'custos', default_member_permissions: '32', ...inGuilds }),
  ])
})

test('menu commands are shown to members with View Audit Log', () => {
  const shownTo = { default_member_permissions: '128', contexts: [0], integration_types: [0] }
  expect(menuCommands.map(toMenuDefinition)).toEqual([
    { name: 'Audit: actions by', type: 2, ...shownTo },
    { name: 'Audit: actions on', type: 2, ...shownTo },
    { name: 'Audit: deletes since this', type: 3, ...shownTo },
  ])
})

test('required options come first, as Discord requires', () => {
  for (const { options = [] } of commands.map(toDefinition)) {
    for (const subcommand of options) {
      const required = ('options' in subcommand ? (subcommand.options ?? []) : []).map(
        (option) => option.required ?? false,
      )
      expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)))
    }
  }
})
