import { expect, test } from 'vitest'
import { buttonsOf } from '../../../sandbox/member-client/components.ts'
import { payloads } from '../../support/entries/payloads.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, footersOf, textOf } from '../../support/read.ts'

/** Entries with an id and an action type. Those without are skipped: they come from a race inside Discord. */
const usable = payloads.filter(({ entry }) => /^\d+$/.test(entry.id) && entry.action_type !== null)
const usableIds = [...new Set(usable.map(({ entry }) => entry.id))].sort((a, b) =>
  BigInt(a) < BigInt(b) ? 1 : -1,
)

/** Pages through a whole list, and opens every entry. */
async function readAll({ moderator }: OpenCustos): Promise<string[]> {
  const { message } = await moderator.command('audit recent')
  const ids: string[] = []
  for (;;) {
    for (const id of entryIdsOf(message)) {
      const chosen = await moderator.choose(message, id)
      expect(textOf(chosen.message)).toContain(`Entry ${id}`)
      ids.push(id)
    }
    const next = buttonsOf(message).find(({ label }) => label === 'Next')
    if (!next || next.disabled) return ids
    await moderator.click(message, 'Next')
  }
}

test('after each malformed entry from the gateway the bot still replies, and none is lost', async () => {
  const here = await openCustos({ oddEntries: true })
  const { discord, town, moderator } = here
  for (const { entry } of payloads) {
    discord.world.emitEntry(town.guild, entry)
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).not.toContain('went wrong')
  }
  expect(await readAll(here)).toEqual(usableIds)
})

test('malformed entries read by REST are all stored, and the bot still replies', async () => {
  const here = await openCustos({
    oddEntries: true,
    retentionDays: 10_000,
    prepare: ({ guild }) => {
      const byId = new Map(payloads.map(({ entry }) => [entry.id, entry]))
      for (const entry of byId.values()) if (/^\d+$/.test(entry.id)) guild.log.add(entry)
    },
  })
  expect(await readAll(here)).toEqual(usableIds)
})

test('an unknown action type is shown as unknown, and counted', async () => {
  const { discord, town, moderator, actor } = await openCustos({ oddEntries: true })
  const id = discord.world.newId()
  discord.world.log(town.guild, { id, user_id: actor(0).actorId, target_id: null, action_type: 999 })
  const { message } = await moderator.command('audit recent', { action: 'Other' })
  expect(textOf(message)).toContain(`❔ <@${actor(0).actorId}> did something`)
  expect(footersOf(message)[0]).toMatch(/^1 of 1, /)
})
