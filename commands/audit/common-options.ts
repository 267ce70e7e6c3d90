import { channel, choice, text, toggle, user, whole } from '../../src/command/option.ts'

/** The options that questions about entries share. */
export const commonOptions = {
  by: user('Who did it'),
  on: text('What it was done to: a member, role or channel, by name, mention or id', {
    suggests: 'names',
    longest: 100,
  }),
  action: text('What was done: an action such as Member Kick, a group or a category', {
    suggests: 'actions',
    longest: 100,
  }),
  channel: channel('Where it was done'),
  since: text('From when: 24h, 7d, yesterday, 2026-08-01, a message link or an id', {
    suggests: 'since',
    longest: 200,
  }),
  until: text('Until when: 24h, 7d, yesterday, 2026-08-01, a message link or an id', {
    suggests: 'until',
    longest: 200,
  }),
  reason: text('A text the reason contains', { longest: 512 }),
  order: choice('Which come first (newest)', ['newest', 'oldest']),
  limit: whole('How many entries at most', 1, 1000),
  public: toggle('Show the answer to everyone in the channel (no)'),
} as const
