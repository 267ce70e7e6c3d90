import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { cloudflareFault } from '../../sandbox/rest/faults.ts'
import { interruptErasure } from './erasures.ts'
import {
  deleteHiddenChannel,
  dropPermissionSilently,
  hideChannel,
  revealChannel,
  takePermission,
  takeRole,
} from './faults/access-faults.ts'
import {
  makeGuildUnavailable,
  removeBot,
  restartBot,
  sendOddHello,
  sendOddInvalidSession,
  takeGatewayDown,
} from './faults/connection-faults.ts'
import {
  addLateEntry,
  growOldCount,
  loseEvents,
  repeatEvents,
  sendMalformedEvent,
  sendOddFrames,
  withholdEvents,
} from './faults/event-faults.ts'
import type { Fault } from './faults/fault.ts'
import { limitGlobally, limitRoutes } from './faults/limit-faults.ts'
import {
  dropPostPermissionSilently,
  failPosts,
  failSomePosts,
  loseChannels,
  slowPosts,
  takePostPermission,
} from './faults/post-faults.ts'
import { EMPTY_LOG, failReads, forgetGuilds, returnEmptyPage } from './faults/read-faults.ts'
import { misdateAllResponses, misdateResponse, stepHostClock } from './faults/time-faults.ts'
import { killBackup, killErasure } from './kills.ts'
import { POST, READ } from './limits.ts'
import type { SoakSetup } from './soak-setup.ts'

type WeightedFault = readonly [name: string, fault: Fault, weight: number]

/** The faults, with their relative frequency. */
const FAULTS: readonly WeightedFault[] = [
  ['the connection drops', ({ discord }) => void discord.gateway.dropConnections(), 3],
  ['Discord asks to reconnect', ({ discord }) => void discord.gateway.requestReconnect(), 3],
  ['the session is invalid', ({ discord }) => void discord.gateway.invalidate(), 0.5],
  ['the session is invalid, with malformed data', sendOddInvalidSession, 0.5],
  ['a connection begins with a malformed HELLO', sendOddHello, 3],
  ['the gateway is down', takeGatewayDown, 3],
  ['REST answers 500', failReads({ status: 500 }), 5],
  ['REST answers with an HTML page', failReads({ status: 502, body: '<html>Bad gateway</html>' }), 5],
  [
    'REST answers with something that is not a log',
    failReads({ status: 200, body: '{"message":"hello"}' }),
    5,
  ],
  ['REST answers with an empty log', failReads(EMPTY_LOG), 3],
  ['REST answers with one empty page', returnEmptyPage, 5],
  ['Cloudflare blocks reads', failReads(cloudflareFault(403, 1015)), 3],
  ['Cloudflare rate-limits reads', failReads(cloudflareFault(429, 1015)), 3],
  ['Discord reports unknown guilds', forgetGuilds, 3],
  ['REST does not respond', failReads('silence'), 3],
  ['the route is rate-limited', limitRoutes(READ), 3],
  ['all routes are rate-limited', limitGlobally, 3],
  ['events are lost', loseEvents, 8],
  ['events come late', withholdEvents((events) => events), 8],
  ['events come out of order', withholdEvents((events) => events.toReversed()), 8],
  ['events come twice', repeatEvents, 8],
  ['events are malformed', sendMalformedEvent, 8],
  ['malformed frames come', sendOddFrames, 8],
  ['the role loses the permission', takePermission, 4],
  ['the bot loses the role', takeRole, 4],
  ['the permission is lost without an event', dropPermissionSilently, 4],
  ['a channel is hidden', hideChannel, 4],
  ['a channel is revealed', revealChannel, 4],
  ['a hidden channel is deleted', deleteHiddenChannel, 2],
  ['a guild is unavailable', makeGuildUnavailable, 4],
  ['the bot is removed', removeBot, 4],
  ['the bot is restarted', restartBot, 3],
  ['an erasure is interrupted', interruptErasure, 2],
  ['an erasure is killed', killErasure, 1],
  ['a backup is killed', killBackup, 1],
  ['an entry comes late', addLateEntry, 8],
  ['an old count grows', growOldCount, 8],
  ['posts are refused', takePostPermission(May.SendMessages, May.EmbedLinks), 6],
  ['posts are refused without an event', dropPostPermissionSilently, 4],
  ['a channel for posts is hidden', takePostPermission(May.ViewChannel), 4],
  ['Discord reports unknown channels', loseChannels, 3],
  ['posts fail with 500', failPosts({ status: 500 }), 4],
  ['some posts are sent, but answered with 500', failSomePosts({ status: 500, isDone: true }), 4],
  ['posts are sent, but answered with 503', failPosts({ status: 503, isDone: true }), 3],
  ['posts are sent, but the answers are lost', failPosts({ lost: 'connection', isDone: true }), 4],
  ['some posts are sent, but the answers are lost', failSomePosts({ lost: 'silence', isDone: true }), 4],
  ['posts are lost', failPosts({ lost: 'silence' }), 3],
  ['some connections for posts break', failSomePosts({ lost: 'connection' }), 3],
  ['posts are rate-limited', limitRoutes(...POST), 3],
  ['posts are slow', slowPosts, 3],
  ['the host’s clock steps', stepHostClock, 6],
  ['a response has a wrong date', misdateResponse, 6],
  ['a proxy dates all responses', misdateAllResponses, 3],
]

/** The faults that can happen to a bot with its database: a backup is one of SQLite. */
export function faultsOf({ database }: SoakSetup): readonly WeightedFault[] {
  const isPossible = (fault: Fault) => database.type === 'sqlite' || fault !== killBackup
  return [...FAULTS.filter(([, fault]) => isPossible(fault)), ...database.faults]
}
