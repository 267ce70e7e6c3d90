import { MOST_WATCHES } from '../../src/core/watch/watch.ts'

/** What the page says about a command, and the line that is typed there. */
interface CommandTexts {
  readonly answers: string
  readonly typed: string
  /** The button that is pressed below the reply. */
  readonly presses?: string
  /** What the buttons and menus below the reply do. */
  readonly below: string
}

const MENU =
  'The menu has the numbers of the list. It shows the details of an entry in a new message that only you see; the list ' +
  'stays.'
const PAGES =
  '**Previous** and **Next** change the page. New entries do not move the list, and its buttons work after a restart.'
const GO_TO = '**Go to…** asks for a page or a time.'

const NARROW =
  '**Bans & kicks**, **Timeouts** and **Deletes** narrow the list and its totals; **All** shows everything again.'

const REMOVED = 'It posts nothing more, and its posts stay.'

/** A section for each command. */
export const COMMANDS: Readonly<Record<string, CommandTexts>> = {
  'audit recent': {
    answers: 'Lists the entries of the audit log, newest first, ten a page, as far back as the archive goes.',
    typed: '/audit recent',
    below: `${MENU} ${PAGES} ${GO_TO} ${NARROW} Only the member who ran the command can use them.`,
  },
  'audit user': {
    answers:
      'Shows what one moderator did: the total, the split by action, and each entry. The default time range is 90 days. ' +
      'What bots did for the moderator is shown beside the total and is not part of it. For a moderator who acted only ' +
      'through bots, the entries are those of the bots.',
    typed: '/audit user user:@Bruno since:30d limit:3',
    below: `${MENU} ${NARROW} **Through bots** lists what bots did for the moderator.`,
  },
  'audit target': {
    answers:
      'Shows what was done to a member, role, channel or anything else: the total, the split by action and by ' +
      'moderator, and each entry. For a member, the title says where they stand: banned, timed out, kicked or none of ' +
      'these, as far as the log goes. The default time range is 90 days. A deleted target is found by its last name.',
    typed: '/audit target on:drift action:Bans & kicks limit:4',
    below: `${MENU} ${NARROW}`,
  },
  'audit deletes': {
    answers:
      'Counts deleted messages: by moderator, by channel and by author. The default time range is 7 days. Deletes that ' +
      'Discord adds to an older entry are counted too. Discord does not say whose messages a bulk delete removed.',
    typed: '/audit deletes since:14d',
    below: `${MENU} ${PAGES} ${GO_TO} If you choose a channel, **All channels** counts the whole server.`,
  },
  'audit activity': {
    answers:
      'Ranks the moderators by their own actions. ▲ and ▼ compare with the time range before, of the same length, if ' +
      'both are complete. What bots did for a moderator is shown beside the total and is not part of it. The second line ' +
      'splits the total. **Quiet** lists those who did nothing, and for how long; it is left out if the time range has ' +
      'gaps. A moderator is anyone who has done something that needs a moderator’s permission, or with ' +
      '`role` any member with that role. Bots are left out unless `bots` is true. The default time range is 90 days.',
    typed: '/audit activity since:14d',
    below:
      'The chart shows the moderators of the page, in the same order, and below them what all did in each day, week or ' +
      'month of the server’s time zone. A paler column covers less time than the others, because the time range begins ' +
      'or ends in it. A chart that takes long is added when it is drawn. The buttons show the last 7, 30 or 90 days ' +
      'instead. Discord lists the members with a role only for bots with ' +
      'the *Server Members Intent*. Without it, `role` lists those whom Custos has seen act, and the reply says how ' +
      'many members have the role.',
  },
  'audit repeats': {
    answers:
      'Finds members who were kicked, banned or timed out repeatedly, by moderators or AutoMod: how often each, by whom, ' +
      'and whether they were ever banned or are banned now. With `action`, it finds other repeated actions, on any ' +
      'target. The default time range is 90 days.',
    typed: '/audit repeats min:4',
    below: `The menu shows these actions on a target, in a new message that only you see. ${PAGES}`,
  },
  'audit entry': {
    answers:
      'Shows all of one entry: who did what to whom, when and why, every change before and after, and every detail.',
    typed: '/audit entry id:LAST',
    below:
      '**Nearby entries** lists what happened just before and after, with 👉 at the entry itself. **More by this ' +
      'moderator** and **More on this target** list other entries by the same user or on the same target. If something changed, **Before and after** ' +
      'shows all values of both sides.',
  },
  'audit export': {
    answers:
      'Writes every matching entry to a file, oldest first: `csv` for a spreadsheet, `json` or `ndjson` for a program. ' +
      'Beside the ids are the last known names (`executor_name`, `target_name`, `channel_name`), even of what was deleted. ' +
      '`on_behalf_of_id` is the moderator whom a bot acted for. Times in the file are in UTC. Times in its name are in the ' +
      'server’s time zone, which the name says. A file that is too large for the server’s upload limit is ' +
      'compressed. If it is still too large, it is truncated, and the reply says where it ends. `/audit status` lists ' +
      'exports under **Operations**.',
    typed: '/audit export action:Bans & kicks since:30d',
    below: 'The file starts like this:',
  },
  'audit status': {
    answers:
      'Shows what is stored of the server’s audit log, since when it is complete, and what is missing.',
    typed: '/audit status',
    below:
      '**Holes** lists the gaps: times that Custos could not read, because it was not running and Discord no longer has ' +
      'the entries, or because it had no access to the log. **Live** says whether new entries arrive by themselves, and **Permission** whether Custos ' +
      'has *View Audit Log*. **Operations** lists who set the time zone, added or removed a feed, alert or digest, exported entries or erased something. **Posts** is shown if one is set, and says which are paused, and why. **Reading** is shown while the log is read for the first time: how far that is, and how many ' +
      'servers are read before this one. **Clock** is shown only if the clock of the machine that Custos runs on is wrong.',
  },
  'custos settings': {
    answers:
      'Sets the time zone of the server, or shows what is set. Requires *Manage Server*. The days and times of day that ' +
      'members type in `since` and `until` are in this zone, and so are headings, times of day, menus, suggestions, ' +
      'footers, charts and file names. Until one is set, it is UTC.',
    typed: '/custos settings timezone:UTC',
    below:
      'While you type, time zones are suggested by city, country, name (`Asia/Tokyo`), abbreviation (`PST`) or offset ' +
      '(`+5:30`), with the time there. `/audit status` lists who set it under **Operations**.',
  },
  'custos forget': {
    answers:
      'Erases the names and texts of one member, or everything stored for the server. Requires *Manage Server*. Only the ' +
      'server’s owner can erase everything, or a member whom the server allows `/custos` under *Server Settings → ' +
      'Integrations*, by name or by a role.',
    typed: '/custos forget member:marble',
    below:
      'Nothing is erased until you confirm, and a confirmation erases once. To erase everything, you type `erase`. The ' +
      'reply afterwards has the number of entries that was announced, or says why it differs. The time zone stays, and so ' +
      'do the names of existing roles and channels, and the **Operations** in `/audit status`. The reply says *Erased* when the data is gone from the disk. If that has to wait or fails, the reply says when Custos tries again, and `/audit status` shows it ' +
      'until it is done. Feeds, alerts and digests are removed with everything else, and their posts stay.',
  },
  'custos feed add': {
    answers:
      'Posts each new entry of the audit log in a channel, from now on: all of them, or those that match. The options are ' +
      'those of `/audit recent`; `bots:false` leaves out what bots do. Requires *Manage Server*, and *View Audit Log* too, ' +
      'because posts show entries. In the channel, Custos needs *View Channel*, *Send Messages* (in a thread, *Send Messages in ' +
      'Threads*) and *Embed Links*. Where one of them is missing, the reply says which, and nothing is set.',
    typed: '/custos feed add to:#mod-log action:Bans & kicks',
    below:
      'The buttons and menus under posts work for everyone who may use `/audit`, and only they see the reply. They still ' +
      'work after a restart, and after the feed was removed.',
  },
  'custos feed list': {
    answers:
      'Lists the feeds: what each posts, in which channel, who set it and when, and when it last posted. One that cannot ' +
      'post is paused: the list and `/audit status` say since when, and which permission is missing. It goes on when that ' +
      'is given, with what happened in the meantime.',
    typed: '/custos feed list',
    below: `A server has at most ${MOST_WATCHES} feeds, alerts and digests together.`,
  },
  'custos feed remove': {
    answers: `Removes a feed. ${REMOVED}`,
    typed: '/custos feed remove id:1',
    below:
      'While you type, those that are set are suggested. A number is never used again. `/audit status` lists who added or ' +
      'removed one under **Operations**.',
  },
  'custos alert add': {
    answers:
      'Warns in a channel when something is done often within a short time. `action` takes a ready rule: *Mass bans & ' +
      'kicks*, *Mass deletes*, *Channels or roles deleted*, *Dangerous permission given*, *Bot added*, *Webhook made*, ' +
      '*Someone who never acted before bans*, *Custos can no longer read the log*; or actions, groups and categories as in ' +
      '`/audit recent`. `count` and `within` say how often in which time, and `per` whose actions are counted together: ' +
      'those of one moderator, on one target, or in the whole server. First you see how often it would have warned in the ' +
      'last 90 days, when, and because of whom. Requires the same permissions as `/custos feed add`.',
    typed: '/custos alert add to:#mod-log action:Mass deletes count:60',
    presses: 'Set this alert',
    below:
      'Dangerous permissions are Administrator, Manage Server, Manage Roles, Manage Channels, Ban Members, Kick Members, ' +
      'Manage Webhooks and Mention Everyone: given to a role, by a role to a member, or in a channel. ' +
      'A burst of actions is one warning. It is edited while the burst lasts, which is until no such action comes for ten ' +
      'minutes, or for the time of `within` if that is longer. What a bot does for a moderator counts for the moderator, ' +
      'where the bot’s reason names them. Without `count` and `within`, a ready rule has its own, and other actions are ' +
      'counted as 5 within 10 minutes. `ping` takes a role that you may mention. Unless everyone may, Custos needs *Mention ' +
      'Everyone* to ping it. The actions of members and roles in `exempt` are not ' +
      'counted. Deletes that Discord adds to an earlier entry, for which it sends no event, are read again within seconds. ' +
      'Custos only warns, and punishes nobody.',
  },
  'custos alert list': {
    answers: 'Lists the alerts, as `/custos feed list` lists the feeds.',
    typed: '/custos alert list',
    below: '',
  },
  'custos alert remove': {
    answers: `Removes an alert. ${REMOVED}`,
    typed: '/custos alert remove id:2',
    below: '',
  },
  'custos digest add': {
    answers:
      'Reports in a channel after each day, week (on Monday) or month (on the first): what each moderator did against the ' +
      'time before, who has gone quiet, who was punished repeatedly, deleted messages, punishments without a reason or ' +
      'reversed within a day, and a chart. `at` is the time of day in the time zone of the server. Requires the same ' +
      'permissions as `/custos feed add`; without *Attach Files* in the channel, it comes without the chart.',
    typed: '/custos digest add to:#mod-log every:week',
    below:
      'If Custos is not running when it is due, it comes late, and says so. Of several that were missed, only the last is ' +
      'posted. It says how many were not, and which command shows that time.',
  },
  'custos digest list': {
    answers:
      'Lists the digests, as `/custos feed list` lists the feeds. Their times are in the time zone of the server.',
    typed: '/custos digest list',
    below: '',
  },
  'custos digest remove': {
    answers: `Removes a digest. ${REMOVED}`,
    typed: '/custos digest remove id:3',
    below: '',
  },
}

