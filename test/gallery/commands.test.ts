import { mkdirSync, writeFileSync } from 'node:fs'
import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as messages from '../../sandbox/actions/messages.ts'
import * as overwrites from '../../sandbox/actions/overwrites.ts'
import * as things from '../../sandbox/actions/resources.ts'
import * as roles from '../../sandbox/actions/roles.ts'
import { ACTION_NAMES, type ActionName } from '../../src/core/audit-log/action-names.ts'
import { type OpenCustos, openCustos } from '../support/open-custos.ts'
import { optionsLine, optionsTable, shown, subcommandsOf, typed } from './page.ts'
import { COMMANDS, CREDITS, KNOWN, OPENING, UNKNOWN, UNNAMED, WRITTEN_TIMES } from './texts.ts'

const DOCS = new URL('../../docs/', import.meta.url)
const HOUR = 3_600_000

test('docs/commands.md shows every command with the reply it gives (npm run gallery writes it anew)', async () => {
  vi.stubEnv('TZ', 'UTC')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  const here = await openCustos({ days: 60, perDay: 60, seed: 7 })
  await here.log.heard('The audit log is read.')
  const subcommands = subcommandsOf(here)
  const sections: string[] = []
  for (const subcommand of subcommands) {
    const told = COMMANDS[subcommand.path]
    if (!told) throw new Error(`texts.ts does not tell of /${subcommand.path}.`)
    const line = told.typed.replace('LAST', here.town.guild.log.since().at(-1)?.id ?? '')
    const message = await typed(here, line)
    const [file] = message.files
    sections.push(
      `## /${subcommand.path}`,
      told.answers,
      optionsLine(subcommand),
      shown(here, line, message),
      ...(file?.name.endsWith('.png') ? ['![The chart](activity.png)'] : []),
      told.below,
      ...(file?.name.endsWith('.csv') ? [`\`\`\`csv\n${beginningOf(file.bytes)}\n\`\`\``] : []),
    )
    if (file?.name.endsWith('.png') && process.env.MODE === 'gallery') {
      mkdirSync(DOCS, { recursive: true })
      writeFileSync(new URL('activity.png', DOCS), file.bytes)
    }
  }
  const page = [
    OPENING,
    ...sections,
    '## Entries whole',
    'What changed is told in words, whatever sort of thing it was.',
    ...(await entriesWhole(here)),
    '## Where nothing is found',
    await nothing(here),
    '## Menus',
    'Right-click a member or a message, then *Apps*. The replies are those of `/audit user`, `/audit target` and `/audit deletes`.',
    ...(await menus(here)),
    '## Options',
    optionsTable(subcommands),
    actionNames(),
    WRITTEN_TIMES,
    ...(await suggestions(here)),
    CREDITS,
    UNNAMED,
    KNOWN,
    ...(await unread(here)),
    UNKNOWN,
  ]
  await expect(`${page.join('\n\n')}\n`).toMatchFileSnapshot('../../docs/commands.md')
})

/** Edits whose meaning is in their changes, each shown whole. */
async function entriesWhole(here: OpenCustos): Promise<string[]> {
  const { clock, actor, town } = here
  const { moderator, muted } = town.roles
  const [channel = ''] = town.channels
  const rule = things.createResource(actor(2), 'rule', {
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
      things.updateResource(actor(2), 'rule', rule, {
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
  const pictures: string[] = []
  for (const edit of edits) {
    clock.advance(HOUR)
    edit()
    const line = `/audit entry id:${town.guild.log.since().at(-1)?.id}`
    pictures.push(shown(here, line, await typed(here, line)))
  }
  return pictures
}

/** A question that finds nothing, and what it is told to try. */
async function nothing(here: OpenCustos): Promise<string> {
  const line = '/audit recent by:@Olivia channel:#general since:7d'
  return shown(here, line, await typed(here, line))
}

async function menus(here: OpenCustos): Promise<string[]> {
  const { clock, moderator, actor, town } = here
  const [channel = ''] = town.channels
  const user = await moderator.userMenu('Audit: actions by', actor(5).actorId)
  const asked = await typed(here, '/audit status public:true')
  clock.advance(HOUR)
  messages.bulkDelete(actor(4), channel, 12, 'Raid')
  const message = await moderator.messageMenu('Audit: deletes since this', asked)
  return [
    shown(here, '@冬子 → Apps → Audit: actions by', user.message),
    shown(here, 'a message → Apps → Audit: deletes since this', message.message),
  ]
}

/** Answers after two days in which the log could not be read. */
async function unread(here: OpenCustos): Promise<string[]> {
  const { clock, moderator, actor, town } = here
  const { guild, roles: townRoles, channels: townChannels } = town
  await moderator.command('audit status')
  guild.roles.set(townRoles.custos.id, { ...townRoles.custos, permissions: '0' })
  clock.advance(24 * HOUR)
  messages.bulkDelete(actor(4), townChannels[0] ?? '', 12, 'Raid')
  clock.advance(24 * HOUR)
  const lines = ['/audit deletes since:24h', '/audit status']
  const pictures: string[] = []
  for (const line of lines) pictures.push(shown(here, line, await typed(here, line)))
  return pictures
}

/** What is offered while some options are typed. */
async function suggestions({ moderator }: OpenCustos): Promise<string[]> {
  const typedTexts = [
    ['since', '1 may'],
    ['action', 'ban'],
    ['on', 'mar'],
    ['id', 'unbanned'],
  ] as const
  const offers = await Promise.all(
    typedTexts.map(async ([option, text]) => {
      const path = option === 'id' ? 'audit entry' : 'audit recent'
      const names = (await moderator.autocomplete(path, option, text)).map(({ name }) => `  ${name}`)
      return [`${option}:${text}`, ...names.slice(0, 4)].join('\n')
    }),
  )
  return [
    'While you type, `since`, `until`, `action`, `on` and `id` offer what fits:',
    `\`\`\`\n${offers.join('\n\n')}\n\`\`\``,
  ]
}

/** What `action` takes besides single actions. */
function actionNames(): string {
  const named = (wanted: ActionName['is']) =>
    ACTION_NAMES.filter(({ is: type }) => type === wanted)
      .map(({ name }) => `\`${name}\``)
      .join(', ')
  return (
    `\`action\` takes each action by the name Discord’s documentation has for it (\`Member Kick\`, \`Message Bulk Delete\`), ` +
    `a group (${named('group')}; each entry is in exactly one) or a category (${named('category')}).`
  )
}

/** The first lines of a file, each cut where a page would break it. */
function beginningOf(bytes: Uint8Array): string {
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, 4)
  return lines.map((line) => (line.length > 160 ? `${line.slice(0, 159)}…` : line)).join('\n')
}
