import {
  peopleInPhrases,
  peopleInSeparateParts,
  personAfterLabel,
  personAfterReason,
  personBeforeReason,
} from './find-people.ts'
import type { Person } from './person.ts'

/** A form in which bots write whom they acted for. */
interface AttributionForm {
  readonly name: string
  /** The people whom a reason names in this form. */
  readonly find: (reason: string) => readonly Person[]
  /** Whether a person is named as only bots name people. Other people count only if there is no such person. */
  readonly isCertain: (person: Person) => boolean
  /** Reasons that bots wrote in this form. The tests check each. */
  readonly examples: readonly FormExample[]
}

interface FormExample {
  readonly bot: string
  readonly reason: string
  /** The id or the name of the person whom the bot acted for. */
  readonly person: string
  /** Where the bot's code writes it. */
  readonly source: string
}

const ALICE = '80351110224678912'

const RED = 'https://github.com/Cog-Creators/Red-DiscordBot/blob/HEAD/redbot/core/utils/mod.py'
const ROBO_DANNY = 'https://github.com/Rapptz/RoboDanny/blob/HEAD/cogs/mod.py'
const YAGPDB = 'https://github.com/botlabs-gg/yagpdb/blob/HEAD/moderation/punishments.go'
const VORTEX =
  'https://github.com/jagrosh/Vortex/blob/HEAD/src/main/java/com/jagrosh/vortex/utils/LogUtil.java'
const GEARBOT = 'https://github.com/gearbot/GearBot/blob/HEAD/GearBot/Cogs/Moderation.py'
const NADEKO = 'https://github.com/nadeko-bot/nadekobot (UserPunishCommands.cs)'
const BLARGBOT = 'https://github.com/blargbot/blargbot (managers/moderation/BanManager.ts)'
const COPIES = 'public copies of its code'
const GUIDES = 'bots written after a guide'

/**
 * The forms. Where only uncertain people are named, the first of them in this order counts.
 *
 * To add a form that a bot writes: add an example of it here. If the example fails, extend the patterns in
 * `find-people.ts` or the words in `words.ts`, and check that nothing is attributed wrongly (`hostile.test.ts`).
 */
export const FORMS: readonly AttributionForm[] = [
  {
    name: 'at the start, after a label or “by”',
    find: (reason) => list(personAfterLabel(reason)),
    isCertain: () => true,
    examples: [
      {
        bot: 'Red',
        reason: `Action requested by alice (ID ${ALICE}). Reason: spam`,
        person: ALICE,
        source: RED,
      },
      {
        bot: 'Red, without a reason',
        reason: `Action requested by Alice Smith#0001 (ID ${ALICE}).`,
        person: ALICE,
        source: RED,
      },
      {
        bot: 'a cog for Red',
        reason: `Punished by alice (ID ${ALICE}). Reason: spam`,
        person: ALICE,
        source: COPIES,
      },
      {
        bot: 'R. Danny, deleting messages',
        reason: `Action done by alice#0001 (ID: ${ALICE}): Purge`,
        person: ALICE,
        source: ROBO_DANNY,
      },
      {
        bot: 'a fork of R. Danny',
        reason: `Action requested by alice (ID: ${ALICE})\nReason: No reason provided.`,
        person: ALICE,
        source: COPIES,
      },
      {
        bot: 'GearBot',
        reason: `Moderator: alice#0001 (${ALICE}) Reason: spam`,
        person: ALICE,
        source: GEARBOT,
      },
      {
        bot: 'Dyno, changing a role or channel',
        reason: 'Responsible User: alice#0001',
        person: 'alice',
        source: COPIES,
      },
      {
        bot: 'Eternal Auth',
        reason: `Eternal Auth /massban by ${ALICE}`,
        person: ALICE,
        source: COPIES,
      },
    ],
  },
  {
    name: 'in a separate part, after a label or “by”',
    find: peopleInSeparateParts,
    isCertain: () => true,
    examples: [
      { bot: 'Pollux', reason: 'spam\n  [MOD: alice#0001]', person: 'alice', source: COPIES },
      { bot: 'many bots', reason: 'spam | By alice', person: 'alice', source: GUIDES },
    ],
  },
  {
    name: 'in a phrase, after a label or “by”',
    find: peopleInPhrases,
    isCertain: () => false,
    examples: [
      { bot: 'Ikaros', reason: 'Ikaros: Kicked by alice', person: 'alice', source: COPIES },
      {
        bot: 'Sapphyr',
        reason: '[Sapphyr] Awarded by alice#0001 | good work',
        person: 'alice',
        source: COPIES,
      },
    ],
  },
  {
    name: 'after the reason',
    find: (reason) => list(personAfterReason(reason)),
    isCertain: ({ by }) => by !== 'username',
    examples: [
      { bot: 'many bots', reason: 'spam | alice#0001', person: 'alice', source: GUIDES },
      { bot: 'many bots, with an id', reason: `spam | alice (${ALICE})`, person: ALICE, source: GUIDES },
    ],
  },
  {
    name: 'before the reason',
    find: (reason) => (personAfterLabel(reason) ? [] : list(personBeforeReason(reason))),
    isCertain: ({ by }) => by !== 'name',
    examples: [
      { bot: 'R. Danny', reason: `alice (ID: ${ALICE}): spam`, person: ALICE, source: ROBO_DANNY },
      {
        bot: 'a fork of R. Danny, without a reason',
        reason: `alice (ID: ${ALICE})`,
        person: ALICE,
        source: COPIES,
      },
      { bot: 'YAGPDB', reason: 'alice#0: spam', person: 'alice', source: YAGPDB },
      { bot: 'YAGPDB, before 2023', reason: 'alice#0001: spam', person: 'alice', source: YAGPDB },
      { bot: 'Vortex', reason: 'Alice#0001: [no reason specified]', person: 'alice', source: VORTEX },
      {
        bot: 'Vortex, for some time',
        reason: 'alice#0001 (10m): [0 → 3 strikes] spam',
        person: 'alice',
        source: VORTEX,
      },
      { bot: 'Nadeko', reason: 'alice | spam', person: 'alice', source: NADEKO },
      { bot: 'Nadeko, before 2023', reason: 'alice#0001 | spam', person: 'alice', source: NADEKO },
      { bot: 'blargbot', reason: '[alice#0001] spam', person: 'alice', source: BLARGBOT },
    ],
  },
]

function list(person: Person | undefined): readonly Person[] {
  return person ? [person] : []
}
