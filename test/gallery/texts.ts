/** What the page says of a command, and how it is asked there. */
interface CommandTexts {
  readonly answers: string
  readonly typed: string
  /** What the buttons and menus under the reply do. */
  readonly below: string
}

const MENU = 'The menu shows one of the entries whole, to you alone, and the list stays.'
const PAGES = '**Previous** and **Next** turn its pages; new entries do not move it, nor does a restart.'

/** A section for each command. */
export const COMMANDS: Readonly<Record<string, CommandTexts>> = {
  'audit recent': {
    answers: 'The entries of the log, ten a page, the newest first, as far back as the archive knows them.',
    typed: '/audit recent',
    below: `${MENU} ${PAGES} Only the one who asked can use them.`,
  },
  'audit user': {
    answers:
      'What one moderator did: how much, split by action, and each entry; 90 days unless you say otherwise. What ' +
      'bots did at their word stands beside the total and is not part of it.',
    typed: '/audit user user:@Bruno since:30d limit:3',
    below: `${MENU} **Through bots** lists what bots did for them.`,
  },
  'audit target': {
    answers:
      'What was done to a member, a role, a channel or anything else: how much, split by action and by moderator, ' +
      'and each entry; 90 days unless you say otherwise. What was deleted since is found by its old name.',
    typed: '/audit target on:drift action:Bans & kicks limit:4',
    below: MENU,
  },
  'audit deletes': {
    answers:
      'How many messages were deleted, by whom, where and whose; 7 days unless you say otherwise. Messages that ' +
      'Discord folds into an older entry are counted. Discord does not tell whose messages a bulk delete took.',
    typed: '/audit deletes since:14d',
    below: `${MENU} ${PAGES}`,
  },
  'audit activity': {
    answers:
      'Who does the work, and who has gone quiet: a line for each moderator, the most active first, with how much ' +
      'more (▲) or less (▼) it is than in the window before, where both are wholly known; last those who did ' +
      'nothing, where the window has no hole. A moderator is whoever was seen to do something that takes a ' +
      'moderator’s permission, or with `role` the members of that role. Bots are left out unless `bots` is true. 90 days unless you say otherwise.',
    typed: '/audit activity since:14d',
    below:
      'The buttons ask the same of the last 7, 30 or 90 days. Discord shows who has a role only to a bot whose ' +
      '*Server Members Intent* is switched on; without it, `role` lists those of its members whom Custos has seen ' +
      'act, and the reply says how many have it in all.',
  },
  'audit repeats': {
    answers:
      'To whom the same was done again and again: kicked five times, and never banned. For any action; 90 days ' +
      'unless you say otherwise.',
    typed: '/audit repeats action:Member Kick min:4',
    below: `The menu shows what was done to one of them in that window, to you alone. ${PAGES}`,
  },
  'audit entry': {
    answers: 'One entry whole: who, what, whom, when and why, each change before and after, and every extra.',
    typed: '/audit entry id:LAST',
    below:
      '**Around it** lists what happened just before and after, **By the same** and **On the same** what else they ' +
      'did and what else was done to it; where something changed, **Before and after** shows both sides whole.',
  },
  'audit export': {
    answers:
      'A file with every match, oldest first: `csv` for a spreadsheet, `json` or `ndjson` for a program. It is ' +
      'compressed where the server’s limit asks for it, and cut with a plain word where even that is too little.',
    typed: '/audit export action:Bans & kicks since:30d',
    below: 'It begins like this:',
  },
  'audit status': {
    answers: 'What is held of the server’s log, since when it is complete, and whether anything is missing.',
    typed: '/audit status',
    below:
      'A hole is a time of which nothing is known, because Custos did not run and Discord no longer keeps it, or ' +
      'because the log cannot be read. **Live** says whether entries arrive as they are made, and **Permission** ' +
      'whether *View Audit Log* is there. **Clock** is shown where the clock of the machine Custos runs on is off.',
  },
  'custos forget': {
    answers:
      'Erases what is held of the server, or of one member the names and what was written; for those with ' +
      '*Manage Server*.',
    typed: '/custos forget member:marble',
    below:
      'Nothing is erased before it is confirmed, and a confirmation erases once. The reply says *Erased* when nothing of ' +
      'it is left on the disk. If that has to wait or fails, it says so and when it is tried again, and `/audit status` ' +
      'says it until it is done.',
  },
}

export const OPENING = `# The commands and their replies

Every reply here was given by Custos itself, in the sandbox, to a guild that lived sixty days there. They are drawn as
text; in Discord, names are mentions, times are in your own time zone, and each reply has the colour of what it is
about. Times in footers and exports are in UTC. \`npm run gallery\` writes this page anew, and \`npm test\` compares
it with what Custos says.

The commands of \`/audit\` are shown to members with *View Audit Log*. Only you see a reply, unless you ask with
\`public:true\`. Every reply states its window and how complete the archive is in it: \`Complete since …\`, or
\`Incomplete: …\` with what is missing. The first reply in a server says besides how far the archive reaches.`

