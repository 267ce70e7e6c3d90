import { PermissionFlagsBits as May, OverwriteType } from 'discord-api-types/v10'
import * as members from '../../sandbox/actions/members.ts'
import * as messages from '../../sandbox/actions/messages.ts'
import * as overwrites from '../../sandbox/actions/overwrites.ts'
import { overwrite } from '../../sandbox/world/channels.ts'
import { openScene, type PostScene } from './post-scene.ts'
import { raiders } from './raiders.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** What a feed of everything posts. */
export async function feedPosts(): Promise<string[]> {
  const here = await openScene()
  return [
    '### What a feed posts',
    'A new entry is posted at once. **Details** shows all of it, to those who may use `/audit`:',
    await single(here),
    'Entries of the same moment are one post, and its menu shows the details of each:',
    await several(here),
    'More than ten at the same time are a flood, and so are more than five posts in half a minute: one post, which is ' +
      'edited while it goes on …',
    ...(await flood(here)),
    'Discord adds later deletes to an entry that it has already sent. The number in the post grows with it:',
    await grown(here),
    'What happened while Custos was not running, or could not reach Discord, is posted late …',
    await late(here),
    '… and as one summary if it is more than ten entries:',
    await away(here),
    'A feed that cannot post is paused. The member who set it gets a direct message, and the list says why. When it can ' +
      'post again, it posts what happened in the meantime:',
    await paused(here),
  ]
}

async function single(here: PostScene): Promise<string> {
  members.kick(here.actor(1), memberId(here, 0), 'Advertising in #help, after a warning')
  return here.post('Member Kick', 10 * SECOND)
}

async function several(here: PostScene): Promise<string> {
  await here.rest(5 * MINUTE)
  const [first, ...others] = bans(here, 4)
  first?.()
  await here.post('Member Ban Add', 2 * SECOND)
  await here.happen(150, ...others)
  return here.post('3 actions', 10 * SECOND)
}

/** While it goes on, and afterwards. */
async function flood(here: PostScene): Promise<string[]> {
  await here.rest(5 * MINUTE)
  const [first, ...others] = bans(here, 41)
  const [channel = ''] = here.town.channels
  first?.()
  await here.post('Member Ban Add', 2 * SECOND)
  await here.happen(400, ...others.slice(0, 24))
  const open = await here.post('24 actions', 10 * SECOND)
  await here.happen(900, ...others.slice(24), () => messages.bulkDelete(here.actor(1), channel, 38, 'Raid'))
  await here.post('41 actions', 10 * SECOND)
  await here.rest(50 * SECOND)
  return [open, '… and says when it is over:', await here.post('It is over', MINUTE)]
}

async function grown(here: PostScene): Promise<string> {
  await here.rest(5 * MINUTE)
  const [channel = ''] = here.town.channels
  const remove = () => messages.deleteMessage(here.actor(1), channel, memberId(here, 1))
  remove()
  await here.post('deleted a message', 10 * SECOND)
  await here.happen(SECOND, remove, remove, remove, remove)
  await here.rest(MINUTE)
  return here.post('deleted 5 messages', MINUTE)
}

async function late(here: PostScene): Promise<string> {
  const { clock } = here
  await here.stopBot()
  members.kick(here.actor(2), memberId(here, 2), 'Spam')
  clock.advance(10 * MINUTE)
  members.timeout(here.actor(3), memberId(here, 3), clock.now() + HOUR, 'Insults')
  clock.advance(2 * HOUR)
  await here.startBot()
  return here.post('Late: 2 actions', MINUTE)
}

async function away(here: PostScene): Promise<string> {
  await here.stopBot()
  for (const ban of bans(here, 17)) {
    ban()
    here.clock.advance(11 * MINUTE)
  }
  await here.startBot()
  return here.post('while Custos could not post', MINUTE)
}

async function paused(here: PostScene): Promise<string> {
  await here.rest(HOUR)
  const denied = overwrite(here.town.bot.id, OverwriteType.Member, 0n, May.SendMessages)
  const isPaused = () =>
    here.log.times('A feed, alert or digest cannot post in its channel; it is paused until it can.') > 0
  overwrites.setOverwrite(here.actor(0), here.modLog, denied)
  await here.within(MINUTE, isPaused)
  here.clock.advance(2 * HOUR)
  return here.type('/custos feed list')
}

/** Bans of new members, by two moderators. */
function bans(here: PostScene, count: number): (() => void)[] {
  return raiders(here, count).map(
    (raider, index) => () =>
      members.ban(here.actor(index % 3 === 0 ? 2 : 1), raider, 'Raid account, created today'),
  )
}

function memberId({ town }: PostScene, index: number): string {
  return town.members[index]?.id ?? ''
}
