import { expect, test } from 'vitest'
import * as members from '../../../../sandbox/actions/members.ts'
import { buttonsOf } from '../../../../sandbox/member-client/components.ts'
import { entriesHeld } from '../../../support/entries-held.ts'
import { READ } from '../../../support/log-messages.ts'
import { openCustos } from '../../../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../../../support/read.ts'

const WELCOME = 'Custos has this server’s audit log back to'

/** A server with two entries, and its owner. */
async function open() {
  const here = await openCustos()
  const { actor, town, log } = here
  for (const { id } of town.members.slice(0, 2)) members.kick(actor(1), id, 'Rude to everybody')
  await log.waitFor(READ)
  const owner = town.as(town.guild.ownerId)
  await owner.command('audit recent')
  return { ...here, owner }
}

test('the owner erases everything by typing a word, and only what comes after is stored', async () => {
  const here = await open()
  const { owner, actor, town } = here
  const { message } = await owner.command('custos forget')
  const modal = await owner.openModal(message, 'Erase 2 entries')
  const wrong = await owner.submit(modal, 'delete')
  expect(textOf(wrong.message)).toMatch(/^Nothing was erased\./)
  expect(wrong.ephemeral).toBe(true)
  expect(buttonsOf(message)).toHaveLength(2)
  expect(await entriesHeld(here)).toBe(2)

  const reply = await owner.submit(await owner.openModal(message, 'Erase 2 entries'), 'Erase')
  await reply.until(() => textOf(message).startsWith('Erased'))
  expect(textOf(message)).toMatch(/^Erased: 2 entries, and everything stored with them\./)
  expect(buttonsOf(message)).toEqual([])
  const status = await owner.command('audit status')
  expect(fieldOf(status.message, 'Entries held')).toBe('0')
  expect(fieldOf(status.message, 'Operations')).toContain(`<@${owner.userId}> erased everything: 2 entries`)
  expect(textOf(status.message)).not.toContain(WELCOME)

  members.kick(actor(0), town.members[2]?.id ?? '', 'A new beginning')
  const [newest] = town.guild.log.since().slice(-1)
  const after = await owner.command('audit recent')
  expect(entryIdsOf(after.message)).toEqual([newest?.id])
  expect(textOf(after.message)).not.toContain(WELCOME)
})

test('a form that is submitted after Cancel erases nothing', async () => {
  const here = await open()
  const { owner } = here
  const { message } = await owner.command('custos forget')
  const modal = await owner.openModal(message, 'Erase 2 entries')
  await owner.click(message, 'Cancel')
  const late = await owner.submit(modal, 'erase')
  expect(textOf(late.message)).toMatch(/^This was already confirmed or cancelled/)
  expect(await entriesHeld(here)).toBe(2)
})
