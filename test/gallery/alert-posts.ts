import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import * as members from '../../sandbox/actions/members.ts'
import * as roles from '../../sandbox/actions/roles.ts'
import { typed } from './page.ts'
import { openScene, type PostScene } from './post-scene.ts'
import { raiders } from './raiders.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The index of the moderator whose account is taken over. */
const IVAN = 8

/** What alerts post. */
export async function alertPosts(): Promise<string[]> {
  const here = await openScene({
    feed: false,
    prepare: ({ guild, roles: { moderator } }) =>
      guild.roles.set(moderator.id, { ...moderator, mentionable: true }),
  })
  const alerts = [
    'action:Mass bans & kicks ping:@Moderator',
    'action:Dangerous permission given',
    'action:Custos can no longer read the log',
  ]
  for (const alert of alerts) {
    const preview = await typed(here, `/custos alert add to:#mod-log ${alert}`)
    await here.moderator.click(preview, 'Set this alert')
  }
  return [
    '### What an alert posts',
    'With `action:Mass bans & kicks ping:@Moderator`, while somebody bans, within five seconds. A burst is one post, which ' +
      'is edited while it goes on …',
    ...(await burst(here)),
    'With `action:Dangerous permission given`:',
    await grant(here),
    'With `action:Custos can no longer read the log`, after somebody took *View Audit Log* from Custos:',
    await unreadable(here),
  ]
}

/** While it goes on, and afterwards. */
async function burst(here: PostScene): Promise<string[]> {
  await here.rest(HOUR)
  const ivan = here.actor(IVAN)
  const bans = raiders(here, 26).map((raider) => () => members.ban(ivan, raider))
  await here.happen(2 * SECOND, ...bans.slice(0, 12))
  await here.post('12 bans', 10 * SECOND)
  members.kick(ivan, here.town.members[0]?.id ?? '')
  // By now, Custos knows the names of those who were banned.
  const open = await here.post('13 bans & kicks', 10 * SECOND)
  await here.happen(2 * SECOND, ...bans.slice(12))
  await here.post('27 bans & kicks', 10 * SECOND)
  await here.rest(9.5 * MINUTE)
  return [open, '… and says when it is over:', await here.post('it is over', MINUTE)]
}

async function grant(here: PostScene): Promise<string> {
  await here.rest(HOUR)
  const permissions = String(May.Administrator)
  roles.updateRole(here.actor(IVAN), here.town.roles.trusted.id, { permissions })
  return here.post('Dangerous permission', 10 * SECOND)
}

async function unreadable(here: PostScene): Promise<string> {
  const { guild, roles: townRoles } = here.town
  await here.rest(HOUR)
  guild.roles.set(townRoles.custos.id, { ...townRoles.custos, permissions: '0' })
  await here.arrived()
  return here.post('can no longer read', MINUTE)
}