export const TIMES = `## How times are written

\`since\` and \`until\` take what people write. They are read in UTC unless the text says otherwise, and while you
type you see how:

- lengths back from now: \`24h\`, \`7d\`, \`1d12h\`, \`1.5h\`, \`half an hour ago\`, \`2 weeks ago\`, \`a month ago\`,
  \`past 7 days\`; months and years are those of the calendar
- days: \`2026-08-01\`, \`2026/08/01\`, \`1 Aug\`, \`yesterday\`, \`friday\`, \`monday last week\`, \`monday 2 weeks ago\`,
  \`the day before 2026-08-01\`
- weeks from Monday, weekends, months, quarters and years, which are whole ones: \`last week\`, \`this month\`,
  \`last weekend\`, \`August\`, \`last August\`, \`2026-08\`
- moments: \`2026-08-01 14:00\`, \`noon yesterday\`, \`2 days ago 14:00\`, \`15:00\`, \`14h00\`, \`end of last month\`,
  \`<t:1785585600>\` as Discord copies it
- the link of a message here, or the id of a message or an entry: the bound is that very one, and it is left out
- \`bot joined\`

A bare day, week or month is its start as \`since\` and its end as \`until\`. What names no day, week or year is the last
one that has come: \`15:00\` is yesterday’s until it is three o’clock. Days and times are those of the time zone that is
named after them: \`yesterday 10am PST\`, \`10am PST yesterday\`, \`2026-08-01 14:00 +02:00\`. \`ET\`, \`CT\`, \`MT\`,
\`PT\`, \`WET\`, \`CET\` (\`MEZ\`) and \`EET\` follow the clocks there, summer time included. A time that is
skipped when clocks go forward is read as an hour later, and a time that comes twice as the first.

\`01/08/2026\` is refused, because it is one day in London and another in New York. So are what lies in the future, a
length of zero, a date with the wrong weekday, and a \`since\` that is not before \`until\`. Today, this week or this
month may be the end, though they are not over: \`until:today\`, \`until:end of this month\`. While you type, the first
choice says that it is refused, and what may be meant follows.`

export const ATTRIBUTION = `## Acts of bots for humans

When a moderation bot bans at a moderator’s word, Discord’s log names the bot. Where the reason names the human,
the entry is credited to them too: it reads “@Gatekeeper for @Chidi”, and it stands beside her own total in
\`/audit activity\` and \`/audit user\` (“**812** +14 through bots”). In the totals of a server it counts once, under the bot.

Read are a mention, an id, a username or a display name where bots put them: \`Banned by alice: spam\`,
\`Action requested by alice (ID …)\` (Red), \`alice#0: spam\` (YAGPDB), \`alice | spam\` (Nadeko), \`[alice#0001] spam\`,
\`Moderator: alice …\` (GearBot), \`Responsible User: alice\` (Dyno), \`spam | alice\`, \`spam (by <@…>)\`, and the same in
several languages. Only a person whom the log or the server knows is credited, and only where no second one goes by
the name. A reason that names nobody credits nobody.`

export const NO_EXECUTOR = `## Where Discord names nobody, or the wrong one

- For most entries of a bulk ban, and a few others, Discord does not say who acted. They are counted, and read
  “Somebody unknown banned …”, but \`by\` cannot find them: every total says how many there are. What AutoMod does by
  itself is not among them.
- Discord splits a prune of more than 1,000 members into one entry per 1,000. Only the first names who did it. The
  others name a pruned member and a wrong number. They read “More members were removed in the same prune”, count as
  entries of the log, and as nobody’s acts. Exports have them as Discord sent them.`

export const COVERAGE = `## What is known, and up to when

The footer of every answer says whether all of its window is known. While the log cannot be read, because *View Audit
Log* was taken from Custos or Discord does not answer, everything since the last good reading is a hole, until it has
been read. Entries that arrive meanwhile are counted, but do not fill it:`

export const GAPS = `Where a window has such a hole:

- A zero, and any number of a window that goes on past the last good reading, reads *as far as is known*; where
  nothing of the window is known, and for a ranking with nobody in it, *not known*.
- \`/audit activity\` lists those who are known to have acted, says how many others there are, and compares with no
  other window. The chart hatches the days that are not known. Who was last seen before a hole was seen then *or later*.
- \`/audit export\` says so in the reply, and the name of the file ends in \`-incomplete\`.
- \`/audit status\` lists every hole.

“I am still reading” says that the reading was not over in time. What it was to find, such as counts that may have grown
in the last minutes, is a hole in that answer.`
