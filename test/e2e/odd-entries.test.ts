import { expect, test } from 'vitest'
import { buttonsOf } from '../../sandbox/member-client/components.ts'
import { type OpenCustos, openCustos } from '../support/open-custos.ts'
import { payloads } from '../support/payloads.ts'
import { entryIdsOf, footersOf, textOf } from '../support/read.ts'

/** Those with an id and an action type. The others cannot be told apart, or are a race at Discord's. */
const usable = payloads.filter(({ entry }) => /^\d+$/.test(entry.id) && entry.action_type !== null)
const usableIds = [...new Set(usable.map(({ entry }) => entry.id))].sort((a, b) =>
  BigInt(a) < BigInt(b) ? 1 : -1,
)

/** Goes through a whole list, showing every entry of it. */
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

test('after each odd entry that arrives live the bot answers, and none is lost', async () => {
  const here = await openCustos({ oddEntries: true })
  const { discord, town, moderator } = here
  for (const { entry } of payloads) {
    discord.world.emitEntry(town.guild, entry)
    const { message } = await moderator.command('audit recent')
    expect(textOf(message)).not.toContain('went wrong')
  }
  expect(await readAll(here)).toEqual(usableIds)
})

test('odd entries that are read by REST are all there, and the answer stands', async () => {
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

test('an action type that Custos does not know is shown as such, and counted', async () => {
  const { discord, town, moderator, actor } = await openCustos({ oddEntries: true })
  const id = discord.world.newId()
  discord.world.log(town.guild, { id, user_id: actor(0).actorId, target_id: null, action_type: 999 })
  const { message } = await moderator.command('audit recent', { action: 'Other' })
  expect(textOf(message)).toContain(`❔ **Unknown action 999** · <@${actor(0).actorId}> did something`)
  expect(footersOf(message)[0]).toMatch(/^1 of 1, /)
})
