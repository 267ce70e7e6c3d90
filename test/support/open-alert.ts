import type { OptionValues } from '../../sandbox/member-client/command-options.ts'
import type { Message } from '../../sandbox/world/message.ts'
import { type OpenFeed, openFeed } from './open-feed.ts'
import { textOf } from './read.ts'

/** Custos in a guild with a channel `#mod-log`, without a feed. */
export interface OpenAlert extends OpenFeed {
  /** Asks for an alert in `#mod-log`. @returns what is shown before it is set */
  ask(options: OptionValues): Promise<Message>
  /** Sets an alert in `#mod-log`. @returns what was shown before it was set */
  setAlert(options: OptionValues): Promise<string>
  /** New members of the server, who can be banned. */
  raiders(count: number): string[]
}

/** Starts Custos, whose log is read. */
export async function openAlert(options: Parameters<typeof openFeed>[0] = {}): Promise<OpenAlert> {
  const here = await openFeed({ ...options, feed: false })
  const { discord, modLog, moderator, town } = here
  const ask = async (values: OptionValues) =>
    (await moderator.command('custos alert add', { to: modLog, ...values })).message
  let raiders = 0
  return {
    ...here,
    ask,
    async setAlert(values) {
      const asked = await ask(values)
      const preview = textOf(asked)
      const { message } = await moderator.click(asked, 'Set this alert')
      if (!/is set/.test(textOf(message))) throw new Error(`The alert was not set: ${textOf(message)}`)
      return preview
    },
    raiders: (count) =>
      Array.from({ length: count }, () => {
        const raider = discord.world.addUser(`raider${raiders++}`)
        town.guild.addMember(raider, [], discord.world.now())
        return raider.id
      }),
  }
}
