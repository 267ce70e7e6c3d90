import { mkdirSync, writeFileSync } from 'node:fs'
import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as messages from '../../sandbox/actions/messages.ts'
import * as overwrites from '../../sandbox/actions/overwrites.ts'
import * as resources from '../../sandbox/actions/resources.ts'
import * as roles from '../../sandbox/actions/roles.ts'
import { addModLog } from '../../sandbox/town/mod-log.ts'
import type { Message } from '../../sandbox/world/message.ts'
import { ACTION_NAMES, type ActionName } from '../../src/core/audit-log/action-names.ts'
import { READ } from '../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../support/open-custos.ts'
import { alertPosts } from './alert-posts.ts'
import { digestPosts } from './digest-posts.ts'
import { feedPosts } from './feed-posts.ts'
import { optionsLine, optionsTable, shown, subcommandsOf, typed } from './page.ts'
import { ATTRIBUTION, COMMANDS, COVERAGE, GAPS, NO_EXECUTOR, OPENING, TIMES } from './texts.ts'

const DOCS = new URL('../../docs/', import.meta.url)
const HOUR = 3_600_000

test('docs/commands.md shows every command with its current reply (npm run gallery writes it)', {
  timeout: 120_000,
}, async () => {
  vi.stubEnv('TZ', 'UTC')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const [feed, alert, digest] = await Promise.all([feedPosts(), alertPosts(), digestPosts()])
  const posts: Readonly<Record<string, readonly string[]>> = {
    'custos feed add': feed,
    'custos alert add': alert,
    'custos digest add': digest,
  }
  const here = await openCustos({ days: 60, perDay: 60, seed: 7, prepare: addModLog })
  await here.log.waitFor(READ)
  const subcommands = subcommandsOf(here)
  const sections: string[] = []
  for (const subcommand of subcommands) {
    const texts = COMMANDS[subcommand.path]
    if (!texts) throw new Error(`texts.ts has no texts for /${subcommand.path}.`)
    const line = texts.typed.replace('LAST', here.town.guild.log.since().at(-1)?.id ?? '')
    const message = await typed(here, line)
    const [file] = message.files
    sections.push(
      `## /${subcommand.path}`,
      texts.answers,
      ...(subcommand.options.length === 0 ? [] : [optionsLine(subcommand)]),
      shown(here, line, message),
      ...(texts.presses === undefined ? [] : [await pressed(here, message, texts.presses)]),
      ...(file?.name.endsWith('.png') ? ['![The chart](activity.png)'] : []),
      ...(texts.below === '' ? [] : [texts.below]),
      ...(file?.name.endsWith('.csv') ? [`\`\`\`csv\n${beginningOf(file.bytes)}\n\`\`\``] : []),
      ...(posts[subcommand.path] ?? []),
    )
    if (file?.name.endsWith('.png') && process.env.MODE === 'gallery') {
      mkdirSync(DOCS, { recursive: true })
      writeFileSync(new URL('activity.png', DOCS), file.bytes)
    }
  }
  const page = [
    OPENING,
    ...sections,
    '## More entries',
    'Changes are shown in words, whatever was changed.',
    ...(await editedEntries(here)),
    '## When nothing is found',
    await nothingFound(here),
    '## Menus',
    'Right-click a member or a message, then *Apps*. The replies are those of `/audit user`, `/audit target` and `/audit deletes` of the message’s channel or thread.',
    ...(await menus(here)),
    '## Options',
    optionsTable(subcommands),
    actionNames(),
    TIMES,
    ...(await suggestions(here)),
    ATTRIBUTION,
    NO_EXECUTOR,
    COVERAGE,
    ...(await unread(here)),
    GAPS,
  ]
  await expect(`${page.join('\n\n')}\n`).toMatchFileSnapshot('../../docs/commands.md')
})

/** What a button does. */
async function pressed(here: OpenCustos, message: Message, label: string): Promise<string> {
  return shown(here, `[${label}]`, (await here.moderator.click(message, label)).message)
}

