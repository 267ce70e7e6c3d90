import { ButtonStyle } from 'discord-api-types/v10'
import { afterAll, describe, expect, test } from 'vitest'
import { ERASE_WORD } from '../../../commands/components/confirm-button.ts'
import { forget } from '../../../commands/custos/forget.ts'
import { commands, components } from '../../../commands/index.ts'
import { Eraser } from '../../../src/archive/erase/eraser.ts'
import { findComponent } from '../../../src/command/component.ts'
import type { CommandContext, OwnerRights } from '../../../src/command/context.ts'
import { UserError } from '../../../src/core/errors.ts'
import { SILENT } from '../../../src/core/log.ts'
import { FIRST_PAGE } from '../../../src/core/query/page.ts'
import type { SavedQuery } from '../../../src/core/query/saved-query.ts'
import { firstIdAt } from '../../../src/core/snowflake.ts'
import { MINUTE } from '../../../src/core/time/units.ts'
import type { Reply } from '../../../src/view/reply.ts'
import { freshGuild, sharedArchive } from '../../support/archive/shared-archive.ts'
import { commandContext } from '../../support/command-context.ts'
import { entriesOf } from '../../support/entries/entries.ts'
import { ManualClock } from '../../support/manual-clock.ts'

const archive = await sharedArchive()
const stopping = new AbortController()
afterAll(() => stopping.abort())
const clock = new ManualClock()
const erasing = new Eraser({ serves: () => true, archive, clock, log: SILENT, signal: stopping.signal })

const NOW = Date.UTC(2026, 10, 24, 12)
const [ASKER, EXECUTOR, TARGET] = ['101', '102', '103']

interface Member {
  readonly rights?: OwnerRights
  readonly mayManage?: boolean
  readonly now?: number
}

const contextOf = ({ rights = 'granted', mayManage = true, now = NOW }: Member): CommandContext =>
  commandContext({ now, hasPermission: () => mayManage, ownerRights: async () => rights })

const kick = (id: string, reason?: string) => ({
  id,
  action_type: 20,
  user_id: EXECUTOR,
  target_id: TARGET,
  ...(reason && { reason }),
})

async function record(guildId: string, ...payloads: Parameters<typeof entriesOf>[1]): Promise<void> {
  await archive.record([{ guildId, from: 'rest', entries: entriesOf(guildId, payloads) }])
}

/** A guild with two entries, one of which has a reason. */
async function filled(): Promise<string> {
  const guildId = freshGuild()
  await record(guildId, kick(firstIdAt(NOW - 9), 'Spam'), kick(firstIdAt(NOW - 8)))
  return guildId
}

/** Runs the command. */
async function ask(guildId: string, member: Member = {}, memberId?: string): Promise<Reply> {
  const query: SavedQuery = {
    command: 'custos forget',
    guildId,
    askerId: ASKER,
    askedAt: NOW,
    timeZone: 'UTC',
    filter: memberId === undefined ? {} : { targetId: memberId, targetType: 'user' },
    order: 'newest',
  }
  return forget.answer({
    query,
    number: archive.saveQuery(query),
    page: FIRST_PAGE,
    archive,
    coverage: { guildId, oldest: '0', ranges: [], readAt: null, askedAt: NOW },
    syncStatus: { hostAhead: 0 },
    notice: undefined,
    context: contextOf(member),
  })
}

/** Presses a button of a reply and, if it has a form, submits it with a text. */
async function press(
  guildId: string,
  reply: Reply,
  button: number,
  { typed, ...member }: Member & { readonly typed?: string } = {},
): Promise<string> {
  const found = findComponent(components, idsOf(reply)[button] ?? '')
  if (!found) throw new Error('There is no such button.')
  const at = member.now ?? NOW
  const result = await found.handle({
    guildId,
    askerId: ASKER,
    interactionId: firstIdAt(at + 1),
    commands,
    archive,
    erasing,
    syncStatus: () => ({ hostAhead: 0 }),
    context: contextOf(member),
    chosen: undefined,
    typed: found.form ? typed : undefined,
  })
  return 'embeds' in result ? (result.embeds[0]?.description ?? '') : ''
}

const buttonsOf = ({ components: rows }: Reply) => rows.flatMap((row) => row.components)
const idsOf = (reply: Reply) => buttonsOf(reply).map((each) => ('custom_id' in each ? each.custom_id : ''))
const [YES, NO] = [0, 1]

const OWNER_ONLY = /^Only the server’s owner can erase everything./

