import type { MemberClient } from '../../sandbox/member-client/member-client.ts'
import { fieldOf, numberIn } from './read.ts'

/** How many entries the archive has, as `/audit status` says. */
export async function entriesHeld({ moderator }: { readonly moderator: MemberClient }): Promise<number> {
  const { message } = await moderator.command('audit status')
  return numberIn(fieldOf(message, 'Entries held'))
}
