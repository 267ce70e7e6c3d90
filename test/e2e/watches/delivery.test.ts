import { DatabaseSync } from 'node:sqlite'
import { PermissionFlagsBits as May, OverwriteType } from 'discord-api-types/v10'
import { describe, expect, test, vi } from 'vitest'
import * as channels from '../../../sandbox/actions/channels.ts'
import * as members from '../../../sandbox/actions/members.ts'
import * as overwrites from '../../../sandbox/actions/overwrites.ts'
import type { RestFault } from '../../../sandbox/rest/faults.ts'
import { rateLimitFault } from '../../../sandbox/rest/faults.ts'
import { overwrite } from '../../../sandbox/world/channels.ts'
import type { Message } from '../../../sandbox/world/message.ts'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { archiveUrl, isOnPostgres } from '../../support/archive/archive-url.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenFeed, openFeed } from '../../support/open-feed.ts'
import { textOf } from '../../support/read.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const PAUSED = 'A feed, alert or digest cannot post in its channel; it is paused until it can.'

const MESSAGES = /^\/channels\/\d+\/messages$/

/** A member of the town is kicked for a reason. */
function kick(here: OpenFeed, reason: string, member = 0): void {
  members.kick(here.actor(1), here.town.members[member]?.id ?? '', reason)
}

function reasons(posts: readonly Message[]): string[] {
  return posts.flatMap((post) => [...textOf(post).matchAll(/^> (.*)$/gm)].map(([, reason = '']) => reason))
}

/** The first requests that post fail in these ways, one after the other. */
function failPosts({ discord }: OpenFeed, faults: readonly RestFault[]): () => number {
  let attempts = 0
  discord.fault = (method, path) =>
    method === 'POST' && MESSAGES.test(path) ? faults[attempts++] : undefined
  return () => attempts
}

describe('a post is there once', () => {
  test.each<[string, RestFault]>([
    ['Discord fails', { status: 500 }],
    ['Discord is overloaded', { status: 503 }],
    ['Discord fails after it has the message', { status: 500, isDone: true }],
    ['the connection breaks after Discord has the message', { lost: 'connection', isDone: true }],
    ['Discord does not answer although it has the message', { lost: 'silence', isDone: true }],
    ['a limit is reached', rateLimitFault('user', 0.01)],
    ['Discord does not answer', 'silence'],
  ])('if %s, twice', async (_, fault) => {
    const here = await openFeed()
    const attempts = failPosts(here, [fault, fault])
    kick(here, 'Once')
    await here.until(() => attempts() > 2)
    await here.pass(MINUTE)
    kick(here, 'Next', 1)
    await here.shows('Next')
    expect(reasons(here.posts())).toEqual(['Once', 'Next'])
  })

  test('if Discord has it, and Custos hears of that only after the nonce has expired', async () => {
    const here = await openFeed()
    let isDown = false
    here.discord.fault = (method, path) => {
      if (method !== 'POST' || !MESSAGES.test(path)) return undefined
      if (isDown) return { status: 500 }
      isDown = true
      return { status: 500, isDone: true }
    }
    kick(here, 'Once')
    await here.posted(1)
    await here.pass(10 * MINUTE)
    here.discord.fault = undefined
    kick(here, 'Next', 1)
    await here.shows('Next')
    expect(reasons(here.posts())).toEqual(['Once', 'Next'])
  })

  test('if Discord has it, and cannot be asked for long', async () => {
    const here = await openFeed()
    let isSent = false
    here.discord.fault = (_, path) => {
      if (!MESSAGES.test(path)) return undefined
      if (isSent) return { status: 500 }
      isSent = true
      return { status: 500, isDone: true }
    }
    kick(here, 'Once')
    await here.posted(1)
    for (let minutes = 0; minutes < 40; minutes += 5) await here.pass(5 * MINUTE)
    here.discord.fault = undefined
    kick(here, 'Next', 1)
    await here.shows('Next')
    expect(reasons(here.posts())).toEqual(['Once', 'Next'])
  })

  test('if Discord has it, and Custos cannot view the channel when it looks for it', async () => {
    const here = await openFeed()
    const hide = (denied: bigint) =>
      overwrites.setOverwrite(
        here.actor(0),
        here.modLog,
        overwrite(here.town.bot.id, OverwriteType.Member, May.ViewChannel & ~denied, denied),
      )
    failPosts(here, [{ status: 500, isDone: true }])
    kick(here, 'Once')
    await here.posted(1)
    hide(May.ViewChannel)
    await here.pass(10 * MINUTE)
    await here.until(() => here.log.times(PAUSED) > 0)
    hide(0n)
    kick(here, 'Next', 1)
    await here.shows('Next')
    expect(reasons(here.posts())).toEqual(['Once', 'Next'])
  })

  test('if Custos stops before it hears that Discord has it', async () => {
    const here = await openFeed({ archiveUrl: await archiveUrl() })
    failPosts(here, [{ status: 500, isDone: true }])
    kick(here, 'Once')
    await here.posted(1)
    await here.restart()
    kick(here, 'Next', 1)
    await here.shows('Next')
    expect(reasons(here.posts())).toEqual(['Once', 'Next'])
  })
})

