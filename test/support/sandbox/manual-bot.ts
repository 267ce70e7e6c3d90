import { z } from 'zod'
import type { MemberClient } from '../../../sandbox/member-client/member-client.ts'
import type { OpenDiscord } from '../open-discord.ts'
import type { GatewayClient } from './gateway-client.ts'
import { type Answer, RestClient, type Upload } from './rest-client.ts'

const interaction = z.looseObject({ id: z.string(), token: z.string(), application_id: z.string() })

/** An interaction as a bot receives it. */
export type Interaction = z.infer<typeof interaction>

/** A command with the options that the tests need. */
export const LOG_COMMAND = {
  name: 'log',
  description: 'Reads the log',
  default_member_permissions: '128',
  options: [
    { type: 1, name: 'recent', description: 'The newest entries' },
    {
      type: 1,
      name: 'find',
      description: 'Find entries',
      options: [
        {
          type: 3,
          name: 'action',
          description: 'What was done',
          required: true,
          choices: [
            { name: 'Bans', value: 'bans' },
            { name: 'Kicks', value: 'kicks' },
          ],
        },
        { type: 3, name: 'reason', description: 'A text in it', min_length: 2, max_length: 5 },
        { type: 3, name: 'since', description: 'From when', autocomplete: true },
        { type: 4, name: 'limit', description: 'How many', min_value: 1, max_value: 10 },
        { type: 10, name: 'share', description: 'How much', min_value: 0, max_value: 1 },
        { type: 5, name: 'public', description: 'For everyone' },
        { type: 6, name: 'user', description: 'By whom' },
        { type: 7, name: 'channel', description: 'Where', channel_types: [0, 5] },
        { type: 8, name: 'role', description: 'Of which role' },
        { type: 9, name: 'whom', description: 'To whom' },
      ],
    },
  ],
}

/** A moderator who sends interactions, and a bot whose replies the test controls. */
export class ManualBot {
  readonly here: OpenDiscord
  readonly moderator: MemberClient
  readonly #gateway: GatewayClient
  /** Without a bot token: replies need only the token of the interaction. */
  readonly #rest: RestClient

  private constructor(here: OpenDiscord, gateway: GatewayClient) {
    this.here = here
    this.moderator = here.town.as(here.town.moderators[0]?.id ?? '')
    this.#gateway = gateway
    this.#rest = new RestClient(here.discord.api)
  }

  /** Registers the command, and connects. */
  static async start(here: OpenDiscord): Promise<ManualBot> {
    await here.rest.put(`/applications/${here.town.bot.id}/commands`, [LOG_COMMAND])
    return new ManualBot(here, await here.listen())
  }

  /** Resolves with the next interaction that the bot receives. */
  async interaction(): Promise<Interaction> {
    return interaction.parse((await this.#gateway.next()).d)
  }

  /** Sends `/log recent` as the moderator, and resolves with the interaction that the bot receives. */
  receiveCommand(): Promise<Interaction> {
    this.moderator.send('log recent')
    return this.interaction()
  }

  answer({ id, token }: Interaction, type: number, data?: object, query = ''): Promise<Answer> {
    return this.#rest.post(`/interactions/${id}/${token}/callback${query}`, { type, ...(data && { data }) })
  }

  upload({ id, token }: Interaction, type: number, data: object, files: readonly Upload[]): Promise<Answer> {
    return this.#rest.upload('POST', `/interactions/${id}/${token}/callback`, { type, data }, files)
  }

  follow(to: Interaction, message: object): Promise<Answer> {
    return this.#rest.post(webhookOf(to), message)
  }

  read(to: Interaction, messageId = '@original'): Promise<Answer> {
    return this.#rest.get(`${webhookOf(to)}/messages/${messageId}`)
  }

  edit(to: Interaction, message: object, messageId = '@original'): Promise<Answer> {
    return this.#rest.patch(`${webhookOf(to)}/messages/${messageId}`, message)
  }

  editWithFiles(to: Interaction, message: object, files: readonly Upload[]): Promise<Answer> {
    return this.#rest.upload('PATCH', `${webhookOf(to)}/messages/@original`, message, files)
  }

  delete(to: Interaction, messageId = '@original'): Promise<Answer> {
    return this.#rest.delete(`${webhookOf(to)}/messages/${messageId}`)
  }
}

function webhookOf({ application_id, token }: Interaction): string {
  return `/webhooks/${application_id}/${token}`
}

/** A message that mentions nobody. */
export function saying(content: string, more: object = {}): object {
  return { content, allowed_mentions: { parse: [] }, ...more }
}
