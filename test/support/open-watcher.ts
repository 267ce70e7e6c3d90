import { expect, onTestFinished } from 'vitest'
import { postIds } from '../../commands/components/posts/post-ids.ts'
import type { Archive } from '../../src/core/archive.ts'
import { firstIdAt, type Snowflake } from '../../src/core/snowflake.ts'
import type { WatchDefinition } from '../../src/core/watch/watch.ts'
import { announceChanges } from '../../src/watch/announce-changes.ts'
import { FeedRunner } from '../../src/watch/feed/feed-runner.ts'
import { NameLookups } from '../../src/watch/feed/name-lookups.ts'
import { Recounts } from '../../src/watch/feed/recounts.ts'
import type { Runner } from '../../src/watch/runner.ts'
import { Watcher } from '../../src/watch/watcher.ts'
import { CountedMetrics } from './counted-metrics.ts'
import { entriesOf } from './entries/entries.ts'
import { FakePosting } from './fake-posting.ts'
import { InFlight } from './in-flight.ts'
import { ManualClock } from './manual-clock.ts'
import { RecordedLog } from './recorded-log.ts'

/** The id of Custos. */
export const OWN_ID = '8'

let lastGuild = 1_564_226_946_835_574_795n

/** A watcher of one guild, with an archive and channels in memory. */
export function openWatcher(
  given: Archive,
  clock = new ManualClock(),
  posting = new FakePosting(clock),
  guildId = String(++lastGuild),
) {
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const log = new RecordedLog()
  const metrics = new CountedMetrics()
  const { signal } = stopping
  const inFlight = new InFlight()
  const archive = announceChanges(inFlight.archive(given), {
    arrived: (guildIds) => watcher.arrived(guildIds),
    timeZoneSet: (id) => watcher.wake(id, 'digest'),
    erased: (id) => void watcher.erased(id),
  })
  const recounted: Snowflake[] = []
  const recounts = new Recounts({ host: clock, signal, recount: (id) => void recounted.push(id) })
  const lookups: Snowflake[] = []
  const pages = { answer: async () => {} }
  const read = async (id: Snowflake) => {
    lookups.push(id)
    await pages.answer()
  }
  const nameLookups = new NameLookups({ read, log, signal })
  const feed = new FeedRunner({ archive, postIds, ownId: () => OWN_ID, recounts, nameLookups })
  const planned: WatchDefinition[] = []
  const idle: Runner<WatchDefinition> = {
    async plan({ watch: { definition, position } }) {
      planned.push(definition)
      return { position, posts: [] }
    },
    render: async () => undefined,
  }
  const runners = { feed, alert: idle, digest: idle }
  const serves = (id: Snowflake) => id === guildId
  const deps = { archive, posting, runners, serves, clock, host: clock, log, metrics, signal }
  const watcher = new Watcher(deps)
  let changes = 0
  return {
    archive,
    clock,
    metrics,
    guildId,
    log,
    /** The alerts and digests that were planned. */
    planned,
    posting,
    recounted,
    /** The guilds whose logs were read for names, and what happens when they are. */
    lookups,
    pages,
    watcher,
    /** Adds a watch that posts in a channel. */
    async add(definition: WatchDefinition, channelId = '5') {
      const id = String(BigInt(firstIdAt(clock.now())) + BigInt(changes++))
      const watch = await watcher.add(guildId, { id, by: '7' }, { channelId, definition })
      await watcher.settled()
      if (!watch) throw new Error('The watch was not added.')
      return watch
    },
    async remove(number: number) {
      await watcher.remove(guildId, { id: firstIdAt(clock.now()), by: '7' }, number)
    },
    /** Members are banned now, by a moderator or another, and what is due then is done. */
    async ban(count: number, executorId = '7', kind = 22) {
      const payloads = Array.from({ length: count }, () => ({
        id: String(BigInt(firstIdAt(clock.now())) + 1000n + BigInt(changes++)),
        action_type: kind,
        user_id: executorId,
        target_id: '11',
      }))
      await archive.record([{ guildId, from: 'gateway', entries: entriesOf(guildId, payloads) }], clock.now())
      await watcher.settled()
    },
    /** Lets time pass in steps, and what is due is done. */
    async pass(milliseconds: number, step = 1000) {
      for (let passed = 0; passed < milliseconds; passed += step) {
        clock.advance(Math.min(step, milliseconds - passed))
        await inFlight.landed()
        await watcher.settled()
      }
    },
    /** The same guild after a restart, with the same channels. */
    again() {
      stopping.abort()
      return openWatcher(given, clock, posting, guildId)
    },
    stop: () => stopping.abort(),
    async watch(number = 1) {
      const watch = (await archive.watches(guildId)).find((each) => each.number === number)
      expect(watch).toBeDefined()
      return watch
    },
  }
}
