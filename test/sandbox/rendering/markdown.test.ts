import { describe, expect, test } from 'vitest'
import { type MarkdownNode, parseMarkdown, plainText } from '../../../sandbox/rendering/markdown.ts'

const USER = '1574756469964800009'
const words = (text: string): MarkdownNode => ({ type: 'text', text })

test.each<[string, MarkdownNode[]]>([
  ['plain words, 1. with signs', [words('plain words, 1. with signs')]],
  [
    '**bold *and* more**',
    [
      {
        type: 'bold',
        children: [words('bold '), { type: 'italic', children: [words('and')] }, words(' more')],
      },
    ],
  ],
  ['\\*not\\* \\_this\\_', [words('*not* _this_')]],
  ['`a **b**`', [{ type: 'code', text: 'a **b**' }]],
  [`<@${USER}> <@!${USER}>`, [{ type: 'user', id: USER }, words(' '), { type: 'user', id: USER }]],
  [
    `<#${USER}><@&${USER}>`,
    [
      { type: 'channel', id: USER },
      { type: 'role', id: USER },
    ],
  ],
  ['<t:1700000000:R>', [{ type: 'time', at: 1_700_000_000_000, style: 'R' }]],
  ['<t:1700000000>', [{ type: 'time', at: 1_700_000_000_000, style: 'f' }]],
  ['<t:1700000000:s>', [{ type: 'time', at: 1_700_000_000_000, style: 's' }]],
  ['<t:1700000000:S>', [{ type: 'time', at: 1_700_000_000_000, style: 'S' }]],
  ['-# small\nbig', [{ type: 'small', children: [words('small')] }, words('big')]],
  ['a\nb', [words('a'), { type: 'break' }, words('b')]],
  [
    '[here](https://discord.com/x)',
    [{ type: 'link', url: 'https://discord.com/x', children: [words('here')] }],
  ],
  ['@everyone 👢', [words('@everyone 👢')]],
  ['<b>&amp;</b>', [words('<b>&amp;</b>')]],
])('%j is parsed as Discord does', (text, nodes) => {
  expect(parseMarkdown(text)).toEqual(nodes)
})

const list = (start: number | undefined, ...items: readonly (string | MarkdownNode[])[]): MarkdownNode => ({
  type: 'list',
  start,
  items: items.map((item) => (typeof item === 'string' ? [words(item)] : item)),
})
const bold = (text: string): MarkdownNode => ({ type: 'bold', children: [words(text)] })
const quote = (...children: MarkdownNode[]): MarkdownNode => ({ type: 'quote', children })
const lineBreak: MarkdownNode = { type: 'break' }

describe('a list', () => {
  test.each<[what: string, text: string, nodes: MarkdownNode[]]>([
    ['starts at its first number', '11. a\n12. b', [list(11, 'a', 'b')]],
    ['can have no numbers', '- a\n* b', [list(undefined, 'a', 'b')]],
    ['has markdown in its items', '1. **a** b', [list(1, [bold('a'), words(' b')])]],
    [
      'is interrupted by a heading in bold',
      '**Thu**\n1. a\n**Wed**\n2. b',
      [bold('Thu'), lineBreak, list(1, 'a'), bold('Wed'), lineBreak, list(2, 'b')],
    ],
    [
      'is interrupted by a quote',
      '1. a\n> why\n2. b\n3. c',
      [list(1, 'a'), quote(words('why'), lineBreak), list(2, 'b', 'c')],
    ],
    [
      'is interrupted by subtext',
      '1. a\n-# b\n2. c',
      [list(1, 'a'), { type: 'small', children: [words('b')] }, list(2, 'c')],
    ],
    [
      'can be followed by a quote and subtext',
      '1. a\n> why\n-# b',
      [list(1, 'a'), quote(words('why'), lineBreak), { type: 'small', children: [words('b')] }],
    ],
    ['ends with a line that is not indented', '- a\nb', [list(undefined, 'a'), words('b')]],
    [
      'continues in an indented line',
      '1. a\n   b\n2. c',
      [list(1, [words('a'), lineBreak, words('b')], 'c')],
    ],
    [
      'can be in a list',
      '- a\n  - b\n- c',
      [list(undefined, [words('a'), lineBreak, list(undefined, 'b')], 'c')],
    ],
    ['starts only at the start of a line', 'a 1. b', [words('a 1. b')]],
    ['needs a space after the number', '1.5 h\n2.', [words('1.5 h'), lineBreak, words('2.')]],
    ['has no number that is escaped', '1\\. a', [words('1. a')]],
  ])('%s', (_, text, nodes) => {
    expect(parseMarkdown(text)).toEqual(nodes)
  })
})

test('only http and https addresses become links', () => {
  expect(parseMarkdown('[x](javascript:alert)')).toEqual([words('[x](javascript:alert)')])
  expect(parseMarkdown('[x](data:text/html,y)').some(({ type }) => type === 'link')).toBe(false)
})

test('plainText returns the text without markdown', () => {
  expect(plainText(parseMarkdown('**a** `b`\n~~c~~\n1. d\n2. e'))).toBe('a b\nc\nd\ne')
})
