import type { TargetKind } from '../core/audit-log/action-table.ts'
import type { KnownAs } from '../core/names/named-entity.ts'
import { isSnowflake } from '../core/snowflake.ts'
import type { Voice } from './formatter.ts'

/** What an entry was done to, as it can best be shown: mentioned, by the name it is known by, or by its id. */
export function targetIn(targetId: string, is: TargetKind | undefined, voice: Voice): string {
  if (!isSnowflake(targetId)) return voice.thing(targetId)
  switch (is) {
    case 'user':
    case 'bot':
      return voice.user(targetId)
    case 'role':
      return voice.role(targetId)
    case 'channel':
    case 'thread':
      return voice.channel(targetId)
    default:
      return voice.thing(targetId, knownAs(is))
  }
}

function knownAs(is: TargetKind | undefined): KnownAs | undefined {
  return is === 'thing' || is === 'nothing' ? undefined : is
}

/** Whether Discord can mention a target. */
export function canBeMentioned(is: TargetKind): boolean {
  return is === 'user' || is === 'bot' || is === 'role' || is === 'channel' || is === 'thread'
}
