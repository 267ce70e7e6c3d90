import { describe, expect, test } from 'vitest'
import type { Archive } from '../../src/core/archive.ts'
import { ArchiveUnavailable } from '../../src/core/errors.ts'
import type { Alert } from '../../src/core/watch/watch.ts'
import { sharedArchive } from '../support/archive/shared-archive.ts'
import { observationOf } from '../support/entries/names.ts'
import { OWN_ID, openWatcher } from '../support/open-watcher.ts'
import { ALERT, DIGEST, FEED } from '../support/watches.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const archive = await sharedArchive()

const BAN = '🔨 Member Ban Add'
const UNREADABLE: Alert = { ...ALERT, rule: { type: 'preset', preset: 'log unreadable' } }
const NO_CHANNEL = { type: 'refused', obstacle: { type: 'channel' } } as const

/** A guild with a feed of everything. */
async function openFeed(given: Archive = archive) {
  const here = openWatcher(given)
  await here.watcher.start()
  await here.add(FEED)
  return here
}

describe('a feed', () => {
  test('posts the first entry at once, and gathers what comes in the second after it', async () => {
    const { ban, pass, posting } = await openFeed()
    await ban(1)
    expect(posting.titles).toEqual([BAN])
    await ban(1)
    await ban(1)
    expect(posting.titles).toEqual([BAN])
    await pass(SECOND)
    expect(posting.titles).toEqual([BAN, '2 actions'])
  })

  test('stays summed up while much comes, and is edited every few seconds at most', async () => {
    const { ban, pass, posting } = await openFeed()
    for (let second = 0; second < 20; second++) {
      await ban(15)
      await pass(SECOND)
    }
    await pass(3 * SECOND)
    expect(posting.titles).toEqual(['⚠️ 300 actions in 19 seconds'])
    expect(posting.requests.filter((request) => request === 'edit').length).toBeLessThanOrEqual(7)
    await pass(2 * MINUTE)
    expect(posting.messages.values().next().value?.message.embeds[0]?.description).toContain('It is over.')
  })

  test('is edited later while other edits wait for their turn, the sooner the longer it is overdue', async () => {
    const { ban, pass, posting } = await openFeed()
    await ban(20)
    posting.waitingEdits = 15
    await ban(20)
    await pass(15 * SECOND)
    expect(posting.requests).toEqual(['send'])
    await pass(5 * SECOND)
    expect(posting.requests).toEqual(['send', 'edit'])
    expect(posting.titles).toEqual([expect.stringContaining('40 actions')])
  })

  test('does not post what Custos does itself', async () => {
    const { ban, posting } = await openFeed()
    await ban(1, OWN_ID)
    expect(posting.requests).toEqual([])
  })

  test('has counts that can grow read again after a minute, and then at most every five', async () => {
    const { ban, guildId, pass, recounted } = await openFeed()
    await ban(1)
    await pass(2 * MINUTE, 10 * SECOND)
    expect(recounted).toEqual([])
    for (let minute = 0; minute < 12; minute++) {
      await ban(1, '7', 72)
      await pass(MINUTE, 10 * SECOND)
    }
    expect(recounted).toEqual([guildId, guildId, guildId])
  })

  test('posts nothing more once it is removed', async () => {
    const { ban, posting, remove, watcher } = await openFeed()
    await remove(1)
    await ban(1)
    expect(posting.requests).toEqual([])
    expect(watcher.counts.get('feed')).toEqual({ all: 0, paused: 0 })
  })

  test('that is erased while it is at work ends quietly', async () => {
    const { archive: announced, ban, guildId, log, posting, clock, watcher } = await openFeed()
    await announced.removeWatch(guildId, { id: String(clock.now()), by: '7' }, 1)
    await ban(1)
    watcher.wake(guildId)
    await watcher.settled()
    expect([posting.requests, log.shown]).toEqual([[], []])
  })

  test('that is erased with the data of its server is dropped at once, and one that was set later stays', async () => {
    const { add, archive: announced, ban, clock, guildId, pass, posting, watch, watcher } = await openFeed()
    const upTo = String((await watch())?.setAt)
    clock.advance(SECOND)
    await add(FEED, '6')
    await announced.beginErasing({ guildId, upTo, by: '7' })
    await expect.poll(() => watcher.counts.get('feed')).toEqual({ all: 1, paused: 0 })
    await ban(1)
    await pass(SECOND)
    expect([...posting.messages.values()].map(({ channelId }) => channelId)).toEqual(['6'])
  })

  test('is dropped when its server is purged', async () => {
    const { archive: announced, guildId, watcher } = await openFeed()
    await announced.recordDeparture(guildId, 1, 1)
    await announced.purge(guildId)
    await expect.poll(() => watcher.guildCount).toBe(0)
  })

  test('that is removed while a request fails is not tried again', async () => {
    const { ban, pass, posting, remove } = await openFeed()
    const slow = Promise.withResolvers<void>()
    posting.slow = slow.promise
    posting.next = ['lost']
    const banned = ban(1)
    await expect.poll(() => posting.requests).toEqual(['send'])
    await remove(1)
    slow.resolve()
    await banned
    await pass(HOUR, MINUTE)
    expect(posting.requests).toEqual(['send'])
  })
})

