import { render } from 'lit'
import type { RequestResult } from '../protocol.ts'
import type { StateUpdate, UsedCommand } from '../state/page-state.ts'
import { Composer } from './composer/composer.ts'
import { LiveState, TICK } from './live-state.ts'
import { sendRequest } from './send-request.ts'
import { type OpenMenu, settleMenu } from './views/menu.ts'
import { shell } from './views/shell.ts'

export type Theme = 'dark' | 'light'

/** Something the member's own client says, and nobody else sees. */
export interface Notice {
  readonly id: string
  readonly channel: string
  readonly at: number
  readonly used: UsedCommand | undefined
  readonly why: string
}

/** The page: what it knows, what is open on it, and what its reader does. */
export class App {
  readonly state = new LiveState()
  readonly composer: Composer
  /** Whom the reader is, and which channel they look at. */
  as = ''
  channel = ''
  theme: Theme
  /** What is slid in where there is no room beside the conversation. */
  drawer: 'channels' | 'side' | undefined
  side: 'backstage' | 'members' = 'backstage'
  menu: OpenMenu | undefined
  notices: readonly Notice[] = []
  /** Whether the sandbox answers. */
  isConnected = false
  readonly dismissed = new Set<string>()
  /** Messages with a button or menu that got no answer. */
  readonly failed = new Set<string>()
  readonly #root: HTMLElement
  #feed: EventSource | undefined
  #isStale = false
  #settled: OpenMenu | undefined

  constructor(root: HTMLElement) {
    this.#root = root
    this.composer = new Composer(this)
    const stored = localStorage.getItem('theme')
    const prefersLight = matchMedia('(prefers-color-scheme: light)').matches
    this.theme = stored === 'light' || stored === 'dark' ? stored : prefersLight ? 'light' : 'dark'
  }

  start(): void {
    this.#dress()
    this.switchTo(new URLSearchParams(location.hash.slice(1)).get('as') ?? '')
    setInterval(() => this.update(), TICK)
  }

  /** Shows anew what has changed, once the current task is done. */
  update(): void {
    if (this.#isStale) return
    this.#isStale = true
    queueMicrotask(() => {
      this.#isStale = false
      this.#show()
    })
  }

  /** Becomes another member; the first of those it is worth being where none is named. */
  switchTo(memberId: string): void {
    this.as = memberId
    if (memberId !== '') history.replaceState(null, '', `#as=${memberId}`)
    this.state.clear()
    this.notices = []
    this.failed.clear()
    this.composer.clear()
    this.#feed?.close()
    this.#feed = new EventSource(`/feed?as=${memberId}`)
    this.#feed.onopen = () => this.#connection(true)
    this.#feed.onerror = () => this.#connection(false)
    this.#feed.onmessage = ({ data }: MessageEvent<string>) => {
      const news: StateUpdate[] = JSON.parse(data)
      this.#hear(news)
    }
    this.update()
  }

  open(channel: string): void {
    this.channel = channel
    this.drawer = undefined
    this.update()
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    localStorage.setItem('theme', theme)
    this.#dress()
    this.update()
  }

  get seat(): { as: string; channel: string } {
    return { as: this.as, channel: this.channel }
  }

  /** Says something to the reader, in the channel they look at. */
  notify(why: string, used?: UsedCommand): void {
    const id = `notice-${crypto.randomUUID()}`
    this.notices = [...this.notices, { id, channel: this.channel, at: this.state.now(), used, why }]
    this.update()
  }

  /** Uses a menu of a member or message. */
  async useMenu(of: 'user' | 'message', name: string, target: string): Promise<void> {
    const asked = { ...this.seat, name, target }
    const answer = await sendRequest(of === 'user' ? 'menuOnUser' : 'menuOnMessage', asked)
    if (answer.type === 'done') return
    const used: UsedCommand = { by: this.as, command: name, of, target: of === 'user' ? target : undefined }
    this.notify(failureText(answer), used)
  }

  /** Uses a button or menu of a message. */
  async use(message: string, using: { label: string } | { value: string }): Promise<void> {
    this.failed.delete(message)
    const answer =
      'label' in using
        ? await sendRequest('button', { ...this.seat, message, ...using })
        : await sendRequest('choice', { ...this.seat, message, ...using })
    if (answer.type !== 'done') this.failed.add(message)
    this.update()
  }

  #hear(news: readonly StateUpdate[]): void {
    for (const update of news) this.state.apply(update)
    const { guild } = this.state
    if (guild && !this.state.member(this.as)) this.as = guild.suggestedMembers[0]?.id ?? ''
    if (guild && !this.state.channel(this.channel)) this.channel = guild.channels[0]?.id ?? ''
    this.update()
  }

  #connection(isConnected: boolean): void {
    this.isConnected = isConnected
    this.update()
  }

  #dress(): void {
    document.documentElement.dataset.theme = this.theme
  }

  #show(): void {
    render(shell(this), this.#root)
    this.composer.afterShow()
    if (this.menu && this.menu !== this.#settled) settleMenu(this.menu)
    this.#settled = this.menu
  }
}

export function failureText(answer: RequestResult): string {
  return answer.type === 'wrong' ? answer.why : 'The application did not respond'
}
