import { describe, expect, test } from 'vitest'
import { attributionIn } from '../../../src/core/attribution/attribution.ts'

const ALICE = '80351110224678912'
const BOB = '1564491548459011828'

describe('a reason claims nobody', () => {
  test.each([
    // Dyno, Zeppelin and others write what the moderator typed and nothing else.
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
    // What Discord and bots write for themselves.
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
  ])('in %j', (reason) => {
    expect(attributionIn(reason)).toBeUndefined()
  })
})

describe('of two people', () => {
  test.each([
    ['neither is believed whom two bots could have put there', 'alice: spam | Moderator: bob', undefined],
    ['neither is believed, whatever the form', '[alice#0001] spam (by bob)', undefined],
    ['neither is believed with one id each', `alice (ID: ${ALICE}): spam | bob (${BOB})`, undefined],
    ['the bot’s is believed, and not what is typed after it', 'alice#0: by bob', 'alice'],
    ['the bot’s is believed, and not a sentence’s', 'alice#0: spam, banned by bob. Mod: bob', 'alice'],
    ['the bot’s is believed, and not a word before a colon', 'scam: nitro | Moderator: bob', 'bob'],
    ['the bot’s is believed, and not another bot’s tag', '[Verification] Banned by bob | spam', 'bob'],
    ['the first is believed of two lone words', 'alice | raid', 'alice'],
    ['the one who acted is believed, and not the target', `Banned by <@${ALICE}>, was <@${BOB}>`, ALICE],
    ['an id is told of one who is named twice', `alice: spam | Moderator: alice (${ALICE})`, ALICE],
  ])('%s', (_, reason, attribution) => {
    expect(attributionIn(reason)).toBe(attribution)
  })
})

describe('a name is read', () => {
  test.each([
    ['without its discriminator', 'Banned by alice#1234: spam', 'alice'],
    ['without the @ before it', 'Banned by @alice', 'alice'],
    ['without quotes round it', 'Banned by “alice”: spam', 'alice'],
    ['in lower case', 'Banned by ALICE', 'alice'],
    ['composed', 'Banned by Ame\u0301lie: spam', 'am\u00E9lie'],
    ['with dots and underscores', 'a.b_c.1: spam', 'a.b_c.1'],
    ['with spaces', 'Banned by Alice B. Smith#0001: spam', 'alice b. smith'],
    ['with spaces, where marks end it', 'Moderator: Alice Smith | spam', 'alice smith'],
    ['with a pipe', 'Bob | Twitch#0001: spam', 'bob | twitch'],
    ['with brackets in brackets', '[[SD] Bob#0001] spam', '[sd] bob'],
    ['with parentheses', `Bob (away)#0001 (${BOB}): spam`, BOB],
    ['with emoji', '🔥fire🔥#0001: spam', '🔥fire🔥'],
    ['of emoji alone', 'Moderator: 🦊🦊 | spam', '🦊🦊'],
    ['in Japanese', 'Banned by アリス: spam', 'アリス'],
    ['in Arabic', 'Moderator: أليس | spam', 'أليس'],
    ['in Hebrew', '[אליס#0001] spam', 'אליס'],
    ['that is a word, where a discriminator proves it', 'spam#0001: links', 'spam'],
    ['of 32 characters', `Moderator: ${'🦊'.repeat(32)} | spam`, '🦊'.repeat(32)],
  ])('%s', (_, reason, attribution) => {
    expect(attributionIn(reason)).toBe(attribution)
  })

  test('and never one that is longer than names are', () => {
    expect(attributionIn(`Moderator: ${'🦊'.repeat(33)} | spam`)).toBeUndefined()
    expect(attributionIn(`Moderator: ${'a'.repeat(100)}`)).toBeUndefined()
  })
})

test.each(['36951177169469440', '123456789012345678', BOB])('the id %s is read', (id) => {
  expect(attributionIn(`Requested by ${id}`)).toBe(id)
})

test.each(['1234567890123456', '12345678901234567890', '9999999999999999999'])('%s is no id', (id) => {
  expect(attributionIn(`${id}: spam`)).toBeUndefined()
})

test('a reason as long as Discord takes them is read to its end', () => {
  const suffix = ' | Moderator: alice'
  expect(attributionIn('x'.repeat(512 - suffix.length) + suffix)).toBe('alice')
  expect(attributionIn('🦊'.repeat(512 - suffix.length) + suffix)).toBe('alice')
})