test('where a feed stands is not stored for each entry that it does not post', async () => {
  let saves = 0
  const saveProgress: Archive['saveProgress'] = (...parameters) => {
    saves++
    return archive.saveProgress(...parameters)
  }
  const here = openWatcher({ ...archive, saveProgress })
  await here.watcher.start()
  await here.add({ type: 'feed', filter: { kinds: { anyOf: [20] } } })
  for (let second = 0; second < 30; second++) {
    await here.ban(1)
    await here.pass(SECOND)
  }
  expect(saves).toBeLessThanOrEqual(4)
  await here.ban(1, '7', 20)
  await here.pass(SECOND)
  expect(here.posting.titles).toEqual(['👢 Member Kick'])
})

describe('a post', () => {
  test('whose answer is lost is sent again with the same nonce, and edited, since it may be as it was sent first', async () => {
    const { ban, pass, posting } = await openFeed()
    posting.next = ['lost', 'lost']
    await ban(1)
    await pass(10 * SECOND)
    expect(posting.titles).toEqual([BAN])
    expect(posting.requests).toEqual(['send', 'send', 'send', 'edit'])
  })

  test('is looked for once its nonce may have expired, and edited if it is there', async () => {
    const { ban, posting, again } = await openFeed()
    posting.next = ['lost']
    await ban(1)
    const later = again()
    later.clock.advance(2 * MINUTE)
    await later.watcher.start()
    await later.watcher.settled()
    await later.pass(MINUTE)
    expect(posting.titles).toEqual([BAN])
    expect(posting.requests).toEqual(['send', 'find', 'edit'])
  })

  test('is sent again if it is not there', async () => {
    const { ban, posting, again } = await openFeed()
    posting.next = [{ type: 'unknown' }]
    await ban(1)
    const later = again()
    later.clock.advance(2 * MINUTE)
    await later.watcher.start()
    await later.watcher.settled()
    expect(posting.titles).toEqual([BAN])
    expect(posting.requests).toEqual(['send', 'find', 'send'])
  })

  test('is sent again where Custos may not look for it', async () => {
    const { ban, posting, again } = await openFeed()
    posting.next = [{ type: 'unknown' }]
    posting.found = { type: 'unreadable' }
    await ban(1)
    const later = again()
    later.clock.advance(2 * MINUTE)
    await later.watcher.start()
    await later.watcher.settled()
    expect(posting.titles).toEqual([BAN])
    expect(posting.requests).toEqual(['send', 'find', 'send'])
  })

  test('is not sent again before Discord says whether it is there', async () => {
    const { ban, posting, again } = await openFeed()
    posting.next = [{ type: 'unknown' }]
    posting.found = { type: 'unknown' }
    await ban(1)
    const later = again()
    later.clock.advance(2 * MINUTE)
    await later.watcher.start()
    await later.pass(5 * MINUTE)
    expect(posting.titles).toEqual([])
    posting.found = undefined
    await later.pass(5 * MINUTE)
    expect(posting.titles).toEqual([`Late: ${BAN}`])
  })

  test('that was refused for lack of Embed Links is looked for, because a part of it may be there', async () => {
    const { ban, pass, posting } = await openFeed()
    posting.next = [{ type: 'refused', obstacle: { type: 'permissions', permissions: ['EmbedLinks'] } }]
    await ban(1)
    await pass(HOUR, MINUTE)
    expect(posting.requests).toEqual(['send', 'tell', 'find', 'send'])
  })

  test('that Discord does not accept is replaced by one that says so, and the next one is posted', async () => {
    const { ban, log, pass, posting, metrics } = await openFeed()
    posting.next = [{ type: 'invalid' }]
    await ban(1)
    await pass(SECOND)
    await ban(1)
    expect(posting.titles).toEqual(['Something happened that Custos could not show here', BAN])
    expect(log.times('Discord does not accept a post; another one says so in its place.')).toBe(1)
    expect(metrics.counts).toEqual([
      ['custos_posts_total', 'feed', 'invalid', 1],
      ['custos_posts_total', 'feed', 'sent', 1],
      ['custos_posts_total', 'feed', 'sent', 1],
    ])
  })
})

