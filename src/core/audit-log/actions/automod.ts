import { ActionType } from '../undocumented.ts'
import { type ActionRow, optional, type RowBase } from './row.ts'

const RULE: RowBase = { group: 'AutoMod', target: 'rule', emoji: '🛡️' }
const OFFENDER: RowBase = { group: 'AutoMod', target: 'user', emoji: '🛡️' }

/** Actions on AutoMod rules, and what AutoMod and Discord do by themselves. */
export const AUTOMOD_ACTIONS: readonly ActionRow[] = [
  {
    ...RULE,
    type: ActionType.AutoModerationRuleCreate,
    sentence: ({ by, target }) => `${by} created the AutoMod rule ${target}`,
  },
  {
    ...RULE,
    type: ActionType.AutoModerationRuleUpdate,
    sentence: ({ by, target }) => `${by} changed the AutoMod rule ${target}`,
  },
  {
    ...RULE,
    type: ActionType.AutoModerationRuleDelete,
    sentence: ({ by, target }) => `${by} deleted the AutoMod rule ${target}`,
  },

  {
    ...OFFENDER,
    type: ActionType.AutoModerationBlockMessage,
    sentence: ({ offender, channel, rule }) =>
      `AutoMod blocked a message by ${offender}${optional(' in ', channel)}${optional(' (', rule, ')')}`,
  },
  {
    ...OFFENDER,
    type: ActionType.AutoModerationFlagToChannel,
    sentence: ({ offender, channel, rule }) =>
      `AutoMod flagged a message by ${offender}${optional(' in ', channel)}${optional(' (', rule, ')')}`,
  },
  {
    ...OFFENDER,
    group: 'Timeouts',
    emoji: '⏳',
    type: ActionType.AutoModerationUserCommunicationDisabled,
    sentence: ({ offender, rule }) => `AutoMod timed out ${offender}${optional(' (', rule, ')')}`,
  },
  {
    ...OFFENDER,
    type: ActionType.AutoModerationQuarantineUser,
    sentence: ({ target, rule, otherExecutor }) =>
      `AutoMod quarantined ${target}${optional(' (', rule, ')')}${optional(' · by ', otherExecutor)}`,
  },
  {
    ...OFFENDER,
    group: 'Server',
    emoji: '🔗',
    type: ActionType.HarmfulLinksBlockedMessage,
    sentence: ({ offender, channel }) =>
      `Discord blocked a harmful link by ${offender}${optional(' in ', channel)}`,
  },
]