export const OPENING = `# The commands and their replies

Every reply on this page comes from Custos itself, running in the sandbox in a server with sixty days of history. They
are drawn as text. In Discord, names are mentions, and the colour of a reply shows its category. \`npm run gallery\`
writes this page, and \`npm test\` fails if it differs from what Custos replies.

In a list, each entry has a number, and the menu below has the same numbers. An entry of the last 24 hours shows only how
long ago it was. An older one also has the time of day, below the heading of its day, or the day in the line; the menu has
both. Headings, times of day, menus, footers and file names are in the server’s time zone, here UTC. In Discord, point at “2 hours ago” to see the time in your own zone. A name in brackets
follows a mention where Discord may show only an id, because the member may have left.

Members with *View Audit Log* see the \`/audit\` commands, members with *Manage Server* also \`/custos\`. Only you see a
reply, unless you add \`public:true\`. The footer of every reply states its time range and its coverage: \`Complete since …\`, or \`Incomplete: …\` with what is missing. The
first reply in a server also says how far back the archive goes. Feeds, alerts and digests post in a channel: what
they post is below the command that sets them.`

export const TIMES = `## How to write times

\`since\` and \`until\` accept the usual ways to write a time. Times are in the time zone that \`/custos settings\` has
set, or in UTC, unless you name another. While you type, the suggestions show how a time is understood:

- durations before now: \`24h\`, \`7d\`, \`1d12h\`, \`1.5h\`, \`half an hour ago\`, \`2 weeks ago\`, \`a month ago\`,
  \`past 7 days\`; months and years are calendar months and years
- days: \`2026-08-01\`, \`2026/08/01\`, \`1 Aug\`, \`yesterday\`, \`friday\`, \`monday last week\`, \`monday 2 weeks ago\`,
  \`the day before 2026-08-01\`
- whole weeks (from Monday), weekends, months, quarters and years: \`last week\`, \`this month\`, \`last weekend\`, \`August\`,
  \`last August\`, \`2026-08\`
- times of day: \`2026-08-01 14:00\`, \`noon yesterday\`, \`2 days ago 14:00\`, \`15:00\`, \`14h00\`, \`end of last month\`, or
  \`<t:1785585600>\` as copied from Discord
- a link to a message in this server, or the id of a message or an entry: the results start after it or end before it
- \`when Custos joined\`

A day, week or month without a time of day means its start in \`since\` and its end in \`until\`. A time without a day, week
or year is the most recent one: before three o’clock, \`15:00\` is yesterday’s. You can add a time zone:
\`yesterday 10am PST\`, \`10am PST yesterday\`, \`2026-08-01 14:00 +02:00\`. \`ET\`, \`CT\`, \`MT\`, \`PT\`, \`WET\`, \`CET\` (\`MEZ\`) and
\`EET\` include daylight saving time, and so do cities and names: \`14:00 new york\`, \`14:00 Europe/Berlin\`. A time that
is skipped when clocks go forward is read as one hour later. A time that occurs twice when clocks go back is read as the
first.

Custos rejects \`01/08/2026\`, because it is one day in London and another in New York. It also rejects times in the
future, durations of zero, dates with the wrong weekday, and a \`since\` that is not before \`until\`. The current day, week
or month is accepted as the end, although it is not over: \`until:today\`, \`until:end of this month\`. While you type, the
first suggestion says why a time is rejected, and the others what you may mean.`

