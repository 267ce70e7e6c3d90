import {
  booleanOption,
  channelOption,
  choiceOption,
  integerOption,
  stringOption,
  userOption,
} from '../../src/command/option.ts'

/** The options that the commands which list entries share. */
export const commonOptions = {
  by: userOption('User who acted'),
  on: stringOption('Target: the name, mention or id of a member, role, channel or anything else', {
    suggests: 'names',
    maxLength: 100,
  }),
  action: stringOption(
    'Actions (Member Kick), groups (Bans & kicks) or categories (deleted), separated by commas',
    {
      suggests: 'actions',
      maxLength: 1000,
    },
  ),
  channel: channelOption('Channel it happened in'),
  since: stringOption('Start time: 24h, 7d, yesterday, 2026-08-01, a message link or an id', {
    suggests: 'since',
    maxLength: 200,
  }),
  until: stringOption('End time: 24h, 7d, yesterday, 2026-08-01, a message link or an id', {
    suggests: 'until',
    maxLength: 200,
  }),
  reason: stringOption('Text that the reason contains', { maxLength: 512 }),
  order: choiceOption('Which entries come first (default newest)', ['newest', 'oldest']),
  limit: integerOption('Maximum number of entries', 1, 1000),
  public: booleanOption('Show the reply to everyone in the channel (default False)'),
} as const
