import { describe, expect, test } from 'vitest'
import { commandIdIn, isNamedAsAllowed } from '../../../src/discord/rest/command-permissions.ts'

const [APPLICATION, COMMAND, GUILD, MEMBER, ROLE, OTHER] = ['1', '2', '3', '4', '5', '6']

const user = { applicationId: APPLICATION, guildId: GUILD, userId: MEMBER, roles: [ROLE] }

const role = (id: string, permission = true) => ({ id, type: 1, permission })
const member = (id: string, permission = true) => ({ id, type: 2, permission })
const channel = (id: string, permission = true) => ({ id, type: 3, permission })
const onCommand = (...permissions: unknown[]) => ({ id: COMMAND, permissions })
const onApplication = (...permissions: unknown[]) => ({ id: APPLICATION, permissions })

const isAllowed = (lists: unknown) => isNamedAsAllowed(lists, COMMAND, user)

describe('a member is named as allowed', () => {
  test.each<[string, unknown]>([
    ['by the command', [onCommand(member(MEMBER))]],
    ['by the command, through a role', [onCommand(role(ROLE))]],
    [
      'by the command, though not by the application',
      [onApplication(member(MEMBER, false)), onCommand(role(ROLE))],
    ],
    ['although a role of theirs is not', [onCommand(role(ROLE, false), member(MEMBER))]],
  ])('%s', (_, lists) => {
    expect(isAllowed(lists)).toBe(true)
  })
})

describe('a member is not named as allowed', () => {
  test.each<[string, unknown]>([
    ['if nothing is set', []],
    ['if only the whole application is allowed to them', [onApplication(member(MEMBER), role(ROLE))]],
    ['if it is set for others', [onCommand(member(OTHER), role(OTHER))]],
    ['if it is set for @everyone', [onCommand(role(GUILD))]],
    ['if it is set for a channel with the same id', [onCommand(channel(MEMBER), channel(ROLE))]],
    ['if it is set for another command', [{ id: OTHER, permissions: [member(MEMBER)] }]],
    ['if it is forbidden', [onCommand(member(MEMBER, false), role(ROLE, false))]],
    ['if it is forbidden to them, though allowed to a role', [onCommand(member(MEMBER, false), role(ROLE))]],
    [
      'if the command has other permissions than the application',
      [onApplication(role(ROLE)), onCommand(role(OTHER))],
    ],
    ['if Discord sends something else', { message: 'odd' }],
    [
      'if Discord sends odd permissions',
      [onCommand(null, { id: MEMBER }, { id: ROLE, type: '1', permission: 'true' })],
    ],
  ])('%s', (_, lists) => {
    expect(isAllowed(lists)).toBe(false)
  })

  test('through @everyone, even if Discord lists it among their roles', () => {
    expect(isNamedAsAllowed([onCommand(role(GUILD))], COMMAND, { ...user, roles: [GUILD] })).toBe(false)
  })

  test('by the command if it is not registered', () => {
    expect(isNamedAsAllowed([onCommand(member(MEMBER))], undefined, user)).toBe(false)
  })
})

test('a slash command is found by its name, not a menu command', () => {
  const commands = [
    { id: '7', name: 'custos', type: 2 },
    { id: '8', name: 'custos', type: 1 },
    { id: 'odd', name: 'audit' },
    { id: '9', name: 'plain' },
  ]
  expect(commandIdIn(commands, 'custos')).toBe('8')
  expect(commandIdIn(commands, 'plain')).toBe('9')
  expect(commandIdIn(commands, 'audit')).toBeUndefined()
  expect(commandIdIn(null, 'custos')).toBeUndefined()
})
