import { AuditLogEvent } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { growingKinds, isAboutCounts } from '../../../src/sync/answer/need.ts'

const from = '1'
const ALL = [AuditLogEvent.MessageDelete, AuditLogEvent.MemberMove, AuditLogEvent.MemberDisconnect]

test.each([
  ['all actions', {}, ALL, false],
  ['deletes', { kinds: { anyOf: [72, 73] } }, [AuditLogEvent.MessageDelete], true],
  ['bans', { kinds: { anyOf: [22] } }, [], false],
  ['all but deletes', { kinds: { noneOf: [72] } }, [26, 27], false],
])('an answer about %s needs the counts of its own kinds alone', (_, narrowing, growing, isAbout) => {
  const need = { from, ...narrowing }
  expect([growingKinds(need), isAboutCounts(need)]).toEqual([growing, isAbout])
})
