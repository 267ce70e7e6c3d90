import { expect, test } from 'vitest'
import * as messages from '../../../sandbox/actions/messages.ts'
import * as resources from '../../../sandbox/actions/resources.ts'
import { choicesOf } from '../../../sandbox/member-client/components.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf, textOf } from '../../support/read.ts'

const HOUR = 3_600_000

/** A webhook older than the log: three of its messages were deleted, and one was pinned. */
async function withWebhook(): Promise<OpenCustos & { readonly hook: string }> {
  let hook = ''
  const here = await openCustos({
    prepare: ({ discord: { world }, guild, channels: [general = ''] }) => {
      hook = world.newId()
      guild.resources.set(hook, { type: 'webhook', values: { name: 'Plural_Kit', channel_id: general } })
    },
  })
  const [general = ''] = here.town.channels
  for (let times = 0; times < 3; times++) messages.deleteMessage(here.actor(0), general, hook)
  messages.pin(here.actor(1), general, '1574756470000000000', hook)
  return { ...here, hook }
}

test('a webhook whose messages were deleted is shown by name in lists, menus and counts', async () => {
  const { moderator, hook, town } = await withWebhook()
  const { message } = await moderator.command('audit deletes')
  expect(fieldOf(message, 'By author')).toBe('Plural\\_Kit (webhook) **3**')
  expect(textOf(message)).toContain(`deleted 3 messages by Plural\\_Kit (webhook) in <#${town.channels[0]}>`)
  expect(choicesOf(message)[0]?.description).toContain('3 messages by Plural_Kit (webhook) in #general')
  const entry = await moderator.choose(message, entryIdsOf(message)[0] ?? '')
  expect(fieldOf(entry.message, 'Target')).toBe(`Plural\\_Kit (webhook) \`${hook}\``)
  expect(textOf(entry.message)).not.toContain(`<@${hook}>`)
})

test('what was done to a webhook and its messages is found by its name, its id, and from an entry', async () => {
  const { moderator, actor, hook } = await withWebhook()
  resources.updateResource(actor(2), 'webhook', hook, { name: 'Plural_Kit 2' })
  const { message } = await moderator.command('audit recent')
  const ids = entryIdsOf(message)
  expect(ids).toHaveLength(3)
  expect(await moderator.autocomplete('audit target', 'on', 'plural')).toEqual([
    { name: 'Plural_Kit 2 (webhook)', value: hook },
  ])
  for (const on of ['plural_kit 2', hook, `webhook:${hook}`]) {
    const target = await moderator.command('audit target', { on })
    expect(entryIdsOf(target.message)).toEqual(ids)
    expect(textOf(target.message)).toMatch(/^3 actions on Plural\\_Kit 2\n/)
  }
  for (const id of ids) {
    const entry = await moderator.choose(message, id)
    expect(entryIdsOf((await moderator.click(entry.message, 'More on this target')).message)).toEqual(ids)
  }
  const repeats = await moderator.command('audit repeats', { action: 'updated', min: 1 })
  expect(textOf(repeats.message)).toMatch(/^1\. \*\*Plural\\_Kit 2\*\* \*\*1\*\* time/m)
  const history = await moderator.choose(repeats.message, String(choicesOf(repeats.message)[0]?.value))
  expect(entryIdsOf(history.message)).toEqual(ids.slice(0, 1))
})

test('a webhook that was deleted keeps its name', async () => {
  const { moderator, actor, clock, hook } = await withWebhook()
  await moderator.command('audit recent')
  clock.advance(HOUR)
  resources.deleteResource(actor(0), 'webhook', hook)
  const { message } = await moderator.command('audit deletes')
  expect(fieldOf(message, 'By author')).toBe('Plural\\_Kit (deleted webhook) **3**')
})