test('a slow channel holds up no other', async () => {
  const here = await openFeed()
  const [other = ''] = here.town.channels
  await here.addFeed({ to: other })
  here.discord.fault = (_, path) => (path.startsWith(`/channels/${here.modLog}/`) ? 'silence' : undefined)
  for (const [index, reason] of ['One', 'Two'].entries()) {
    kick(here, reason, index)
    await here.until(() => reasons(here.posts(other)).includes(reason))
  }
  here.discord.fault = undefined
  await here.shows('Two')
  expect(reasons(here.posts())).toEqual(['One', 'Two'])
})

test.skipIf(isOnPostgres())(
  'while the archive is out of reach, nothing is lost and nothing comes twice',
  async () => {
    const archivePath = archiveFile()
    const here = await openFeed({ archiveUrl: `sqlite:${archivePath}` })
    kick(here, 'One')
    await here.shows('One')
    const other = new DatabaseSync(archivePath)
    await vi.waitFor(() => other.exec('BEGIN EXCLUSIVE'), { timeout: 10_000 })
    kick(here, 'Two', 1)
    await here.log.waitFor('Writing to the archive failed; events are held in memory and written again.')
    kick(here, 'Three', 2)
    other.close()
    await here.shows('Three')
    expect(reasons(here.posts())).toEqual(['One', 'Two', 'Three'])
  },
)

describe('where Custos may not post', () => {
  /** Takes Send Messages from Custos in `#mod-log`, or gives it back. */
  const allow = (here: OpenFeed, isAllowed: boolean) => {
    const [allowed, denied] = isAllowed ? [May.SendMessages, 0n] : [0n, May.SendMessages]
    const member = overwrite(here.town.bot.id, OverwriteType.Member, allowed, denied)
    overwrites.setOverwrite(here.actor(0), here.modLog, member)
  }

  test('the feed waits, tells who set it, and goes on as soon as it may', async () => {
    const here = await openFeed({ feed: { action: 'Member Kick' } })
    allow(here, false)
    kick(here, 'One')
    await here.until(() => here.log.times(PAUSED) > 0)
    const told = () => [...here.discord.conversation.messages.values()].filter(isTold)
    await here.until(() => told().length > 0)
    expect(textOf(told()[0] ?? failed())).toContain('Your feed 1 is paused')
    kick(here, 'Two', 1)
    kick(here, 'Three', 2)
    await here.pass(MINUTE)
    allow(here, true)
    await here.shows('Three')
    expect(reasons(here.posts())).toEqual(['One', 'Two', 'Three'])
    expect(told()).toHaveLength(1)
  })

  test('a feed whose channel is deleted waits, and is not in the way of another', async () => {
    const here = await openFeed({ feed: { action: 'Member Kick' } })
    const [other = ''] = here.town.channels
    await here.addFeed({ to: other, action: 'Member Kick' })
    channels.deleteChannel(here.actor(0), here.modLog)
    kick(here, 'One')
    await here.until(() => here.log.times(PAUSED) > 0)
    expect(reasons(await here.posted(1, other))).toEqual(['One'])
    const paused = here.log.lines.find(({ message }) => message === PAUSED)
    expect(paused?.facts).toMatchObject({ watch: 1, obstacle: 'channel' })
  })

  function isTold(message: Message): boolean {
    return textOf(message).includes('is paused')
  }

  function failed(): never {
    throw new Error('Nobody was told.')
  }
})

describe('what happens while Custos is away', () => {
  test('is posted as late if it is little', async () => {
    const here = await openFeed()
    await here.stopBot()
    for (const [index, reason] of ['One', 'Two', 'Three'].entries()) kick(here, reason, index)
    here.clock.advance(HOUR)
    await here.startBot()
    await here.log.waitFor(READ, 2)
    const post = await here.shows('Three')
    expect(textOf(post)).toMatch(/^Late: 3 actions\n/)
    expect(reasons(here.posts())).toEqual(['One', 'Two', 'Three'])
  })

  test('is one summary if it is much', async () => {
    const here = await openFeed()
    await here.stopBot()
    for (let index = 0; index < 200; index++) {
      const account = here.discord.world.addUser(`account${index}`)
      here.town.guild.addMember(account, [], here.clock.now())
      members.ban(here.actor(1), account.id)
      here.clock.advance(10 * SECOND)
    }
    here.clock.advance(HOUR)
    await here.startBot()
    await here.log.waitFor(READ, 2)
    await here.shows('🕓 200 actions while Custos could not post')
    kick(here, 'Now')
    await here.shows('> Now')
    expect(here.posts()).toHaveLength(2)
  })
})

test('a message that a moderator deletes is not posted again', async () => {
  const here = await openFeed()
  kick(here, 'One')
  const [post] = await here.posted(1)
  here.moderator.delete(post ?? failed())
  await here.shows('Message Delete')
  await here.pass(MINUTE)
  expect(reasons(here.posts())).toEqual([])

  function failed(): never {
    throw new Error('Nothing was posted.')
  }
})

test('hostile names and reasons ping nobody and stay text', async () => {
  const here = await openFeed()
  const account = here.discord.world.addUser('hostile', {
    displayName: '@everyone **x** <@&1> [a](https://b.c)',
  })
  here.town.guild.addMember(account, [], here.clock.now())
  members.ban(here.actor(1), account.id, '@everyone\n# Title\n<@123> `code` ||spoiler||')
  const [post] = await here.posted(1)
  expect(post?.pinged).toEqual([])
  expect(post && textOf(post)).toContain('> \\@everyone \\# Title \\<\\@123\\> \\`code\\`')
})
