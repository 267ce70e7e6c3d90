import { AuditLogEvent } from 'discord-api-types/v10'
import { expect, test } from 'vitest'
import { NO_NAMES } from '../../../../src/core/names/names.ts'
import { firstIdAt } from '../../../../src/core/snowflake.ts'
import type { ArrivedCount } from '../../../../src/core/watch/arrival.ts'
import { EMBED, embedSize } from '../../../../src/view/reply.ts'
import { feedSummaryReply } from '../../../../src/view/watch/feed/feed-summary.ts'

const START = Date.UTC(2026, 10, 26, 12)

function shown(
  counts: readonly ArrivedCount[],
  state: { isOpen: boolean; goesOn?: boolean } = { isOpen: true },
) {
  const [embed = {}] = feedSummaryReply({
    counts,
    reason: 'flood',
    from: firstIdAt(START),
    to: firstIdAt(START + 90_000),
    ...state,
    names: NO_NAMES,
    listId: 'list',
  }).embeds
  return embed
}

const fieldOf = ({ fields }: ReturnType<typeof shown>, wanted: string) =>
  fields?.find(({ name }) => name === wanted)?.value

test('whoever AutoMod stopped is not named as a moderator', () => {
  const blocked = AuditLogEvent.AutoModerationBlockMessage
  const embed = shown([
    ...['11', '12', '13'].map((executorId) => ({ executorId, kind: blocked, entries: 2, units: 2 })),
    { executorId: '7', kind: AuditLogEvent.MemberBanAdd, entries: 4, units: 4 },
    { executorId: null, kind: AuditLogEvent.MemberBanAdd, entries: 1, units: 1 },
  ])
  expect(embed.title).toBe('⚠️ 11 actions in 1 minute 30 seconds')
  expect(fieldOf(embed, 'By moderator')).toBe('AutoMod **6** · <@7> **4** · unknown **1**')
})

test('what is closed says whether it is over or goes on in another message', () => {
  expect(shown([], { isOpen: false }).description).toMatch(/ It is over\.$/)
  expect(shown([], { isOpen: false, goesOn: true }).description).toMatch(/ It goes on below\.$/)
})

test('a raid of every action by thousands of members fits into one message', () => {
  const kinds = Object.values(AuditLogEvent).filter((kind) => typeof kind === 'number')
  const counts = Array.from({ length: 5000 }, (_, index) => ({
    executorId: String(10n ** 18n + BigInt(index)),
    kind: kinds[index % kinds.length] ?? 1,
    entries: 1000 + index,
    units: 100_000 + index,
  }))
  const embed = shown(counts)
  expect(embedSize(embed)).toBeLessThanOrEqual(EMBED.total)
  for (const { value } of embed.fields ?? []) expect(value).toMatch(/ · and [\d,]+ more$/)
})
