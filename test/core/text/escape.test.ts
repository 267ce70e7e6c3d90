import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeMarkdown, plainText, truncate } from '../../../src/core/text/escape.ts'
import { hostileText } from '../arbitrary.ts'

describe('text from a user', () => {
  test.each([
    ['mentions nobody', '@everyone <@1> <@&2>', '\\@everyone \\<\\@1\\> \\<\\@\\&2\\>'],
    ['mentions no channel', '<#123>', '\\<\\#123\\>'],
    ['shows no timestamp', '<t:1785585600:R>', '\\<t:1785585600:R\\>'],
    ['shows no emoji', '<a:x:1>', '\\<a:x:1\\>'],
    ['links nowhere', '[free](https://evil.example)', '\\[free\\]\\(https\\://evil.example\\)'],
    [
      'formats nothing',
      '**a** __b__ ~~c~~ ||d|| `e`',
      '\\*\\*a\\*\\* \\_\\_b\\_\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`',
    ],
    ['cannot remove an escape', '\\*', '\\\\\\*'],
    ['is no heading', '# a', '\\# a'],
    ['is no quote', '> a', '\\> a'],
    ['is no list', '- a', '\\- a'],
    ['is no numbered list', '12. a', '12\\. a'],
    ['stays on one line', 'a\r\n\nb\u2028c', 'a b c'],
    ['has no space around it', ' a ', 'a'],
    ['does not change the direction of text', 'a\u202Eb\u2066c', 'abc'],
    ['has no invisible characters', 'a\u200Bb\uFEFFc\u{E0041}d\u00ADe', 'abcde'],
    ['keeps emoji whole', '👩🏽‍🚒 ❤️', '👩🏽‍🚒 ❤️'],
    ['keeps harmless characters', 'Spam: 3.5 times, at 14:00!', 'Spam: 3.5 times, at 14:00!'],
  ])('%s', (_, text, shown) => {
    expect(escapeMarkdown(text)).toBe(shown)
  })

  test.each(['שלום', 'سلام', 'ܫܠܡ', 'ދިވެހި', 'ߒߞߏ', 'ࠔࠋࠌ', 'ࡌࡀࡍ', '𞤀𞤣', '𐤔𐤋𐤌'])(
    'that is written from right to left, such as %s, is isolated',
    (text) => {
      expect(escapeMarkdown(text)).toBe(`\u2068${text}\u2069`)
    },
  )

  test('is truncated before it is escaped, so that no escape is split', () => {
    expect(escapeMarkdown('*****', 3)).toBe('\\*\\*…')
    expect(escapeMarkdown('abc', 3)).toBe('abc')
  })

  test('is the plain text once Discord has removed the escapes', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = withoutIsolate(escapeMarkdown(text)).replaceAll(/\\(.)/g, '$1')
        expect(shown).toBe(plainText(text))
      }),
    )
  })

  test('never contains a mark that is not escaped', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const bare = withoutIsolate(escapeMarkdown(text)).replaceAll(/\\./g, 'x')
        expect(bare).not.toMatch(/[\\*_~`|<>#\-+[\]()@&]|:\/\/|^\d+\./)
      }),
    )
  })

  test('never contains a line break, an invisible character or one that changes the direction', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(withoutIsolate(escapeMarkdown(text))).not.toMatch(
          /[\p{Cc}\u2028\u2029\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E00FF}]/u,
        )
      }),
    )
  })
})

describe('text for places without markdown', () => {
  test.each([
    ['keeps its marks', '**@mod** <#1>', '**@mod** <#1>'],
    ['stays on one line without invisible characters', ' a\n\tb\u202Ec ', 'a bc'],
    ['says so if nothing is visible', '\u200B\n', '(blank)'],
  ])('%s', (_, text, shown) => {
    expect(plainText(text)).toBe(shown)
  })

  test('is truncated to the given length', () => {
    expect(plainText('\u200Babcdef', 4)).toBe('abc…')
  })
})

describe('truncated text', () => {
  test.each([
    ['is unchanged if it fits', 'abcd', 4, 'abcd'],
    ['ends in an ellipsis if it does not fit', 'abcde', 4, 'abc…'],
    ['has no space before the ellipsis', 'ab cd', 4, 'ab…'],
    ['keeps an emoji whole or drops it', 'ab👩🏽‍🚒cd', 9, 'ab…'],
    ['keeps a flag whole or drops it', 'a🇫🇷b', 5, 'a…'],
    ['keeps an accent on its letter', 'ae\u0301bc', 3, 'a…'],
    ['is an ellipsis if its first character is too long', '👩🏽‍🚒', 3, '…'],
  ])('%s', (_, text, longest, shown) => {
    expect(truncate(text, longest)).toBe(shown)
  })

  test('is never longer than the given length, and is the text up to the ellipsis', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 12 }), (text, longest) => {
        const shown = truncate(text, longest)
        expect(shown.length).toBeLessThanOrEqual(longest)
        expect(shown === text || (shown.endsWith('…') && text.startsWith(shown.slice(0, -1)))).toBe(true)
      }),
    )
  })
})

function withoutIsolate(text: string): string {
  return text.replace(/^\u2068(.*)\u2069$/su, '$1')
}