/** The details of entries whose meaning is in their changes. */
async function editedEntries(here: OpenCustos): Promise<string[]> {
  const { clock, actor, town } = here
  const { moderator, muted } = town.roles
  const [channel = ''] = town.channels
  const rule = resources.createResource(actor(2), 'rule', {
    name: 'No scam links',
    trigger_type: 1,
    trigger_metadata: { keyword_filter: ['free nitro'] },
    enabled: true,
  })
  overwrites.setOverwrite(actor(0), channel, overwrites.roleOverwrite(muted.id, 0n, May.AddReactions))
  const edits = [
    () =>
      overwrites.setOverwrite(
        actor(0),
        channel,
        overwrites.roleOverwrite(muted.id, May.ReadMessageHistory, May.SendMessages | May.AddReactions),
      ),
    () =>
      resources.updateResource(actor(2), 'rule', rule, {
        trigger_metadata: { keyword_filter: ['free nitro', '*steamcommunlty*'] },
        enabled: false,
      }),
    () =>
      roles.updateRole(
        actor(1),
        moderator.id,
        { permissions: String(BigInt(moderator.permissions) | May.ManageGuild) },
        'For the summer event',
      ),
  ]
  const replies: string[] = []
  for (const edit of edits) {
    clock.advance(HOUR)
    edit()
    const line = `/audit entry id:${town.guild.log.since().at(-1)?.id}`
    replies.push(shown(here, line, await typed(here, line)))
  }
  return replies
}

/** A query that finds nothing, and what the reply suggests. */
async function nothingFound(here: OpenCustos): Promise<string> {
  const line = '/audit recent by:@Olivia channel:#general since:7d'
  return shown(here, line, await typed(here, line))
}

async function menus(here: OpenCustos): Promise<string[]> {
  const { clock, moderator, actor, town } = here
  const [channel = ''] = town.channels
  const user = await moderator.userMenu('Audit: actions by', actor(5).actorId)
  const anyMessage = await typed(here, '/audit status public:true')
  clock.advance(HOUR)
  messages.bulkDelete(actor(4), channel, 12, 'Raid')
  const message = await moderator.messageMenu('Audit: deletes since this', anyMessage)
  return [
    shown(here, '@冬子 → Apps → Audit: actions by', user.message),
    shown(here, 'a message → Apps → Audit: deletes since this', message.message),
  ]
}

/** Replies after two days in which the log could not be read. */
async function unread(here: OpenCustos): Promise<string[]> {
  const { clock, moderator, actor, town } = here
  const { guild, roles: townRoles, channels: townChannels } = town
  await moderator.command('audit status')
  guild.roles.set(townRoles.custos.id, { ...townRoles.custos, permissions: '0' })
  clock.advance(24 * HOUR)
  messages.bulkDelete(actor(4), townChannels[0] ?? '', 12, 'Raid')
  clock.advance(24 * HOUR)
  const lines = ['/audit deletes since:24h', '/audit status']
  const replies: string[] = []
  for (const line of lines) replies.push(shown(here, line, await typed(here, line)))
  return replies
}

/** The suggestions for some options. */
async function suggestions({ moderator }: OpenCustos): Promise<string[]> {
  const typedTexts = [
    ['since', '1 may'],
    ['action', 'ban'],
    ['action', 'Member Kick, ban'],
    ['on', 'mar'],
    ['id', 'unbanned'],
  ] as const
  const suggested = await Promise.all(
    typedTexts.map(async ([option, text]) => {
      const path = option === 'id' ? 'audit entry' : 'audit recent'
      const names = (await moderator.autocomplete(path, option, text)).map(({ name }) => `  ${name}`)
      return [`${option}:${text}`, ...names.slice(0, 4)].join('\n')
    }),
  )
  return [
    'While you type, `since`, `until`, `action`, `on` and `id` suggest values:',
    `\`\`\`\n${suggested.join('\n\n')}\n\`\`\``,
  ]
}

/** The values of `action`. */
function actionNames(): string {
  const named = (wanted: ActionName['type']) =>
    ACTION_NAMES.filter(({ type }) => type === wanted)
      .map(({ name }) => `\`${name}\``)
      .join(', ')
  return (
    `\`action\` accepts every action by its name in Discord’s documentation (\`Member Kick\`, \`Message Bulk Delete\`), ` +
    `a group (${named('group')}; each entry is in exactly one) or a category (${named('category')}), or several of ` +
    'them, separated by commas: `Bans & kicks, Member Timeout`. After a comma, the next is suggested.'
  )
}

/** The first lines of a file, truncated to the width of the page. */
function beginningOf(bytes: Uint8Array): string {
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, 4)
  return lines.map((line) => (line.length > 160 ? `${line.slice(0, 159)}…` : line)).join('\n')
}
