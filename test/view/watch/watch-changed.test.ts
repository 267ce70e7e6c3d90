import { expect, test } from 'vitest'
import { NO_NAMES } from '../../../src/core/names/names.ts'
import { unreadableWarning, watchRemovedReply, watchSetReply } from '../../../src/view/watch/watch-changed.ts'
import { ALERT, DIGEST, FEED, watchOf } from '../../support/watches.ts'

test.each([
  [FEED, 'From now on, Custos posts in <#5> each new entry of the audit log.'],
  [
    { ...FEED, filter: { executorId: '7' } },
    'From now on, Custos posts in <#5> each new entry that matches: by <@7>.',
  ],
  [ALERT, 'From now on, Custos warns in <#5>: Member Ban Add · 5 within 10 minutes by one moderator.'],
  [DIGEST, 'From now on, Custos reports in <#5> every Monday at 09:00.'],
])('what is set is said in words: %j', (definition, sentence) => {
  const [embed] = watchSetReply(watchOf(definition, { number: 3 }), NO_NAMES, ['And more.']).embeds
  const { type } = definition
  expect(embed?.title?.toLowerCase()).toBe(`${type} 3 is set`)
  expect(embed?.description?.split('\n').slice(0, 2)).toEqual([sentence, 'And more.'])
  expect(embed?.description).toContain(`\`/custos ${type} remove id:3\``)
})

test('while Custos may not read the log, it says that nothing is posted', () => {
  expect(unreadableWarning({ hostAhead: 0, lastRead: 'forbidden' })).toContain('**View Audit Log**')
  expect(unreadableWarning({ hostAhead: 0, lastRead: 'read' })).toBeUndefined()
})

test('what is removed is said in words, and that its posts stay', () => {
  const [embed] = watchRemovedReply(watchOf(FEED, { number: 3 }), NO_NAMES).embeds
  expect(embed?.title).toBe('Feed 3 is removed')
  expect(embed?.description).toContain('It posted in <#5>: every entry.')
  expect(embed?.description).toContain('What it has posted stays there.')
})
