import { GatewayCloseCodes as Close } from 'discord-api-types/v10'
import type { WebSocket } from 'ws'

/** The text Discord sends with each close code. */
const REASONS: Partial<Record<Close, string>> = {
  [Close.UnknownOpcode]: 'Unknown opcode.',
  [Close.DecodeError]: 'Error while decoding payload.',
  [Close.NotAuthenticated]: 'Not authenticated.',
  [Close.AuthenticationFailed]: 'Authentication failed.',
  [Close.AlreadyAuthenticated]: 'Already authenticated.',
  [Close.InvalidSeq]: 'Invalid seq.',
  [Close.InvalidShard]: 'Invalid shard.',
  [Close.ShardingRequired]: 'Sharding required.',
  [Close.InvalidIntents]: 'Invalid intent(s).',
  [Close.DisallowedIntents]: 'Disallowed intent(s).',
}

/** Codes with which a bot says that it will not resume. */
const FINAL_CODES: readonly number[] = [1000, 1001]

/** Whether a bot that closes with this code gives its session up. */
export function endsSession(code: number): boolean {
  return FINAL_CODES.includes(code)
}

export function closeWith(socket: WebSocket, code: Close): void {
  socket.close(code, REASONS[code])
}
