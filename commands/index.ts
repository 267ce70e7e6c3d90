import type { Command, MenuCommand } from '../src/command/command.ts'
import type { Component } from '../src/command/component.ts'
import { activity } from './audit/activity.ts'
import { deletes } from './audit/deletes.ts'
import { entry } from './audit/entry.ts'
import { exported } from './audit/export.ts'
import { actionsByMenu, actionsOnMenu, deletesSinceMenu } from './audit/menu-commands.ts'
import { recent } from './audit/recent.ts'
import { repeats } from './audit/repeats.ts'
import { status } from './audit/status.ts'
import { target } from './audit/target.ts'
import { user } from './audit/user.ts'
import { allChannelsButton } from './components/all-channels-button.ts'
import { cancelButton } from './components/cancel-button.ts'
import { confirmButton, eraseButton } from './components/confirm-button.ts'
import { diffButton } from './components/diff-button.ts'
import { entryMenu } from './components/entry-menu.ts'
import { goToButton, goToPageButton } from './components/go-to-button.ts'
import { historyMenu } from './components/history-menu.ts'
import { narrowButton } from './components/narrow-button.ts'
import { nearbyButton, sameExecutorButton, sameTargetButton } from './components/navigation-buttons.ts'
import { pageButton } from './components/page-button.ts'
import { postEntryButton } from './components/posts/post-entry-button.ts'
import { postListButton } from './components/posts/post-list-button.ts'
import { postReportButton } from './components/posts/post-report-button.ts'
import { throughBotsButton } from './components/through-bots-button.ts'
import { windowButton } from './components/window-button.ts'
import { alertAdd } from './custos/alert-add.ts'
import { digestAdd } from './custos/digest-add.ts'
import { feedAdd } from './custos/feed-add.ts'
import { forget } from './custos/forget.ts'
import { settings } from './custos/settings.ts'
import { watchList } from './custos/watch-list.ts'
import { watchRemove } from './custos/watch-remove.ts'

/** The slash commands that Discord registers and Custos answers. */
export const commands: readonly Command[] = [
  {
    name: 'audit',
    description: 'Who did what to whom, when and why',
    permission: 'ViewAuditLog',
    subcommands: [recent, user, target, deletes, activity, repeats, entry, exported, status],
  },
  {
    name: 'custos',
    description: 'Manage Custos in this server: its settings, and what it stores',
    permission: 'ManageGuild',
    subcommands: [settings, forget],
    groups: [
      {
        name: 'feed',
        description: 'Post new entries of the audit log in a channel',
        subcommands: [feedAdd, watchList('feed'), watchRemove('feed')],
      },
      {
        name: 'alert',
        description: 'Warn in a channel when something is done often within a short time',
        subcommands: [alertAdd, watchList('alert'), watchRemove('alert')],
      },
      {
        name: 'digest',
        description: 'Report in a channel who did what in each day, week or month',
        subcommands: [digestAdd, watchList('digest'), watchRemove('digest')],
      },
    ],
  },
]

export const menuCommands: readonly MenuCommand[] = [actionsByMenu, actionsOnMenu, deletesSinceMenu]

/** The buttons and select menus under answers and posts. */
export const components: readonly Component[] = [
  pageButton,
  goToButton,
  goToPageButton,
  entryMenu,
  windowButton,
  historyMenu,
  throughBotsButton,
  narrowButton,
  nearbyButton,
  sameExecutorButton,
  sameTargetButton,
  diffButton,
  confirmButton,
  allChannelsButton,
  eraseButton,
  cancelButton,
  postEntryButton,
  postListButton,
  postReportButton,
]
