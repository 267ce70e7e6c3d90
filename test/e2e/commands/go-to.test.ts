import { expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import { InvalidInput } from '../../../sandbox/member-client/submit-modal.ts'
import type { LogEntry } from '../../../sandbox/world/audit-log.ts'
import { type OpenCustosOptions, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, footersOf, textOf } from '../../support/read.ts'

const idsOf = (entries: readonly LogEntry[]) => entries.map(({ id }) => id)

/** A server with ten days of history, and a list of all of it. */
async function open(options: OpenCustosOptions = {}) {
  const here = await openCustos({ days: 10, ...options })
  const { moderator, town } = here
  const { message } = await moderator.command('audit recent')
  const all = idsOf(town.guild.log.since().reverse())
  return { ...here, all, message, form: () => moderator.openModal(message, 'Go to…') }
}

test('a page or a time typed into the form of Go to… is shown in place of the list, after a restart too', async () => {
  const { moderator, message, all, form, restart, actor, town, clock } = await open({})
  const modal = await form()
  expect(modal.inputs).toMatchObject([{ label: 'Page or time', required: true, maxLength: 100 }])
  expect((await moderator.submit(modal, '3')).message).toBe(message)
  expect(entryIdsOf(message)).toEqual(all.slice(20, 30))

  // What happens after the list was asked does not move its pages.
  members.kick(actor(0), town.members[0]?.id ?? '')
  const leftOpen = await form()
  clock.advance(20 * 60_000)
  await restart()
  const last = Math.ceil(all.length / 10)
  await moderator.submit(leftOpen, `page ${last}`)
  expect(entryIdsOf(message)).toEqual(all.slice((last - 1) * 10))
  expect(footersOf(message)[0]).toContain(`${all.length} of ${all.length}, newest first`)
  await moderator.click(message, 'Previous')
  expect(entryIdsOf(message)).toEqual(all.slice((last - 2) * 10, (last - 1) * 10))
  await moderator.submit(await form(), all[34] ?? '')
  expect(entryIdsOf(message)).toEqual(all.slice(30, 40))
})

test('what cannot be shown is said to the one who typed it, and the list stays', async () => {
  const { moderator, message, all, form } = await open()
  const before = textOf(message)
  for (const text of ['0', '-1', '1e9', '9'.repeat(100), '@everyone', 'tomorrow', '   ']) {
    const reply = await moderator.submit(await form(), text)
    expect(reply.ephemeral).toBe(true)
    expect(textOf(reply.message)).not.toMatch(/went wrong|@everyone(?<!\\@everyone)/)
  }
  const modal = await form()
  await expect(async () => moderator.submit(modal, '')).rejects.toThrow(InvalidInput)
  await expect(async () => moderator.submit(modal, 'x'.repeat(101))).rejects.toThrow(InvalidInput)
  expect(textOf(message)).toBe(before)
  expect(entryIdsOf(message)).toEqual(all.slice(0, 10))
})

test('a form can be dismissed, submitted twice, and beside another one', async () => {
  const { moderator, message, all, form } = await open()
  const [first, second] = [await form(), await form()]
  await form()
  await Promise.all([moderator.submit(first, '2'), moderator.submit(second, '2')])
  expect(entryIdsOf(message)).toEqual(all.slice(10, 20))
  await moderator.submit(second, '4')
  await moderator.submit(first, '3')
  expect(entryIdsOf(message)).toEqual(all.slice(20, 30))
})

test('only the one who asked gets the form, and only while they may view the log', async () => {
  const { moderator, other, town, form } = await open()
  const shown = await moderator.command('audit recent', { public: true })
  const refused = await other.click(shown.message, 'Go to…')
  expect(refused.ephemeral).toBe(true)
  expect(textOf(refused.message)).toMatch(/^Only the member who ran this command/)
  const modal = await form()
  const member = town.guild.members.get(moderator.userId)
  if (member) town.guild.members.set(moderator.userId, { ...member, roles: [] })
  const late = await moderator.submit(modal, '2')
  expect(late.ephemeral).toBe(true)
  expect(textOf(late.message)).toContain('View Audit Log')
})

test('a list whose query was erased says so when a page is typed', async () => {
  const { moderator, town, form, message } = await open()
  const modal = await form()
  const owner = town.as(town.guild.ownerId)
  const forget = await owner.command('custos forget')
  const label = buttonsOf(forget.message)[0]?.label ?? ''
  const erased = await owner.submit(await owner.openModal(forget.message, label), ' ERASE ')
  await erased.until(() => textOf(forget.message).startsWith('Erased'))
  const late = await moderator.submit(modal, '2')
  expect(late.ephemeral).toBe(true)
  expect(textOf(late.message)).toMatch(/no longer/)
  expect(late.message).not.toBe(message)
})
