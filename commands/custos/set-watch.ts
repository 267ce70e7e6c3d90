import { ChannelType } from 'discord-api-types/v10'
import type { CommandContext } from '../../src/command/context.ts'
import { channelOption, required } from '../../src/command/option.ts'
import { UserError } from '../../src/core/errors.ts'
import type { Snowflake } from '../../src/core/snowflake.ts'
import { MOST_WATCHES, type Watch, type WatchDraft } from '../../src/core/watch/watch.ts'
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

/**
 * Checks that Custos can post in a channel, so that nothing is set that would not be posted.
 * @throws UserError that names what is missing
 */
export async function requirePostable(context: CommandContext, channelId: Snowflake): Promise<void> {
  const obstacle = await context.obstacleIn(channelId)
  if (obstacle === undefined) return
  if (obstacle === 'unknown') {
    throw new UserError(
      `Discord did not say whether Custos can post in <#${channelId}>. Nothing was set. Try again in a minute.`,
    )
  }
  throw new UserError(`${obstacleSentence(obstacle, channelId)} Nothing was set: run the command again then.`)
}

/**
 * Sets a feed, alert or digest.
 * @throws UserError if there are as many as there can be
 */
export async function setWatch(context: CommandContext, draft: WatchDraft): Promise<Watch> {
  const watch = await context.addWatch(draft)
  if (watch) return watch
  throw new UserError(
    `This server has ${MOST_WATCHES} feeds, alerts and digests, which is the most there can be. Remove one with ` +
      '`/custos feed remove`, `/custos alert remove` or `/custos digest remove`.',
  )
}
