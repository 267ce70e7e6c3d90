import { describe, expect, test } from 'vitest'
import { UserError } from '../../../../src/core/errors.ts'
import { parseExempt } from '../../../../src/core/watch/alerts/parse-exempt.ts'
import { parsePer } from '../../../../src/core/watch/alerts/parse-per.ts'
import { parseRule } from '../../../../src/core/watch/alerts/parse-rule.ts'
import { parseWithin } from '../../../../src/core/watch/alerts/parse-within.ts'
import { findPresets, PRESET_RULES, PRESETS } from '../../../../src/core/watch/presets.ts'
import { alertSchema } from '../../../../src/core/watch/watch.ts'
import { freshGuild, sharedArchive } from '../../../support/archive/shared-archive.ts'
import { namedEntity, observationOf } from '../../../support/entries/names.ts'

const archive = await sharedArchive()

describe('whose actions are counted together', () => {
  test.each([
    ['Member Kick', undefined, 'moderator'],
    ['Member Kick', 'server', 'server'],
    ['Mass deletes', undefined, 'moderator'],
    ['deleted', undefined, 'moderator'],
    ['Auto Moderation Block Message', undefined, 'target'],
    ['Auto Moderation Block Message', 'server', 'server'],
    ['AutoMod', undefined, 'target'],
    ['Auto Moderation Rule Update', undefined, 'moderator'],
    ['Auto Moderation Rule Update', 'moderator', 'moderator'],
    ['AutoMod, Timeouts', undefined, 'moderator'],
  ] as const)('of %s, with %s: by %s', (action, chosen, expected) => {
    expect(parsePer(parseRule(action).rule, chosen)).toBe(expected)
  })

  test.each(['Auto Moderation Block Message', 'AutoMod'])('of %s, nobody is a moderator', (action) => {
    expect(() => parsePer(parseRule(action).rule, 'moderator')).toThrow('Choose `per:target`')
  })
})

describe('a rule', () => {
  test.each(PRESETS)('“%s” is found by its label, in any case, and as suggested', (preset) => {
    const { label, count, within } = PRESET_RULES[preset]
    for (const typed of [label, label.toLowerCase(), `${label} (ready rule)`, preset])
      expect(parseRule(typed)).toEqual({ rule: { type: 'preset', preset }, count, within })
  })

  test.each(PRESETS)('“%s” can be stored', (preset) => {
    const { label } = PRESET_RULES[preset]
    const alert = { type: 'alert', ...parseRule(label), per: 'server', exempt: { userIds: [], roleIds: [] } }
    expect(alertSchema.parse(alert)).toEqual(alert)
  })

  test('of actions has their kinds, and the names of them', () => {
    expect(parseRule('member kick, timeouts').rule).toMatchObject({
      type: 'actions',
      names: 'Timeouts, Member Kick',
    })
  })

  test('that is no action, or a ready rule among others, is refused', () => {
    expect(() => parseRule('nonsense')).toThrow(UserError)
    expect(() => parseRule('Member Kick, Mass deletes')).toThrow('cannot be combined')
  })

  test('is suggested by a part of its label', () => {
    expect(findPresets('mass')).toEqual(['mass bans & kicks', 'mass deletes'])
    expect(findPresets('')).toEqual(PRESETS)
    expect(findPresets('xyz')).toEqual([])
  })
})

describe('within', () => {
  test.each([
    ['30s', 30_000],
    ['10 m', 600_000],
    ['10M', 600_000],
    ['1 hour', 3_600_000],
    ['1h30m', 5_400_000],
    ['1 day', 86_400_000],
    ['half an hour', 1_800_000],
  ])('%s is %i ms', (typed, milliseconds) => {
    expect(parseWithin(typed)).toBe(milliseconds)
  })

  test.each(['', '10', 'soon', '2 days', '1 month', '0s', '0.2s', '-5m'])('%o is refused', (typed) => {
    expect(() => parseWithin(typed)).toThrow(UserError)
  })
})

describe('exempt', () => {
  const USER = '200000000000000001'
  const ROLE = '200000000000000002'
  const CHANNEL = '200000000000000003'

  async function guild(): Promise<string> {
    const guildId = freshGuild()
    const names = [
      observationOf(namedEntity(USER, 'user', 'Ada Lovelace')),
      observationOf(namedEntity(ROLE, 'role', 'Night Shift')),
      observationOf(namedEntity(CHANNEL, 'channel', 'general')),
    ]
    await archive.record([{ guildId, entries: [], names, from: 'gateway' }])
    return guildId
  }

  test.each([
    ['mentions', `<@${USER}> <@&${ROLE}>`],
    ['mentions without spaces', `<@!${USER}><@&${ROLE}>`],
    ['ids', `${USER} ${ROLE}`],
    ['names', 'Ada Lovelace, @Night Shift'],
    ['a mixture', `night shift, <@${USER}>, ${ROLE}`],
  ])('accepts %s', async (_, typed) => {
    expect(await parseExempt(typed, await guild(), archive)).toEqual({ userIds: [USER], roleIds: [ROLE] })
  })

  test.each([
    ['a name that is not known', 'Nobody'],
    ['a channel', `<#${CHANNEL}>`],
    ['everyone', '@everyone'],
    [
      'too many',
      Array.from({ length: 26 }, (_, index) => `<@${300000000000000000n + BigInt(index)}>`).join(' '),
    ],
  ])('refuses %s', async (_, typed) => {
    await expect(parseExempt(typed, await guild(), archive)).rejects.toThrow(UserError)
  })
})