test('what is on its way when Custos stops is waited for, and nothing more is sent', async () => {
  const here = await openFeed()
  const slow = Promise.withResolvers<void>()
  here.posting.slow = slow.promise
  const banned = here.ban(1)
  await expect.poll(() => here.posting.requests).toEqual(['send'])
  here.stop()
  slow.resolve()
  await banned
  await here.ban(1)
  expect(here.posting.requests).toEqual(['send'])
  expect(await here.archive.newestPosts(here.guildId, 1, 5)).toMatchObject([{ delivery: { type: 'sent' } }])
  const later = here.again()
  await later.watcher.start()
  await later.watcher.settled()
  expect(here.posting.titles).toEqual([BAN, BAN])
})

describe('a feed without bots', () => {
  const open = async (given = archive) => {
    const here = openWatcher(given)
    await here.watcher.start()
    await here.add({ type: 'feed', filter: { withoutBots: true } })
    return here
  }
  /** The log names a user. */
  const name = (here: Awaited<ReturnType<typeof open>>, id: string, type: 'user' | 'bot') => {
    const { archive: watched, guildId } = here
    const names = [observationOf({ id, type, name: 'Somebody' })]
    return watched.record([{ guildId, from: 'rest', entries: [], names }])
  }

  test('reads who made an entry before it posts the first one, and leaves out a bot', async () => {
    const here = await open()
    here.pages.answer = async () => void (await name(here, '77', 'bot'))
    await here.ban(1, '77')
    await here.pass(5 * SECOND, 250)
    await here.ban(1, '77')
    await here.pass(5 * SECOND, 250)
    expect(here.posting.titles).toEqual([])
    expect(here.lookups).toEqual([here.guildId])
  })

  test('leaves out a bot that becomes known while its first entry is read', async () => {
    const arrivals: Archive['arrivals'] = async (...parameters) => {
      const read = await archive.arrivals(...parameters)
      if (read.length > 0) await name(here, '76', 'bot')
      return read
    }
    const here = await open({ ...archive, arrivals })
    await here.ban(1, '76')
    await here.pass(5 * SECOND, 250)
    expect(here.posting.titles).toEqual([])
  })

  test('posts the first entry of a moderator as soon as the log has named them', async () => {
    const here = await open()
    here.pages.answer = async () => void (await name(here, '78', 'user'))
    await here.ban(1, '78')
    expect(here.posting.titles).toEqual([])
    await here.pass(500, 250)
    expect(here.posting.titles).toEqual([BAN])
    expect(here.lookups).toEqual([here.guildId])
  })

  test('posts an entry whose maker the log does not name', async () => {
    const here = await open()
    await here.ban(1, '79')
    await here.pass(500, 250)
    expect(here.posting.titles).toEqual([BAN])
    expect(here.lookups).toEqual([here.guildId])
  })

  test('waits a few seconds at most if the log cannot be read', async () => {
    const here = await open()
    here.pages.answer = () => new Promise(() => {})
    await here.ban(1, '79')
    await here.pass(2750, 250)
    await here.ban(1, '80')
    expect(here.posting.titles).toEqual([])
    await here.pass(500, 250)
    expect(here.posting.titles).toEqual(['2 actions'])
    expect(here.lookups).toEqual([here.guildId])
  })
})

