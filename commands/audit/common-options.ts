import { channel, choice, text, toggle, user, whole } from '../../src/command/option.ts'

/** The options that the commands which list entries share. */
export const commonOptions = {
  by: user('User who acted'),
  on: text('Target: a member, role, channel or anything else, by name, mention or id', {
    suggests: 'names',
    longest: 100,
  }),
  action: text('An action such as Member Kick, a group such as Deletes, or a category such as created', {
    suggests: 'actions',
    longest: 100,
  }),
  channel: channel('Channel it happened in'),
  since: text('Start of the window: 24h, 7d, yesterday, 2026-08-01, a message link or an id', {
    suggests: 'since',
    longest: 200,
  }),
  until: text('End of the window: 24h, 7d, yesterday, 2026-08-01, a message link or an id', {
    suggests: 'until',
    longest: 200,
  }),
  reason: text('Text that the reason contains', { longest: 512 }),
  order: choice('Which entries come first (default newest)', ['newest', 'oldest']),
  limit: whole('Maximum number of entries', 1, 1000),
  public: toggle('Show the answer to everyone in the channel (default False)'),
} as const
