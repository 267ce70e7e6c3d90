import { expect, test } from 'vitest'
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

test('only http and https addresses become links', () => {
  expect(parseMarkdown('[x](javascript:alert)')).toEqual([words('[x](javascript:alert)')])
  expect(parseMarkdown('[x](data:text/html,y)').some(({ type }) => type === 'link')).toBe(false)
})

test('plainText returns the text without markdown', () => {
  expect(plainText(parseMarkdown('**a** `b`\n~~c~~'))).toBe('a b\nc')
})
