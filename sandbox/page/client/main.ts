import './style/page.css'
import './default-avatars.ts'
import './discord-components.ts'
import './select-menu.ts'
import { render } from 'lit'
import { App } from './app.ts'
import type { OpenMenu } from './open-menu.ts'
import { placeMenu } from './views/menu.ts'
import { shell } from './views/shell.ts'

function start(root: HTMLElement): void {
  let placed: OpenMenu | undefined
  const app = new App(() => {
    render(shell(app), root)
    app.composer.afterRender()
    if (app.menu && app.menu !== placed) placeMenu(app.menu)
    placed = app.menu
  })
  app.start()
}

const root = document.querySelector<HTMLElement>('#page')
if (root) start(root)
