import { expect, test } from 'vitest'
import * as automod from '../../../sandbox/actions/automod.ts'
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
  const time = (count: number) => `<t:${(start + count * DAY) / 1000}`
  const [alice, bruno] = [actor(0).actorId, actor(1).actorId]
  expect(textOf(message).split('\n')).toEqual([
    '2 targets with 2+ actions',
    '-# Member Kick · bans known since 10 Oct 2026',
    `1. <@${marble}> (marble) **3** times`,
    `-# never banned · first ${time(0)}:d> · last ${time(5)}:R> · by <@${alice}> 2, <@${bruno}> 1`,
    `2. <@${quill}> (quill) **2** times`,
    `-# never banned · first ${time(1)}:d> · last ${time(4)}:R> · by <@${bruno}> 2`,
    '1–2 of 2 · Since 1 Sep 2026, 12:00 UTC · Incomplete: nothing is known before 10 Oct 2026',
  ])
})

test('without an action, only what punishes a member is counted, and those who are banned now are marked', async () => {
  const { moderator, town, actor, clock } = await openCustos()
  const [marble = '', quill = '', otter = '', wren = ''] = town.members.map(({ id }) => id)
  members.kick(actor(0), marble)
  automod.timeOut(actor(0), { name: 'Spam', trigger: 1 }, marble, town.channels[0] ?? '')
  members.ban(actor(1), marble)
  members.ban(actor(1), quill)
  clock.advance(DAY)
  members.unban(actor(1), quill)
  members.timeout(actor(0), quill, clock.now() + 60_000)
  for (let count = 0; count < 3; count++) members.setNickname(actor(0), otter, `Name ${count}`)
  members.ban(actor(1), wren)
  members.unban(actor(1), wren)
  const { message } = await moderator.command('audit repeats')
  const rows = textOf(message)
    .split('\n')
    .filter((line) => /^\d+\. /.test(line))
  expect(rows.map((row) => row.replace(/<@(\d+)>( \(.*?\))?/, '$1'))).toEqual([
    `1. ${marble} **3** times · ⏳ 1 · 👢 1 · 🔨 1 · 🔨 banned 24 Nov 2026`,
    `2. ${quill} **2** times · ⏳ 1 · 🔨 1`,
  ])
  expect(textOf(message)).toContain('-# was banned 24 Nov, unbanned 25 Nov · first')
  expect(textOf(message)).toContain('AutoMod 1')
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

test('one kick is “1 time”, and of many moderators two are named', async () => {
  const { moderator, town, actor } = await openCustos()
  const [marble = '', quill = ''] = town.members.map(({ id }) => id)
  members.kick(actor(0), quill)
  for (let by = 0; by < 5; by++) members.kick(actor(by), marble)
  const { message } = await moderator.command('audit repeats', { min: 1 })
  expect(textOf(message)).toMatch(/^2 members punished\n/)
  expect(textOf(message)).toMatch(/^1\. .*\*\*5\*\* times .*\n.* · by <@\d+> 1, <@\d+> 1 \+3\u00A0more$/m)
  expect(textOf(message)).toMatch(/^2\. .*\*\*1\*\* time .*\n.* · by <@\d+> 1$/m)
})

test('no match gives a sentence that says what to try', async () => {
  const { moderator } = await openCustos()
  const { message } = await moderator.command('audit repeats', { min: 5 })
  expect(textOf(message)).toContain('No target has 5 or more actions. Try a lower `min`')
  expect(buttonsOf(message)).toEqual([])
})

test('more than ten have pages, and choosing one shows those actions', async () => {
  const { moderator, town, actor } = await openCustos()
  const many = town.members.slice(0, 13).map(({ id }) => id)
  for (const [index, id] of many.entries()) {
    for (let count = 0; count < index + 2; count++) members.kick(actor(0), id)
    members.setNickname(actor(0), id, 'Another name')
  }
  const ranked = many.toReversed()
  const { message } = await moderator.command('audit repeats', { action: 'Member Kick' })
  expect(choicesOf(message).map(({ value }) => value)).toEqual(ranked.slice(0, 10))
  await moderator.click(message, 'Next')
  expect(choicesOf(message).map(({ value }) => value)).toEqual(ranked.slice(10))
  expect(footersOf(message)[0]).toMatch(/^11–13 of 13 · /)
  const history = await moderator.choose(message, many[0] ?? '')
  expect(fieldOf(history.message, 'Actions')).toBe('2')
  expect(fieldOf(history.message, 'By action')).toContain('Member Kick **2**')
  expect(history.ephemeral).toBe(true)
})
