import './style/page.css'
import './default-avatars.ts'
import './discord-components.ts'
import './select-menu.ts'
import { App } from './app.ts'

const root = document.querySelector<HTMLElement>('#page')
if (root) new App(root).start()
