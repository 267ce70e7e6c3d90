import type { MessageView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import type { MenuItem } from '../open-menu.ts'
import { sendRequest } from '../send-request.ts'
import { openMenu } from './menu.ts'

/** Opens the menu of a user: the commands of applications, and switching to them. */
export function openMemberMenu(event: Event, id: string, app: App): void {
  openMenu(event, `Menu of ${app.state.nameOf(id)}`, itemsOn(id, app), app)
}

/** Opens the menu of a message, which includes the menu of its author. */
export function openMessageMenu(event: Event, message: MessageView, app: App): void {
  const apps = app.state.menus
    .filter(({ on }) => on === 'message')
    .map(({ name }, index) => ({
      ...(index === 0 && { heading: 'Apps' }),
      label: name,
      choose: () => void app.useMenu('message', name, message.id),
    }))
  const remove: MenuItem = {
    heading: 'Message',
    label: 'Delete message',
    isDestructive: true,
    choose: async () => {
      const result = await sendRequest('remove', { ...app.sender, message: message.id })
      if (result.type === 'rejected') app.notify(result.message)
    },
  }
  const own = message.ephemeral ? [] : [remove]
  openMenu(event, 'Menu of the message', [...apps, ...itemsOn(message.author, app), ...own], app)
}

function itemsOn(id: string, app: App): MenuItem[] {
  const name = app.state.nameOf(id)
  const apps = app.state.menus
    .filter(({ on }) => on === 'user')
    .map((menu, index) => ({
      ...(index === 0 && { heading: `Apps · ${name}` }),
      label: menu.name,
      choose: () => void app.useMenu('user', menu.name, id),
    }))
  const user = app.state.user(id)
  const canSwitch = user && !user.bot && user.group !== undefined && id !== app.as
  const switchItem = { heading: 'Sandbox', label: `Switch to ${name}`, choose: () => app.switchTo(id) }
  return [...apps, ...(canSwitch ? [switchItem] : [])]
}
