import './style/page.css'
import './defaults.ts'
import './components.ts'
import './select.ts'
import { App } from './app.ts'

const root = document.querySelector<HTMLElement>('#page')
if (root) new App(root).start()
