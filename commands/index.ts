import { deletes } from './audit/deletes.ts'
import { recent } from './audit/recent.ts'
import { user } from './audit/user.ts'
import type { Command } from './command.ts'

/** What is registered is what runs. */
export const commands: readonly Command[] = [
  {
    name: 'audit',
    description: 'Who did what to whom, when and why',
    subcommands: [recent, user, deletes],
  },
]
