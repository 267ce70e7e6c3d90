import type { Archive } from '../../core/archive.ts'
import { oldestKept } from '../../core/coverage/coverage.ts'
import { compareIds, maxId, type Snowflake } from '../../core/snowflake.ts'
import { HOUR } from '../../core/time/units.ts'
import { type AuditLogSource, LogUnavailable } from '../audit-log-source.ts'

interface Deps {
  readonly guildId: Snowflake
  readonly archive: Pick<Archive, 'list'>
  readonly source: Pick<AuditLogSource, 'oldest'>
}

/**
 * Where one guild's log begins at Discord. Discord has sent empty pages by mistake, so a page alone does not show it: the
 * oldest entry, requested in another way, has to agree with the page and with what is stored.
 */
export class LogStart {
  readonly #deps: Deps
  #id: Snowflake = '0'
  /** The oldest entry of a page after which Discord says that it has nothing older; undefined before such a page. */
  #shortAt: Snowflake | undefined

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Discord's log has nothing before this id; `0` if that is not known. It may have more than the 45 days it promises. */
  get id(): Snowflake {
    return this.#id
  }

  /** The log was found to begin at an id. */
  found(id: Snowflake): void {
    this.#id = id
  }

  /** The part of the log that Discord certainly keeps was read by an earlier process. */
  assume(id: Snowflake): void {
    this.#id = maxId(this.#id, id)
  }

  /** What is known is no longer trusted. */
  forget(): void {
    this.#id = '0'
  }

  /** A page whose oldest entry has this id has room for more: Discord says that it has nothing older. */
  suspect(id: Snowflake): void {
    this.#shortAt = id
  }

  /**
   * Whether the log has nothing before an id, if the last page before it made that likely. It is asked once.
   * @param now Discord's time, in milliseconds since the Unix epoch
   */
  async isConfirmed(id: Snowflake, now: number): Promise<boolean> {
    if (this.#shortAt !== id) return false
    this.#shortAt = undefined
    return this.#isAgreed(id, now)
  }

  /**
   * Makes sure that the log has nothing before an id, after an empty page. At the end of Discord's 45 days, that needs no
   * request.
   * @param at when the empty page was sent, in milliseconds since the Unix epoch
   * @throws LogUnavailable when the page was sent by mistake
   */
  async confirmEmptyPage(before: Snowflake, at: number): Promise<void> {
    if (compareIds(before, oldestKept(this.#deps.guildId, at)) <= 0) return
    if (!(await this.#isAgreed(before, at)))
      throw new LogUnavailable('unreadable', 'Discord sent an empty page, but its log has older entries.')
  }

  /** Whether Discord and the archive agree that the log has nothing before an id. */
  async #isAgreed(id: Snowflake, now: number): Promise<boolean> {
    const { guildId, archive, source } = this.#deps
    const oldest = await source.oldest(guildId)
    const slice = { order: 'oldest', limit: 1 } as const
    // Discord may delete entries between the two requests, so those that are due within an hour do not count.
    const [stored] = await archive.list(guildId, { from: oldestKept(guildId, now + HOUR) }, slice)
    return oldest === undefined
      ? stored === undefined
      : compareIds(oldest, id) >= 0 && (stored === undefined || compareIds(oldest, stored.id) <= 0)
  }
}
