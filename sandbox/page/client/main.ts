import './style/page.css'
import './default-avatars.ts'
import './discord-components.ts'
import './live-time.ts'
import './select-menu.ts'
import { render } from 'lit'
import { App } from './app.ts'
import type { OpenDialog } from './open-dialog.ts'
import type { OpenMenu } from './open-menu.ts'
import { typeAnywhere } from './type-anywhere.ts'
import { showDialog } from './views/dialog.ts'
import { placeMenu } from './views/menu.ts'
import { shell } from './views/shell.ts'

function start(root: HTMLElement): void {
  let placed: OpenMenu | undefined
  let shown: OpenDialog | undefined
  const app = new App(() => {
    render(shell(app), root)
    app.composer.afterRender()
    if (app.menu && app.menu !== placed) placeMenu(app.menu)
    placed = app.menu
    if (app.dialog && app.dialog !== shown) showDialog()
    shown = app.dialog
  })
  app.start()
  typeAnywhere(app)
}

const root = document.querySelector<HTMLElement>('#page')
if (root) start(root)
