import { ChannelType } from 'discord-api-types/v10'
import type { CommandContext } from '../../src/command/context.ts'
import { channelOption, required } from '../../src/command/option.ts'
import type { ArchiveReader } from '../../src/core/archive.ts'
import { UserError } from '../../src/core/errors.ts'
import { type Snowflake, timeOf } from '../../src/core/snowflake.ts'
import { isSameWatch } from '../../src/core/watch/same-watch.ts'
import { MOST_WATCHES, type Watch, type WatchDraft } from '../../src/core/watch/watch.ts'
import { timestamp } from '../../src/view/text/formatter.ts'
import { obstacleSentence } from '../../src/view/watch/obstacle.ts'

/** The option `to`: a channel that messages can be sent to. */
export const toOption = required(
  channelOption('Channel that Custos posts in', [
    ChannelType.GuildText,
    ChannelType.GuildAnnouncement,
    ChannelType.GuildVoice,
    ChannelType.GuildStageVoice,
    ChannelType.PublicThread,
    ChannelType.PrivateThread,
    ChannelType.AnnouncementThread,
  ]),
)

/** Who sets a feed, alert or digest, and where. */
interface Setting {
  readonly guildId: Snowflake
  readonly archive: ArchiveReader
  readonly context: CommandContext
}

/**
 * Checks that a feed, alert or digest can be set and would be posted, before it is set or previewed.
 * @throws UserError that says what is missing
 */
export async function requireSettable(
  { guildId, archive, context }: Setting,
  draft: WatchDraft,
): Promise<void> {
  await requireAccess(context)
  const watches = await archive.watches(guildId)
  const same = watches.find((each) => isSameWatch(each, draft))
  if (same) throw new UserError(`Nothing was set: ${alreadySet(same)}`)
  if (watches.length >= MOST_WATCHES) throw tooMany()
  await requirePostable(context, draft.channelId)
}

/** Sets a feed, alert or digest. @throws UserError if there are as many as there can be */
export async function setWatch(context: CommandContext, draft: WatchDraft): Promise<Watch> {
  const watch = await context.addWatch(draft)
  if (watch) return watch
  throw tooMany()
}

/** Posts show entries, so only a member who may see them can have them posted. @throws UserError if they may not */
async function requireAccess(context: CommandContext): Promise<void> {
  if (context.hasPermission('ViewAuditLog') || (await context.ownerRights('audit')) === 'granted') return
  throw new UserError(
    'Nothing was set: this also takes the **View Audit Log** permission, because posts show what is in the log.',
  )
}

/** @throws UserError if Custos cannot post in a channel */
async function requirePostable(context: CommandContext, channelId: Snowflake): Promise<void> {
  const obstacle = await context.obstacleIn(channelId)
  if (obstacle === undefined) return
  throw new UserError(
    obstacle === 'unknown'
      ? `Nothing was set: Discord did not say whether Custos can post in <#${channelId}>. Try again in a minute.`
      : `Nothing was set: ${obstacleSentence(obstacle, channelId)}`,
  )
}

function alreadySet({ number, channelId, setBy, setAt, definition: { type } }: Watch): string {
  const when = timestamp(timeOf(setAt), 'R')
  return `${type} ${number} already posts the same in <#${channelId}>. <@${setBy}> set it ${when}.`
}

function tooMany(): UserError {
  return new UserError(
    `Nothing was set: this server has ${MOST_WATCHES} feeds, alerts and digests, and there can be no more. Remove one ` +
      'with `/custos feed remove`, `/custos alert remove` or `/custos digest remove`.',
  )
}