describe('where nothing can be posted', () => {
  const toldOf = ({ posting }: Awaited<ReturnType<typeof openFeed>>) =>
    posting.told.map(({ message }) => message.embeds[0]?.title)

  test('the feed is paused, the member who set it is told once, and it is tried again every hour', async () => {
    const { ban, clock, log, pass, posting, watch } = await openFeed()
    posting.next = [NO_CHANNEL, NO_CHANNEL]
    await ban(1)
    const since = clock.now()
    const paused = { obstacle: { type: 'channel' }, since, isTold: true }
    expect(await watch()).toMatchObject({ paused: { ...paused, isTold: false } })
    await pass(5 * SECOND)
    expect(await watch()).toMatchObject({ paused })
    await pass(HOUR + SECOND, MINUTE)
    expect(await watch()).toMatchObject({ paused })
    expect(posting.requests).toEqual(['send', 'tell', 'send'])
    expect(posting.told).toMatchObject([{ userId: '7' }])
    await pass(HOUR, MINUTE)
    expect((await watch())?.paused).toBeUndefined()
    expect(posting.titles).toEqual([`Late: ${BAN}`])
    expect(log.times('A feed, alert or digest can post again.')).toBe(1)
  })

  test('what comes meanwhile is posted when something changes in the guild', async () => {
    const { ban, guildId, pass, posting, watcher } = await openFeed()
    posting.next = [NO_CHANNEL]
    await ban(1)
    await pass(MINUTE)
    await ban(20)
    watcher.guildChanged(guildId)
    await pass(SECOND)
    expect(posting.titles).toEqual([BAN, '⚠️ 20 actions in 1 second'])
  })

  test('changes in the guild are tried soon, but not each of them', async () => {
    const { ban, guildId, pass, posting, watcher } = await openFeed()
    posting.next = Array(20).fill(NO_CHANNEL)
    await ban(1)
    for (let second = 0; second < 30; second++) {
      watcher.guildChanged(guildId)
      await pass(SECOND)
    }
    expect(posting.requests.filter((request) => request === 'send')).toHaveLength(4)
  })

  test('a change that comes while the refusal is on its way is not lost', async () => {
    const { ban, guildId, pass, posting, watcher } = await openFeed()
    const send = posting.send.bind(posting)
    const slow = Promise.withResolvers<void>()
    posting.send = async (...parameters) => {
      const result = await send(...parameters)
      await slow.promise
      return result
    }
    posting.next = [NO_CHANNEL]
    const banned = ban(1)
    await expect.poll(() => posting.requests).toEqual(['send'])
    watcher.guildChanged(guildId)
    slow.resolve()
    await banned
    await pass(10 * SECOND)
    expect(posting.titles).toEqual([BAN])
  })

  test('of all that is paused in a channel, the member who set it is told once, also after a restart', async () => {
    const here = await openFeed()
    await here.add({ type: 'feed', filter: {} })
    await here.add({ type: 'feed', filter: {} }, '6')
    here.posting.next = Array(20).fill(NO_CHANNEL)
    await here.ban(1)
    expect(here.posting.told).toEqual([])
    await here.pass(10 * SECOND)
    expect(toldOf(here).toSorted()).toEqual(['2 of your feeds are paused', 'Your feed 3 is paused'])
    const later = here.again()
    await later.watcher.start()
    await later.pass(2 * HOUR, MINUTE)
    expect(here.posting.told).toHaveLength(2)
  })

  test('a member who was told is told of what is paused in that channel later when an hour is over', async () => {
    const here = await openFeed()
    here.posting.next = [NO_CHANNEL]
    await here.ban(1)
    await here.pass(MINUTE)
    await here.add({ type: 'feed', filter: {} })
    here.posting.next = Array(20).fill(NO_CHANNEL)
    await here.ban(1)
    await here.pass(58 * MINUTE, SECOND)
    expect(toldOf(here)).toEqual(['Your feed 1 is paused'])
    await here.pass(3 * MINUTE)
    expect(toldOf(here)).toEqual(['Your feed 1 is paused', 'Your feed 2 is paused'])
  })

  test('a direct message that is slow does not keep the feed from going on', async () => {
    const here = await openFeed()
    const slow = Promise.withResolvers<void>()
    here.posting.slowTell = slow.promise
    here.posting.next = [NO_CHANNEL]
    await here.ban(1)
    here.clock.advance(5 * SECOND)
    await expect.poll(() => here.posting.requests).toEqual(['send', 'tell'])
    here.clock.advance(10 * SECOND)
    here.watcher.guildChanged(here.guildId)
    await expect.poll(() => here.posting.titles).toEqual([BAN])
    slow.resolve()
    await here.watcher.settled()
    expect((await here.watch())?.paused).toBeUndefined()
  })

  test('nobody is told of what was removed meanwhile', async () => {
    const here = await openFeed()
    here.posting.next = [NO_CHANNEL]
    await here.ban(1)
    await here.remove(1)
    await here.pass(MINUTE)
    expect(here.posting.told).toEqual([])
  })

  test('nobody is told of posts that were refused because Custos was removed from the guild', async () => {
    const here = await openFeed()
    here.posting.next = [NO_CHANNEL]
    await here.ban(1)
    here.watcher.guildRemoved(here.guildId)
    await here.pass(2 * HOUR, MINUTE)
    here.watcher.guildAvailable(here.guildId)
    await here.pass(SECOND)
    expect(here.posting.requests).toEqual(['send', 'send'])
    expect((await here.watch())?.paused).toBeUndefined()
  })

  test('a guild that Custos was removed from is left alone until it is back', async () => {
    const { ban, guildId, pass, posting, watcher } = await openFeed()
    watcher.guildRemoved(guildId)
    await ban(1)
    expect(posting.requests).toEqual([])
    watcher.guildAvailable(guildId)
    await pass(SECOND)
    expect(posting.titles).toEqual([BAN])
  })

  test('nothing is edited in a guild that Custos was removed from, until it is back', async () => {
    const { ban, guildId, pass, posting, watcher } = await openFeed()
    await ban(20)
    watcher.guildRemoved(guildId)
    await pass(10 * MINUTE, 10 * SECOND)
    expect(posting.requests).toEqual(['send'])
    watcher.guildAvailable(guildId)
    await pass(SECOND)
    expect(posting.requests).toEqual(['send', 'edit'])
  })
})

