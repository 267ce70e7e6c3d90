import { describe, expect, test } from 'vitest'
import * as members from '../../../sandbox/actions/members.ts'
import type { Town } from '../../../sandbox/town/town.ts'
import { READ } from '../../support/log-messages.ts'
import { type OpenCustos, openCustos } from '../../support/open-custos.ts'
import { entryIdsOf, fieldOf } from '../../support/read.ts'

const sessions = ({ discord, town }: OpenCustos) => discord.gateway.sessionsOf(town.bot.id)

/** Resolves once the bot has a session on another connection than before. */
async function reconnected(here: OpenCustos, before: readonly unknown[]): Promise<void> {
  const isBack = () =>
    sessions(here).some(({ socket }) => socket?.readyState === 1 && !before.includes(socket))
  while (!isBack()) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** Disturbs the connection, and expects the bot to reconnect and to reply with what it missed. */
async function survives(here: OpenCustos, disturb: (here: OpenCustos) => void): Promise<void> {
  const before = sessions(here).map(({ socket }) => socket)
  disturb(here)
  members.kick(here.actor(0), here.town.members[0]?.id ?? '')
  await reconnected(here, before)
  const { message } = await here.moderator.command('audit recent')
  expect(entryIdsOf(message)[0]).toBe(here.town.guild.log.since().at(-1)?.id)
  expect(here.log.lines.filter(({ level }) => level === 'error')).toEqual([])
}

describe.concurrent('frames that concern the connection', () => {
  const hellos: readonly (readonly [unknown])[] = [
    [null],
    ['hello'],
    [[]],
    [{ heartbeat_interval: null }],
    [{ heartbeat_interval: 0 }],
    [{ heartbeat_interval: -1 }],
    [{ heartbeat_interval: 1e300 }],
  ]
  test.for(hellos)('a HELLO with %j is accepted', async ([hello], { onTestFinished }) => {
    const here = await openCustos({}, onTestFinished)
    await here.log.waitFor(READ)
    here.discord.gateway.hello = hello
    await survives(here, ({ discord }) => discord.gateway.dropConnections())
    await survives(here, ({ discord }) => discord.gateway.dropConnections())
    expect(here.discord.gateway.heartbeats).toBeLessThan(5)
  })

  test('the very first HELLO may be malformed too', async ({ onTestFinished }) => {
    const prepare = ({ discord }: Town) => {
      discord.gateway.hello = null
    }
    const here = await openCustos({ prepare }, onTestFinished)
    await here.log.waitFor(READ)
    const { message } = await here.moderator.command('audit status')
    expect(fieldOf(message, 'Live')).toMatch(/^yes/)
  })

  const invalids: readonly (readonly [unknown])[] = [[null], ['true'], [{}], [undefined]]
  test.for(invalids)(
    'an INVALID_SESSION with %j starts a new session',
    async ([data], { onTestFinished }) => {
      const here = await openCustos({}, onTestFinished)
      await here.log.waitFor(READ)
      here.discord.gateway.invalidSession = data
      await survives(here, ({ discord }) => discord.gateway.invalidate())
    },
  )

  const repeated: readonly (readonly [string, (here: OpenCustos) => void])[] = [
    ['RECONNECT', ({ discord }) => discord.gateway.requestReconnect()],
    ['INVALID_SESSION', ({ discord }) => discord.gateway.invalidate()],
    [
      'an INVALID_SESSION that can be resumed',
      ({ discord }) => {
        discord.gateway.invalidSession = true
        discord.gateway.invalidate()
      },
    ],
  ]
  test.for(repeated)('%s sent three times at once reconnects once', async ([, send], { onTestFinished }) => {
    const here = await openCustos({}, onTestFinished)
    await here.log.waitFor(READ)
    const before = here.discord.gateway.connections
    await survives(here, () => {
      for (let times = 0; times < 3; times++) send(here)
    })
    expect(here.discord.gateway.connections - before).toBe(1)
  })

  test('invalid UTF-8 ends the connection, and the session is resumed', async ({ onTestFinished }) => {
    const here = await openCustos({}, onTestFinished)
    await here.log.waitFor(READ)
    await survives(here, () => {
      for (const { socket } of sessions(here)) socket?.send(new Uint8Array([0xff, 0xfe]), { binary: false })
    })
    expect(sessions(here)).toHaveLength(1)
  })

  test('a READY that cannot be parsed starts no session, and the next one does', async ({
    onTestFinished,
  }) => {
    const prepare = ({ discord: { gateway } }: Town) => {
      gateway.alterReady = (ready) => {
        gateway.alterReady = (next) => ({
          ...next,
          resume_gateway_url: 'nowhere',
          guilds: [null],
          user_settings: null,
        })
        // Otherwise the bot would wait 15 seconds for another READY.
        setImmediate(() => gateway.dropConnections())
        return { ...ready, user: null }
      }
    }
    const here = await openCustos({ prepare }, onTestFinished)
    await here.log.waitFor('Dropped a gateway event.')
    await here.log.waitFor(READ)
    await survives(here, ({ discord }) => discord.gateway.dropConnections())
  })
})
