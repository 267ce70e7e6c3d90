import { describe, expect, test } from 'vitest'
import { attributionIn } from '../../../src/core/attribution/attribution.ts'
import { FORMS } from '../../../src/core/attribution/forms.ts'

const ALICE = '80351110224678912'
const LATER = '1564491548459011828'

describe.each(FORMS)('a moderator is found $name', ({ find, examples }) => {
  test.each(examples)('as $bot writes: $reason', ({ reason, person }) => {
    expect(attributionIn(reason)).toBe(person)
    expect(find(reason).map(({ id, name }) => id ?? name)).toContain(person)
  })

  test.each(examples)('the example of $bot has a source', ({ source }) => {
    expect(source).toMatch(/^https:\/\/|^public copies of its code$|^bots written after a guide$/)
  })
})

describe('a moderator is found in the forms of bots that are written after a guide', () => {
  test.each([
    ['[alice] spam', 'alice'],
    [`[alice | ${ALICE}] spam`, ALICE],
    [`[${ALICE}] spam`, ALICE],
    [`(${ALICE}) spam`, ALICE],
    ['[Mod: alice] spam', 'alice'],
    ['[by alice] spam', 'alice'],
    ['alice: spam', 'alice'],
    ['alice : spam', 'alice'],
    ['alice - spam', 'alice'],
    ['alice — spam', 'alice'],
    [`alice (${ALICE}): create unique invite`, ALICE],
    [`alice [${ALICE}] - spam`, ALICE],
    [`${ALICE}: spam`, ALICE],
    [`ID: ${ALICE}`, ALICE],
    [`<@${ALICE}> has requested it`, ALICE],
    [`<@!${ALICE}>: spam`, ALICE],
    ['Mod: alice | spam', 'alice'],
    ['Mod: alice#0001 -- Reason: spam', 'alice'],
    [`Mod: ${ALICE} (alice) | Reason: spam`, ALICE],
    [`Mod: alice (${ALICE}) • Reason: spam • Cleared 1 days`, ALICE],
    ['Staff: alice || Reason: spam', 'alice'],
    ['Moderator: alice, Reason: spam', 'alice'],
    [`Moderator: <@${ALICE}>`, ALICE],
    ['**Moderator:** `alice`', 'alice'],
    [`Moderator: alice#0001 (${ALICE}) | Target: ${LATER} | Reason: spam`, ALICE],
    [`Responsible User: alice | ${ALICE}, Reason: spam`, 'alice'],
    ['RESPONSIBLE MODERATOR: alice#0001 REASON PROVIDED: spam', 'alice'],
    ['[#12] Moderator: alice\nReason: spam', 'alice'],
    ['Unban performer: alice | Reason: appealed', 'alice'],
    ['Banned by alice', 'alice'],
    ['Banned by alice: spam', 'alice'],
    ['Banned by Alice for spam', 'alice'],
    ['Banned by alice. Reason: spam', 'alice'],
    ['Banned by alice via ID', 'alice'],
    ['Ban by alice [NO REASON]', 'alice'],
    ['🔨 Banned by moderator alice!', 'alice'],
    [`Kicked By: alice(${ALICE}) | Reason: spam`, ALICE],
    [`Softbanned by alice (${ALICE}) - spam`, ALICE],
    ['Timed out by alice (5 minutes)', 'alice'],
    ['You have been kicked by alice', 'alice'],
    ['Issued by: alice#0001. Reason: spam', 'alice'],
    ['Requested by alice via /status setup', 'alice'],
    ['By alice for reason: spam', 'alice'],
    [`By alice#0001 (${ALICE}) Reason: Raid ban.`, ALICE],
    [`Bulk message delete by alice (${ALICE})`, ALICE],
    [`Emoji created by <@${ALICE}>`, ALICE],
    ['Role removed by alice using takerole command.', 'alice'],
    ['[Verification] Banned by alice | Reason: spam', 'alice'],
    ['spam | alice', 'alice'],
    ['spam | alice#0001', 'alice'],
    [`spam | ${ALICE}`, ALICE],
    [`spam | ${ALICE} alice`, ALICE],
    [`spam | alice (${ALICE})`, ALICE],
    ['spam - alice', 'alice'],
    [`spam - By: ${ALICE}`, ALICE],
    ['spam | by alice', 'alice'],
    ['spam — by alice via CuffBot', 'alice'],
    ['spam (by alice)', 'alice'],
    ['spam (unbanned by alice)', 'alice'],
    [`spam (<@${ALICE}>)`, ALICE],
    [`spam, by alice#0001 (${ALICE})`, ALICE],
    ['Reason: spam — Moderator: alice', 'alice'],
    ['spam | Moderator: alice | Case #12', 'alice'],
    [`spam | moderator ${ALICE}`, ALICE],
    ['Muted for 5m with reason: spam - Responsible Moderator: alice', 'alice'],
    ['Bulk purge: Joined within 5h (by alice)', 'alice'],
  ])('%s', (reason, attribution) => {
    expect(attributionIn(reason)).toBe(attribution)
  })
})

test.each([
  ['Turkish', 'Yetkili: alice | Sebep: spam', 'alice'],
  ['Turkish, with “by” after the name', 'alice tarafından: spam', 'alice'],
  ['Turkish, with the name and “by” after the reason', 'spam | alice tarafından', 'alice'],
  ['Portuguese', 'Banido por alice#0001 - Motivo: spam', 'alice'],
  ['Russian', 'Модератор: Алиса. Причина бана: спам.', 'алиса'],
  ['Russian, with the name after the reason', 'спам | Модератор: алиса', 'алиса'],
])('a moderator is found in reasons in %s', (_, reason, attribution) => {
  expect(attributionIn(reason)).toBe(attribution)
})
