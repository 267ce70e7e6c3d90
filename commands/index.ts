import type { Command, MenuCommand } from '../src/command/command.ts'
import { activity } from './audit/activity.ts'
import { deletes } from './audit/deletes.ts'
import { entry } from './audit/entry.ts'
import { exported } from './audit/export.ts'
import { menus } from './audit/menu-commands.ts'
import { recent } from './audit/recent.ts'
import { repeats } from './audit/repeats.ts'
import { status } from './audit/status.ts'
import { target } from './audit/target.ts'
import { user } from './audit/user.ts'
import { forget } from './custos/forget.ts'

/** What is registered is what runs. */
export const commands: readonly Command[] = [
  {
    name: 'audit',
    description: 'Who did what to whom, when and why',
    permission: 'ViewAuditLog',
    subcommands: [recent, user, target, deletes, activity, repeats, entry, exported, status],
  },
  {
    name: 'custos',
    description: 'What Custos holds of this server',
    permission: 'ManageGuild',
    subcommands: [forget],
  },
]

export const menuCommands: readonly MenuCommand[] = menus
