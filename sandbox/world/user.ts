import type { APIUser } from 'discord-api-types/v10'
import { NO_FLAGS } from './guild.ts'

export function newUser(id: string, username: string, displayName: string | null, bot: boolean): APIUser {
  return {
    id,
    username,
    discriminator: '0',
    global_name: displayName,
    avatar: null,
    public_flags: NO_FLAGS,
    flags: NO_FLAGS,
    primary_guild: null,
    ...(bot && { bot: true }),
  }
}
