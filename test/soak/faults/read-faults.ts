import { unknown } from '../../../sandbox/rest/errors.ts'
import { apiErrorFault, type RestFault } from '../../../sandbox/rest/faults.ts'
import type { SoakSetup } from '../soak-setup.ts'
import type { EndFault, Fault } from './fault.ts'

/** An audit log without entries, which Discord once returned by mistake. */
export const EMPTY_LOG: RestFault = {
  status: 200,
  body: JSON.stringify({
    audit_log_entries: [],
    users: [],
    integrations: [],
    webhooks: [],
    guild_scheduled_events: [],
    threads: [],
    application_commands: [],
    auto_moderation_rules: [],
  }),
}

export function failReads(fault: RestFault): Fault {
  return (setup) => {
    setup.readFault = fault
    return () => {
      setup.readFault = undefined
    }
  }
}

/** Discord answers Unknown Guild until it announces the guilds again. */
export function forgetGuilds(setup: SoakSetup): EndFault {
  setup.readFault = apiErrorFault(unknown.guild())
  return () => {
    setup.readFault = undefined
    for (const { id } of setup.guilds) {
      setup.discord.gateway.setAvailable(id, false)
      setup.discord.gateway.setAvailable(id, true)
    }
  }
}

/** Only the next page is empty. */
export function returnEmptyPage(setup: SoakSetup): undefined {
  setup.nextReadFault = EMPTY_LOG
}
