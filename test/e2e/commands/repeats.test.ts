import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { buttonsOf, choicesOf } from '../../../sandbox/member-client/components.ts'
import { openCustos } from '../../support/open-custos.ts'
import { fieldOf, footersOf, textOf } from '../../support/read.ts'

const DAY = 86_400_000

test('members kicked repeatedly are listed: how often, first, last and by whom', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [marble = '', quill = '', otter = ''] = town.members.map(({ id }) => id)
  await moderator.command('audit recent')
  const start = clock.now()
  for (const [who, by] of [
    [marble, 0],
    [quill, 1],
    [marble, 1],
    [otter, 0],
    [quill, 1],
    [marble, 0],
  ] as const) {
    members.kick(actor(by), who)
    clock.advance(DAY)
  }
  const { message } = await moderator.command('audit repeats', { action: 'Member Kick' })
  const day = (count: number) => `<t:${(start + count * DAY) / 1000}:d>`
  const [alice, bruno] = [actor(0).actorId, actor(1).actorId]
  expect(textOf(message).split('\n')).toEqual([
    'Repeated actions',
    'Member Kick · at least 2 times',
    '',
    `1. <@${marble}> (marble) **3** times · first ${day(0)} · last ${day(5)} · by <@${alice}> 2, <@${bruno}> 1`,
    `2. <@${quill}> (quill) **2** times · first ${day(1)} · last ${day(4)} · by <@${bruno}> 2`,
    '1–2 of 2 · Since 1 Sep 2026, 12:00 UTC · Incomplete: nothing is known before 10 Oct 2026',
  ])
})

test('min and the window decide who is listed', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [marble = '', quill = ''] = town.members.map(({ id }) => id)
  for (let count = 0; count < 3; count++) members.kick(actor(0), marble)
  clock.advance(DAY)
  for (let count = 0; count < 2; count++) members.kick(actor(0), quill)
  const named = async (values: Record<string, string | number>) =>
    textOf((await moderator.command('audit repeats', values)).message).match(/(?<=\. <@)\d+/g)
  expect(await named({ min: 3 })).toEqual([marble])
  expect(await named({ since: '1h' })).toEqual([quill])
  expect(await named({ until: '1h' })).toEqual([marble])
})

test('one kick is “1 time”, and of many moderators three are named', async () => {
  const { moderator, town, actor } = await openCustos()
  const [marble = '', quill = ''] = town.members.map(({ id }) => id)
  members.kick(actor(0), quill)
  for (let by = 0; by < 5; by++) members.kick(actor(by), marble)
  const { message } = await moderator.command('audit repeats', { min: 1 })
  expect(textOf(message)).toContain('at least 1 time\n')
  expect(textOf(message)).toMatch(/^1\. .*\*\*5\*\* times .* and 2 others$/m)
  expect(textOf(message)).toMatch(/^2\. .*\*\*1\*\* time · .* · by <@\d+> 1$/m)
})

test('no match gives a sentence that says what to try', async () => {
  const { moderator } = await openCustos()
  const { message } = await moderator.command('audit repeats', { min: 5 })
  expect(textOf(message)).toContain('No target has 5 or more actions. Try a lower `min`')
  expect(buttonsOf(message)).toEqual([])
})

test('more than ten have pages, and choosing one shows its history', async () => {
  const { moderator, town, actor } = await openCustos()
  const many = town.members.slice(0, 13).map(({ id }) => id)
  for (const [index, id] of many.entries()) {
    for (let count = 0; count < index + 2; count++) members.kick(actor(0), id)
  }
  const ranked = many.toReversed()
  const { message } = await moderator.command('audit repeats', { action: 'Member Kick' })
  expect(choicesOf(message).map(({ value }) => value)).toEqual(ranked.slice(0, 10))
  await moderator.click(message, 'Next')
  expect(choicesOf(message).map(({ value }) => value)).toEqual(ranked.slice(10))
  expect(footersOf(message)[0]).toMatch(/^11–13 of 13 · /)
  const history = await moderator.choose(message, many[0] ?? '')
  expect(fieldOf(history.message, 'Actions')).toBe('2')
  expect(history.ephemeral).toBe(true)
})
