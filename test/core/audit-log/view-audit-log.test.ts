import { expect, test } from 'vitest'
import { type MemberAccess, mayViewAuditLog } from '../../../src/core/audit-log/view-audit-log.ts'

const [GUILD, BOT, ROLE, OTHER] = ['1', '2', '3', '4']
const [VIEW, ADMINISTRATOR] = [128n, 8n]

function access(given: Partial<MemberAccess>): boolean | undefined {
  return mayViewAuditLog({
    guildId: GUILD,
    memberId: BOT,
    ownerId: '9',
    memberRoles: [ROLE],
    permissions: new Map([
      [GUILD, 0n],
      [ROLE, 0n],
      [OTHER, VIEW],
    ]),
    ...given,
  })
}

test.each([
  ['no role of theirs grants it', {}, false],
  ['a role of theirs grants it', { memberRoles: [ROLE, OTHER] }, true],
  ['@everyone grants it', { permissions: new Map([[GUILD, VIEW]]) }, true],
  ['a role makes them an administrator', { permissions: new Map([[ROLE, ADMINISTRATOR]]) }, true],
  ['they own the guild', { ownerId: BOT, memberRoles: undefined }, true],
  ['their roles are not known', { memberRoles: undefined }, undefined],
  ['the owner is not known', { ownerId: undefined }, undefined],
  ['the permissions of a role are not known', { permissions: new Map([[GUILD, 0n]]) }, undefined],
])('a member may view the audit log or not if %s', (_, given, may) => {
  expect(access(given)).toBe(may)
})
