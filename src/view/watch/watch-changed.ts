import type { SyncStatus } from '../../core/coverage/sync-status.ts'
import type { Names } from '../../core/names/names.ts'
import type { Watch } from '../../core/watch/watch.ts'
import { COLOURS, type Reply } from '../reply.ts'
import { describeWatch, watchTitle } from './describe-watch.ts'

/**
 * Says what was set, and what is posted from now on.
 * @param also further sentences
 */
export function watchSetReply(watch: Watch, names: Names, also: readonly string[] = []): Reply {
  const { number, definition } = watch
  const { type } = definition
  return reply(`${watchTitle(watch)} is set`, [
    whatIsPosted(watch, names),
    ...also,
    '-# Everyone who can read that channel sees what is posted. ' +
      `\`/custos ${type} list\` shows what is set, and \`/custos ${type} remove id:${number}\` removes this.`,
  ])
}

function whatIsPosted({ channelId, definition }: Watch, names: Names): string {
  const channel = `<#${channelId}>`
  const described = describeWatch(definition, names)
  switch (definition.type) {
    case 'feed':
      return Object.keys(definition.filter).length === 0
        ? `From now on, Custos posts in ${channel} each new entry of the audit log.`
        : `From now on, Custos posts in ${channel} each new entry that matches: ${described}.`
    case 'alert':
      return `From now on, Custos warns in ${channel}: ${described}.`
    case 'digest':
      return `From now on, Custos reports in ${channel} ${described}.`
  }
}

/** Said when something is set that cannot be posted, because Custos cannot read the log; undefined while it can. */
export function unreadableWarning({ lastRead }: SyncStatus): string | undefined {
  return lastRead === 'forbidden'
    ? '⚠️ Custos cannot read this server’s audit log now, so nothing is posted. Give its role the **View Audit Log** ' +
        'permission, under Server Settings → Roles.'
    : undefined
}

/** Says what was removed, and that its posts stay. */
export function watchRemovedReply(watch: Watch, names: Names): Reply {
  return reply(`${watchTitle(watch)} is removed`, [
    `It posted in <#${watch.channelId}>: ${describeWatch(watch.definition, names)}.`,
    'What it has posted stays there. Nothing more is posted.',
  ])
}

function reply(title: string, lines: readonly string[]): Reply {
  return { embeds: [{ title, description: lines.join('\n'), color: COLOURS.neutral }], components: [] }
}
