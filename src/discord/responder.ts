import { type CommandInteraction, type MessageComponentInteraction, MessageFlags, Routes } from 'discord.js'
import type { Reply } from '../../commands/command.ts'

const NEUTRAL = 0x5865f2
const REFUSED = 0xd83c3e

/**
 * The one way anything is said to a member. It minds what was said before and who may see it, and pings nobody.
 * https://docs.discord.com/developers/interactions/receiving-and-responding
 */
export class Responder {
  readonly #interaction: CommandInteraction | MessageComponentInteraction
  /** Whether what is edited is a message that others see, or that has to stay as it is. */
  #shared = false

  constructor(interaction: CommandInteraction | MessageComponentInteraction) {
    this.#interaction = interaction
  }

  /** Says at once that an answer is coming. Who will see it is settled here. */
  async think(visibility: 'everyone' | 'asker'): Promise<void> {
    this.#shared = visibility === 'everyone'
    await this.#interaction.deferReply(this.#shared ? {} : { flags: MessageFlags.Ephemeral })
  }

  /** Says at once that the message under a pressed button is about to change. */
  async turn(): Promise<void> {
    this.#shared = true
    if (this.#interaction.isMessageComponent()) await this.#interaction.deferUpdate()
  }

  async show({ embeds, components, files = [] }: Reply): Promise<void> {
    const interaction = this.#interaction
    const message = {
      embeds,
      components,
      // Files of an answer that this one takes the place of go with it.
      attachments: files.map(({ name }, index) => ({ id: String(index), filename: name })),
      allowed_mentions: { parse: [] },
    }
    await interaction.client.rest.patch(Routes.webhookMessage(interaction.applicationId, interaction.token), {
      auth: false,
      ...(files.length === 0 ? { body: message } : { body: formOf(message, files), passThroughBody: true }),
    })
    interaction.replied = true
  }

  /** Says how far the answer is. */
  async report(sentence: string): Promise<void> {
    await this.show({ embeds: [{ description: sentence, color: NEUTRAL }], components: [] })
  }

  /** Tells the one who asked, and nobody else, why there is no answer. */
  async refuse(sentence: string): Promise<void> {
    const interaction = this.#interaction
    const embeds = [{ description: sentence, color: REFUSED }]
    const message = { embeds, allowedMentions: { parse: [] }, flags: MessageFlags.Ephemeral } as const
    if (!interaction.deferred && !interaction.replied) {
      await interaction.reply(message)
    } else if (this.#shared) {
      if (interaction.isCommand()) await interaction.deleteReply()
      await interaction.followUp(message)
    } else {
      await this.show({ embeds, components: [] })
    }
  }
}

/**
 * A message with files, as discord.js would send it, but for one thing: it copies each file as a whole, and nothing
 * else could happen while it copies a large one. https://docs.discord.com/developers/reference#uploading-files
 */
function formOf(message: object, files: NonNullable<Reply['files']>): FormData {
  const form = new FormData()
  for (const [index, { name, content }] of files.entries()) {
    form.append(`files[${index}]`, content instanceof Blob ? content : new Blob([Buffer.from(content)]), name)
  }
  form.append('payload_json', JSON.stringify(message))
  return form
}