describe('erasing everything', () => {
  test('is asked in words, with a red button that opens a form, and Cancel', async () => {
    const reply = await ask(await filled())
    expect(reply.embeds[0]?.title).toBe('Erase everything stored for this server: 2 entries?')
    expect(buttonsOf(reply)).toMatchObject([
      { label: 'Erase 2 entries', style: ButtonStyle.Danger },
      { label: 'Cancel', style: ButtonStyle.Secondary },
    ])
    expect(findComponent(components, idsOf(reply)[YES] ?? '')?.form?.label).toContain(`“${ERASE_WORD}”`)
  })

  test('erases what was announced, once the word is typed, in any case', async () => {
    const guildId = await filled()
    const reply = await ask(guildId)
    expect(await press(guildId, reply, YES, { typed: ' Erase ' })).toMatch(/^Erased: 2 entries, and/)
    expect(await archive.countHeld(guildId)).toBe(0)
    expect(await archive.operations(guildId)).toEqual([
      { id: firstIdAt(NOW + 1), by: ASKER, detail: { type: 'erasure', entries: 2 } },
    ])
  })

  test.each(['', 'erase everything', 'yes', undefined])(
    'erases nothing if %j is typed, and can be tried again',
    async (typed) => {
      const guildId = await filled()
      const reply = await ask(guildId)
      await expect(press(guildId, reply, YES, typed === undefined ? {} : { typed })).rejects.toThrow(
        'Nothing was erased. To erase everything, press the button and type `erase`.',
      )
      expect(await archive.countHeld(guildId)).toBe(2)
      expect(await archive.operations(guildId)).toEqual([])
      expect(await press(guildId, reply, YES, { typed: 'erase' })).toMatch(/^Erased/)
    },
  )

  test('says that more was erased than announced, if entries came in between', async () => {
    const guildId = await filled()
    const reply = await ask(guildId)
    await record(guildId, kick(firstIdAt(NOW)))
    expect(await press(guildId, reply, YES, { typed: 'erase' })).toMatch(
      /^Erased: 3 entries \(1 more than announced, which came in between\)/,
    )
  })

  test('is offered only to those who may act for the owner', async () => {
    const guildId = await filled()
    await expect(ask(guildId, { rights: 'denied' })).rejects.toThrow(OWNER_ONLY)
    await expect(ask(guildId, { rights: 'unknown' })).rejects.toThrow(/Try again in a minute\.$/)
  })

  test('is not done if the member may no longer act for the owner when they confirm', async () => {
    const guildId = await filled()
    const reply = await ask(guildId)
    await expect(press(guildId, reply, YES, { typed: 'erase', rights: 'denied' })).rejects.toThrow(OWNER_ONLY)
    expect(await archive.countHeld(guildId)).toBe(2)
  })

  test('can be done by a member without Manage Server whom the server allows it', async () => {
    const guildId = await filled()
    const reply = await ask(guildId, { mayManage: false })
    expect(await press(guildId, reply, YES, { typed: 'erase', mayManage: false })).toMatch(/^Erased/)
  })

  test('can be confirmed once', async () => {
    const guildId = await filled()
    const reply = await ask(guildId)
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => press(guildId, reply, YES, { typed: 'erase' })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await archive.operations(guildId)).toHaveLength(1)
  })

  test('must be confirmed within five minutes', async () => {
    const guildId = await filled()
    const reply = await ask(guildId)
    const late = { typed: 'erase', now: NOW + 5 * MINUTE + 1 }
    await expect(press(guildId, reply, YES, late)).rejects.toThrow(/^This button has expired/)
    expect(await archive.countHeld(guildId)).toBe(2)
  })
})

describe('Cancel', () => {
  test.each([undefined, TARGET])(
    'says that nothing was erased, and nothing is (member: %s)',
    async (memberId) => {
      const guildId = await filled()
      const reply = await ask(guildId, {}, memberId)
      expect(await press(guildId, reply, NO)).toBe('Cancelled. Nothing was erased.')
      await expect(press(guildId, reply, YES, { typed: 'erase' })).rejects.toThrow(
        /^This was already confirmed or cancelled.*`\/audit status` shows what is stored now\.$/,
      )
      expect(await archive.countHeld(guildId)).toBe(2)
    },
  )

  test('does not say so once the erasure was confirmed', async () => {
    const guildId = await filled()
    const reply = await ask(guildId)
    await press(guildId, reply, YES, { typed: 'erase' })
    await expect(press(guildId, reply, NO)).rejects.toThrow(UserError)
  })
})

describe('erasing one member', () => {
  test('announces the entries with texts, which it then reports, and those that stay', async () => {
    const guildId = await filled()
    const reply = await ask(guildId, { rights: 'denied' }, TARGET)
    expect(reply.embeds[0]?.description).toContain('the reasons and nicknames in **1 entry**')
    expect(reply.embeds[0]?.description).toContain('All 2 entries by, for or about them stay')
    const done = await press(guildId, reply, YES, { rights: 'denied' })
    expect(done).toBe(`Erased: the name of <@${TARGET}>, and the reasons and nicknames in 1 entry.`)
    expect(await archive.operations(guildId)).toMatchObject([
      { by: ASKER, detail: { type: 'erasure', entries: 1, memberId: TARGET } },
    ])
  })

  test('takes Manage Server, or that the server allows the command, when it is confirmed too', async () => {
    const guildId = await filled()
    const reply = await ask(guildId, {}, TARGET)
    await expect(press(guildId, reply, YES, { mayManage: false, rights: 'denied' })).rejects.toThrow(
      'You need the **Manage Server** permission for this.',
    )
    expect(await press(guildId, reply, YES, { mayManage: false })).toMatch(/^Erased/)
  })
})
