import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const TOKEN = 'a-token'

/** What the process of the sandbox Discord tells. */
export type FromDiscord =
  | { readonly type: 'ready'; readonly api: string; readonly guildIds: readonly string[] }
  | { readonly type: 'cpu'; readonly milliseconds: number }

/** A sandbox Discord in a process of its own, so that it does not take the time of the bot's. */
export class DiscordProcess {
  readonly api: string
  readonly guildIds: readonly string[]
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, api: string, guildIds: readonly string[]) {
    this.#child = child
    this.api = api
    this.guildIds = guildIds
  }

  /** @param guilds how many guilds have a log of so many entries */
  static async start(guilds: number, entries: number): Promise<DiscordProcess> {
    const script = fileURLToPath(new URL('discord.ts', import.meta.url))
    const child = fork(script, [String(guilds), String(entries)])
    const message = await nextMessage(child)
    if (message.type !== 'ready') throw new Error('The sandbox has not started.')
    return new DiscordProcess(child, message.api, message.guildIds)
  }

  /** The processor time that it has used so far, in milliseconds. */
  async cpu(): Promise<number> {
    this.#child.send('cpu')
    const message = await nextMessage(this.#child)
    return message.type === 'cpu' ? message.milliseconds : Number.NaN
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.disconnect()
    await ended
  }
}

async function nextMessage(child: ChildProcess): Promise<FromDiscord> {
  const [message] = await once(child, 'message')
  return message
}
