import type { MessageView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { sendRequest } from '../send-request.ts'
import { type MenuItem, openMenu } from './menu.ts'

/** What can be done with a member: the commands of applications, and to be them. */
export function openMemberMenu(event: Event, id: string, app: App): void {
  openMenu(event, `Menu of ${app.state.nameOf(id)}`, itemsOn(id, app), app)
}

/** What can be done with a message, and with who wrote it. */
export function openMessageMenu(event: Event, message: MessageView, app: App): void {
  const apps = app.state.menus
    .filter(({ of }) => of === 'message')
    .map(({ name }, index) => ({
      ...(index === 0 && { heading: 'Apps' }),
      label: name,
      choose: () => void app.useMenu('message', name, message.id),
    }))
  const remove: MenuItem = {
    heading: 'Message',
    label: 'Delete message',
    isGrave: true,
    choose: async () => {
      const answer = await sendRequest('remove', { ...app.seat, message: message.id })
      if (answer.type === 'wrong') app.notify(answer.why)
    },
  }
  const own = message.ephemeral ? [] : [remove]
  openMenu(event, 'Menu of the message', [...apps, ...itemsOn(message.author, app), ...own], app)
}

function itemsOn(id: string, app: App): MenuItem[] {
  const name = app.state.nameOf(id)
  const apps = app.state.menus
    .filter(({ of }) => of === 'user')
    .map((menu, index) => ({
      ...(index === 0 && { heading: `Apps · ${name}` }),
      label: menu.name,
      choose: () => void app.useMenu('user', menu.name, id),
    }))
  const person = app.state.member(id)
  const canBe = person && !person.bot && person.group !== undefined && id !== app.as
  const be = { heading: 'Sandbox', label: `Be ${name}`, choose: () => app.switchTo(id) }
  return [...apps, ...(canBe ? [be] : [])]
}