export const ATTRIBUTION = `## Actions by bots for moderators

When a moderator bans someone through a bot, Discord’s log names the bot. If the reason names the moderator, Custos
attributes the entry to them as well: it reads “@Gatekeeper for @Chidi”, and \`/audit activity\` and \`/audit user\` show it
beside the moderator’s own total (“**812** · +14 through bots”). In the totals of a server it counts once, for the bot.

Custos recognizes a mention, an id, a username or a display name in the places where bots write them:
\`Banned by alice: spam\`, \`Action requested by alice (ID …)\` (Red), \`alice#0: spam\` (YAGPDB), \`alice | spam\` (Nadeko),
\`[alice#0001] spam\`, \`Moderator: alice …\` (GearBot), \`Responsible User: alice\` (Dyno), \`spam | alice\`,
\`spam (by <@…>)\`, and the same in several languages. It attributes an entry only to a person that it knows from the log
or the server, and only if no one else has the same name.`

export const NO_EXECUTOR = `## Entries without a moderator, or with the wrong one

- Discord does not say who made most entries of a bulk ban, and a few others. They are counted, and read “Somebody unknown
  banned …”, but \`by\` cannot find them. Every total says how many there are. What AutoMod does by itself is not among
  them.
- Discord splits a prune of more than 1,000 members into one entry per 1,000. Only the first names the moderator. The
  others name a pruned member and a wrong number. They read “More members were removed in the same prune”, and count as
  entries but for no moderator. Exports have them as Discord sent them.`

export const COVERAGE = `## Coverage and gaps

The footer of every reply says whether its time range is complete. While Custos cannot read the log, because it lacks
*View Audit Log* or Discord does not answer, everything since the last successful read is a gap until it has been read.
Entries that arrive in the meantime are counted, but do not close the gap:`

export const GAPS = `If the time range has such a gap:

- The number in the title reads *At least*. A zero reads *may be higher*, and so does any number if the gap is at the end
  of the time range. If nothing of the time range was read, or a ranking is empty, it reads *not known*.
- \`/audit activity\` lists only moderators with known actions, says how many others there are, and does not compare with
  the previous time range. The chart hatches the columns that are not fully known. A moderator whose last known
  action was before a gap was last seen then *or later*.
- \`/audit export\` says so in the reply, and the name of the file ends in \`-incomplete\`.
- \`/audit status\` lists every gap under **Holes**.

If the log could not be read in time, the reply says that Custos is still reading. What it had yet to read, such as counts
that may have grown in the last minutes, is a gap in that reply.`
