import { describe, expect, test } from 'vitest'
import { attributionIn } from '../../../src/core/attribution/attribution.ts'

const ALICE = '80351110224678912'
const BOB = '1564491548459011828'

describe('a reason is attributed to nobody', () => {
  test.each([
    // Dyno, Zeppelin and others write only what the moderator typed.
    'spam',
    'Stand by me',
    'scammed by a bot',
    'caught by AutoMod',
    'hacked by bob',
    'Art stolen by bob, who lied',
    'Reported by alice',
    'banned by the mods for spam',
    'kicked by mistake',
    'muted by accident',
    'By the way, spam',
    'by a: spam',
    'Banned by everyone',
    'previously banned by bob for this',
    'Spam: posted links',
    'spam: posted links',
    'Rule 3: no spam',
    'scam - nitro',
    'spam - again',
    '[nsfw] pictures',
    '[10m] spam',
    'Case#1234: spam',
    'see #1234: spam',
    'https://discord.gg/abc: ads',
    'self- promotion',
    'alice',
    `alt of ${BOB}`,
    `alt of bob (${BOB})`,
    `ban evasion (${BOB})`,
    `Ban evasion - <@${BOB}>`,
    `${BOB} - alt account of the last one`,
    `${BOB}, ${ALICE} raided`,
    `evading (${BOB}): main account`,
    `harassing <@${BOB}>`,
    `<@${BOB}> and friends raided`,
    `<@&${BOB}> pinged`,
    `<#${BOB}>: spam`,
    'bob#0001 and alice#0001 raided',
    // Discord and bots write these for what they do by themselves.
    'Message was flagged by AutoMod',
    'Banned by AutoMod: spam',
    'Spam detected by Beemo',
    'Reviewed by owner',
    'Member was previously muted.',
    'Auto-ban from spam (strict raid mode ban)',
    'Profile contained keyword that violated Block Words in Member Profile Names rule',
    'Moderator: Unknown',
    'Moderator: Reason: spam',
    '',
    ' \n ',
    '\u200B',
    '#0001: spam',
    '@',
  ])('%j', (reason) => {
    expect(attributionIn(reason)).toBeUndefined()
  })
})

describe('where a reason names two people', () => {
  test.each([
    ['neither counts if both have the form of a bot', 'alice: spam | Moderator: bob', undefined],
    ['neither counts, whatever the forms', '[alice#0001] spam (by bob)', undefined],
    ['neither counts if each has an id', `alice (ID: ${ALICE}): spam | bob (${BOB})`, undefined],
    ['the one before the reason counts, not the one in the typed reason', 'alice#0: by bob', 'alice'],
    [
      'the one before the reason counts, not the one in a sentence',
      'alice#0: spam, banned by bob. Mod: bob',
      'alice',
    ],
    ['the one after a label counts, not a word before a colon', 'scam: nitro | Moderator: bob', 'bob'],
    ['the one after “by” counts, not a tag in brackets', '[Verification] Banned by bob | spam', 'bob'],
    ['the first of two bare words counts', 'alice | raid', 'alice'],
    ['the one who acted counts, not the target', `Banned by <@${ALICE}>, was <@${BOB}>`, ALICE],
    ['the id is used if both are the same person', `alice: spam | Moderator: alice (${ALICE})`, ALICE],
  ])('%s', (_, reason, attribution) => {
    expect(attributionIn(reason)).toBe(attribution)
  })
})

describe('a name is found', () => {
  test.each([
    ['without its discriminator', 'Banned by alice#1234: spam', 'alice'],
    ['without the @', 'Banned by @alice', 'alice'],
    ['without quotes', 'Banned by “alice”: spam', 'alice'],
    ['in lower case', 'Banned by ALICE', 'alice'],
    ['in its composed form', 'Banned by Ame\u0301lie: spam', 'am\u00E9lie'],
    ['with dots and underscores', 'a.b_c.1: spam', 'a.b_c.1'],
    ['with spaces', 'Banned by Alice B. Smith#0001: spam', 'alice b. smith'],
    ['with spaces, if a mark ends it', 'Moderator: Alice Smith | spam', 'alice smith'],
    ['with a pipe', 'Bob | Twitch#0001: spam', 'bob | twitch'],
    ['with brackets in brackets', '[[SD] Bob#0001] spam', '[sd] bob'],
    ['with parentheses', `Bob (away)#0001 (${BOB}): spam`, BOB],
    ['with emoji', '🔥fire🔥#0001: spam', '🔥fire🔥'],
    ['of emoji alone', 'Moderator: 🦊🦊 | spam', '🦊🦊'],
    ['in Japanese', 'Banned by アリス: spam', 'アリス'],
    ['in Arabic', 'Moderator: أليس | spam', 'أليس'],
    ['in Hebrew', '[אליס#0001] spam', 'אליס'],
    ['that is an ordinary word, if it has a discriminator', 'spam#0001: links', 'spam'],
    ['of 32 characters', `Moderator: ${'🦊'.repeat(32)} | spam`, '🦊'.repeat(32)],
  ])('%s', (_, reason, attribution) => {
    expect(attributionIn(reason)).toBe(attribution)
  })

  test('but not if it is longer than a name can be', () => {
    expect(attributionIn(`Moderator: ${'🦊'.repeat(33)} | spam`)).toBeUndefined()
    expect(attributionIn(`Moderator: ${'a'.repeat(100)}`)).toBeUndefined()
  })
})

test.each(['36951177169469440', '123456789012345678', BOB])('the id %s is found', (id) => {
  expect(attributionIn(`Requested by ${id}`)).toBe(id)
})

test.each(['1234567890123456', '12345678901234567890', '9999999999999999999'])('%s is not an id', (id) => {
  expect(attributionIn(`${id}: spam`)).toBeUndefined()
})

test('the longest reason that Discord accepts is read to its end', () => {
  const suffix = ' | Moderator: alice'
  expect(attributionIn('x'.repeat(512 - suffix.length) + suffix)).toBe('alice')
  expect(attributionIn('🦊'.repeat(512 - suffix.length) + suffix)).toBe('alice')
})
