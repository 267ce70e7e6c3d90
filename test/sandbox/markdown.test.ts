import { expect, test } from 'vitest'
import { type Mark, plainText, readMarks } from '../../sandbox/rendering/markdown.ts'

const USER = '1574756469964800009'
const words = (text: string): Mark => ({ is: 'text', text })

test.each<[string, Mark[]]>([
  ['plain words, 1. with signs', [words('plain words, 1. with signs')]],
  [
    '**bold *and* more**',
    [{ is: 'bold', of: [words('bold '), { is: 'italic', of: [words('and')] }, words(' more')] }],
  ],
  ['\\*not\\* \\_this\\_', [words('*not* _this_')]],
  ['`a **b**`', [{ is: 'code', text: 'a **b**' }]],
  [`<@${USER}> <@!${USER}>`, [{ is: 'user', id: USER }, words(' '), { is: 'user', id: USER }]],
  [
    `<#${USER}><@&${USER}>`,
    [
      { is: 'channel', id: USER },
      { is: 'role', id: USER },
    ],
  ],
  ['<t:1700000000:R>', [{ is: 'time', at: 1_700_000_000_000, style: 'R' }]],
  ['<t:1700000000>', [{ is: 'time', at: 1_700_000_000_000, style: 'f' }]],
  ['a\nb', [words('a'), { is: 'break' }, words('b')]],
  ['[here](https://discord.com/x)', [{ is: 'link', to: 'https://discord.com/x', of: [words('here')] }]],
  ['@everyone 👢', [words('@everyone 👢')]],
  ['<b>&amp;</b>', [words('<b>&amp;</b>')]],
])('%j is read as Discord reads it', (text, marks) => {
  expect(readMarks(text)).toEqual(marks)
})

test('nothing but an address in the web becomes a link', () => {
  expect(readMarks('[x](javascript:alert)')).toEqual([words('[x](javascript:alert)')])
  expect(readMarks('[x](data:text/html,y)').some(({ is }) => is === 'link')).toBe(false)
})

test('the words alone can be had of any text', () => {
  expect(plainText(readMarks('**a** `b`\n~~c~~'))).toBe('a b\nc')
})