test('while the archive is out of reach, nothing is lost: it is tried again', async () => {
  let isOut = false
  const fail = () => Promise.reject(new ArchiveUnavailable('It is away.', 'unreachable'))
  const saveProgress: Archive['saveProgress'] = (...parameters) =>
    isOut ? fail() : archive.saveProgress(...parameters)
  const { ban, log, pass, posting } = await openFeed({ ...archive, saveProgress })
  isOut = true
  await ban(1)
  expect(posting.requests).toEqual([])
  isOut = false
  await pass(5 * SECOND)
  expect(posting.titles).toEqual([BAN])
  expect(log.times('A feed, alert or digest could not go on; it is tried again.')).toBe(1)
})

test('what was stored although the archive said that it failed is not posted again', async () => {
  let failures = 0
  const saveProgress: Archive['saveProgress'] = async (...parameters) => {
    const isStored = await archive.saveProgress(...parameters)
    if (failures-- > 0) return Promise.reject(new ArchiveUnavailable('It is away.', 'unreachable'))
    return isStored
  }
  const { ban, clock, pass, posting } = await openFeed({ ...archive, saveProgress })
  for (const lost of [1, 2, 3]) {
    failures = lost
    await ban(1)
    await ban(1)
    clock.advance(2 * MINUTE)
    await pass(MINUTE, SECOND)
  }
  const shown = [...posting.messages.values()].map(({ message }) => message.embeds[0]?.title)
  expect(shown).toEqual([BAN, BAN, BAN, BAN, BAN, BAN])
})

test('a feed that was stored although the archive said that it failed posts', async () => {
  let failures = 1
  const addWatch: Archive['addWatch'] = async (...parameters) => {
    const watch = await archive.addWatch(...parameters)
    if (failures-- > 0) return Promise.reject(new ArchiveUnavailable('It is away.', 'unreachable'))
    return watch
  }
  const here = openWatcher({ ...archive, addWatch })
  await here.watcher.start()
  await expect(here.add(FEED)).rejects.toThrow('It is away.')
  await here.ban(1)
  await here.pass(10 * SECOND)
  await expect.poll(() => here.posting.titles).toEqual([BAN])
})

test('after a start, only those are planned that may have something to do although nothing has arrived', async () => {
  const here = openWatcher(archive)
  await here.watcher.start()
  for (const definition of [FEED, ALERT, UNREADABLE, DIGEST]) await here.add(definition)
  const later = here.again()
  await later.watcher.start()
  await later.watcher.settled()
  expect(new Set(later.planned)).toEqual(new Set([UNREADABLE, DIGEST]))
})

test('watches that cannot be read at the start are read again', async () => {
  const first = await openFeed()
  let failures = 2
  const allWatches: Archive['allWatches'] = () =>
    failures-- > 0
      ? Promise.reject(new ArchiveUnavailable('It is away.', 'unreachable'))
      : archive.allWatches()
  const { ban, clock, log, posting, watcher } = openWatcher(
    { ...archive, allWatches },
    first.clock,
    first.posting,
    first.guildId,
  )
  const started = watcher.start()
  await clock.sleepThrough(5 * SECOND)
  await clock.sleepThrough(10 * SECOND)
  await started
  expect(log.times('The feeds, alerts and digests could not be read; they are read again.')).toBe(2)
  await ban(1)
  expect(posting.titles).toEqual([BAN])
})
