import { AuditLogEvent } from 'discord-api-types/v10'

/** How much happens in a server. */
export interface Profile {
  readonly name: 'quiet' | 'busy' | 'very busy'
  /** How many entries a day there are of each action type, on average. They come independently of each other. */
  readonly entries: ReadonlyMap<AuditLogEvent, number>
  /** How often a day the count of an entry of the last hours grows, if there is one. */
  readonly growths: number
}

const { MemberBanAdd, MessageDelete, MemberMove, MemberDisconnect } = AuditLogEvent

/** An entry a day, and a message that a moderator deletes in every 50 days. */
const QUIET: Profile = {
  name: 'quiet',
  entries: new Map([
    [MemberBanAdd, 1],
    [MessageDelete, 0.02],
  ]),
  growths: 0.02,
}

/** Moderators delete messages every day; members are moved or disconnected every second or third day. */
const BUSY: Profile = {
  name: 'busy',
  entries: new Map([
    [MemberBanAdd, 50],
    [MessageDelete, 20],
    [MemberMove, 0.5],
    [MemberDisconnect, 0.3],
  ]),
  growths: 20,
}

/** An entry every minute. */
const VERY_BUSY: Profile = {
  name: 'very busy',
  entries: new Map([
    [MemberBanAdd, 1000],
    [MessageDelete, 400],
    [MemberMove, 30],
    [MemberDisconnect, 10],
  ]),
  growths: 400,
}

/** How many of the busy servers are very busy. */
const VERY_BUSY_SHARE = 0.05

/** The profiles, and the share of servers that each has, if this share of them is busy. */
export function profileShares(busy: number): readonly (readonly [Profile, share: number])[] {
  return [
    [QUIET, 1 - busy],
    [BUSY, busy * (1 - VERY_BUSY_SHARE)],
    [VERY_BUSY, busy * VERY_BUSY_SHARE],
  ]
}
