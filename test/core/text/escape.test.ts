import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeMarkdown, plainText, truncate } from '../../../src/core/text/escape.ts'
import { hostileText } from '../arbitrary.ts'

describe('text from a user', () => {
  test.each([
    ['mentions nobody', '@everyone <@1> <@&2>', '\\@everyone \\<\\@1\\> \\<\\@\\&2\\>'],
    ['names no channel', '<#123>', '\\<\\#123\\>'],
    ['tells no time', '<t:1785585600:R>', '\\<t:1785585600:R\\>'],
    ['shows no emoji', '<a:x:1>', '\\<a:x:1\\>'],
    ['links nowhere', '[free](https://evil.example)', '\\[free\\]\\(https\\://evil.example\\)'],
    [
      'formats nothing',
      '**a** __b__ ~~c~~ ||d|| `e`',
      '\\*\\*a\\*\\* \\_\\_b\\_\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`',
    ],
    ['undoes no escape', '\\*', '\\\\\\*'],
    ['is no heading', '# a', '\\# a'],
    ['is no quote', '> a', '\\> a'],
    ['is no list', '- a', '\\- a'],
    ['is no numbered list', '12. a', '12\\. a'],
    ['stays on one line', 'a\r\n\nb\u2028c', 'a b c'],
    ['ends what it stands in as it stands', ' a ', 'a'],
    ['turns nothing round', 'a\u202Eb\u2066c', 'abc'],
    ['hides nothing', 'a\u200Bb\uFEFFc\u{E0041}d\u00ADe', 'abcde'],
    ['keeps emoji whole', '👩🏽‍🚒 ❤️', '👩🏽‍🚒 ❤️'],
    ['keeps what is harmless', 'Spam: 3.5 times, at 14:00!', 'Spam: 3.5 times, at 14:00!'],
  ])('%s', (_, text, shown) => {
    expect(escapeMarkdown(text)).toBe(shown)
  })

  test.each(['שלום', 'سلام', 'ܫܠܡ', 'ދިވެހި', 'ߒߞߏ', 'ࠔࠋࠌ', 'ࡌࡀࡍ', '𞤀𞤣', '𐤔𐤋𐤌'])(
    'that runs from right to left, such as %s, turns nothing round beside it',
    (text) => {
      expect(escapeMarkdown(text)).toBe(`\u2068${text}\u2069`)
    },
  )

  test('is cut before it is escaped, so that no escape is cut in half', () => {
    expect(escapeMarkdown('*****', 3)).toBe('\\*\\*…')
    expect(escapeMarkdown('abc', 3)).toBe('abc')
  })

  test('reads as its plain characters once Discord has taken the escapes away', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = withoutIsolate(escapeMarkdown(text)).replaceAll(/\\(.)/g, '$1')
        expect(shown).toBe(plainText(text))
      }),
    )
  })

  test('never holds a mark that is not escaped', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const bare = withoutIsolate(escapeMarkdown(text)).replaceAll(/\\./g, 'x')
        expect(bare).not.toMatch(/[\\*_~`|<>#\-+[\]()@&]|:\/\/|^\d+\./)
      }),
    )
  })

  test('never holds a line break, nor a character that is hidden or turns text round', () => {
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
    ['stays on one line and hides nothing', ' a\n\tb\u202Ec ', 'a bc'],
    ['says so where nothing can be seen', '\u200B\n', '(blank)'],
  ])('%s', (_, text, shown) => {
    expect(plainText(text)).toBe(shown)
  })

  test('is cut to the length asked for', () => {
    expect(plainText('\u200Babcdef', 4)).toBe('abc…')
  })
})

describe('text that is cut', () => {
  test.each([
    ['that fits stays as it is', 'abcd', 4, 'abcd'],
    ['that does not ends in an ellipsis', 'abcde', 4, 'abc…'],
    ['leaves no space before the ellipsis', 'ab cd', 4, 'ab…'],
    ['keeps an emoji whole or drops it', 'ab👩🏽‍🚒cd', 9, 'ab…'],
    ['keeps a flag whole or drops it', 'a🇫🇷b', 5, 'a…'],
    ['keeps an accent on its letter', 'ae\u0301bc', 3, 'a…'],
    ['that begins with what is too long is an ellipsis', '👩🏽‍🚒', 3, '…'],
  ])('%s', (_, text, longest, shown) => {
    expect(truncate(text, longest)).toBe(shown)
  })

  test('is never longer than asked for, and is the text itself up to the ellipsis', () => {
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
