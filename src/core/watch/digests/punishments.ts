import { AuditLogEvent } from 'discord-api-types/v10'
import type { Entry } from '../../audit-log/entry.ts'
import { Kind } from '../../audit-log/kind.ts'
import { type Filter, isAmong, type Kinds } from '../../query/filter.ts'
import { mostFirst, type Tally } from '../../query/tally.ts'
import { compareIds, firstIdAt, type Snowflake, timeOf } from '../../snowflake.ts'
import { DAY } from '../../time/units.ts'

const { MemberKick, MemberBanAdd, MemberBanRemove } = AuditLogEvent

/** Punishments for which somebody can give a reason: not those by AutoMod. */
const GIVEN = { anyOf: [MemberKick, MemberBanAdd, Kind.Timeout] } satisfies Kinds

/** What ends a punishment, and the punishment. */
const ENDS: ReadonlyMap<number, number> = new Map<number, number>([
  [MemberBanRemove, MemberBanAdd],
  [Kind.TimeoutRemove, Kind.Timeout],
])

/** How soon the end of a punishment is a reversal, in milliseconds. */
const SOON = DAY

/** The entries that a `PunishmentCount` needs for a window: also the punishments before it that are ended in it. */
export function punishmentFilter({ from, to }: { readonly from: Snowflake; readonly to: Snowflake }): Filter {
  return { kinds: { anyOf: [...GIVEN.anyOf, ...ENDS.keys()] }, from: firstIdAt(timeOf(from) - SOON), to }
}

/** A punishment that somebody else ended soon. */
export interface Reversal {
  readonly targetId: string
  /** The kind of the punishment. */
  readonly kind: number
  /** Who punished, and who ended it. */
  readonly by: Snowflake
  readonly endedBy: Snowflake
  /** When it was ended, in milliseconds since the Unix epoch, and how long after it was given. */
  readonly at: number
  readonly after: number
}

/** The punishments of a window in a few numbers. */
export interface PunishmentSummary {
  readonly punishments: number
  /** Those without a reason, by who gave them, most first. The key is null where Discord does not say. */
  readonly withoutReason: readonly Tally<string | null>[]
  /** What was ended within a day by somebody else, newest first. */
  readonly reversals: readonly Reversal[]
  /** How many were ended within a day by whoever gave them, such as a ban that only was to delete messages. */
  readonly takenBack: number
}

/** Adds up the punishments of a window, from the entries of `punishmentFilter`, oldest first. */
export class PunishmentCount {
  readonly #from: Snowflake
  readonly #last = new Map<string, Entry>()
  readonly #withoutReason = new Map<string | null, number>()
  readonly #reversals: Reversal[] = []
  #punishments = 0
  #takenBack = 0

  /** @param from where the window begins */
  constructor(from: Snowflake) {
    this.#from = from
  }

  add(entry: Entry): void {
    const { id, kind, targetId, reason } = entry
    const isInside = compareIds(id, this.#from) >= 0
    if (isInside && isAmong(kind, GIVEN)) {
      this.#punishments++
      const by = actorOf(entry)
      if (!reason?.trim()) this.#withoutReason.set(by, (this.#withoutReason.get(by) ?? 0) + 1)
    }
    if (targetId === null) return
    const ended = ENDS.get(kind)
    if (ended === undefined) {
      this.#last.set(`${kind}:${targetId}`, entry)
      return
    }
    const key = `${ended}:${targetId}`
    const punishment = this.#last.get(key)
    this.#last.delete(key)
    if (punishment && isInside) this.#end(punishment, entry, targetId)
  }

  get summary(): PunishmentSummary {
    return {
      punishments: this.#punishments,
      withoutReason: [...this.#withoutReason]
        .map(([key, entries]) => ({ key, entries, units: entries }))
        .sort(mostFirst('entries')),
      reversals: this.#reversals.toReversed(),
      takenBack: this.#takenBack,
    }
  }

  #end(punishment: Entry, end: Entry, targetId: string): void {
    const at = timeOf(end.id)
    const after = at - timeOf(punishment.id)
    const [by, endedBy] = [actorOf(punishment), actorOf(end)]
    if (after > SOON || by === null || endedBy === null) return
    // A bot that nobody is named for ends what it punished by itself, when its time is over.
    const isOwn = by === endedBy || (punishment.executorId === end.executorId && end.onBehalfOfId === null)
    if (isOwn) this.#takenBack++
    else this.#reversals.push({ targetId, kind: punishment.kind, by, endedBy, at, after })
  }
}

/** Who acted, also through a bot. */
function actorOf({ executorId, onBehalfOfId }: Entry): Snowflake | null {
  return onBehalfOfId ?? executorId
}
