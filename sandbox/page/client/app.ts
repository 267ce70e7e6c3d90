import type { RequestResult } from '../protocol.ts'
import type { StateUpdate, UsedCommand } from '../state/page-state.ts'
import { Composer, type PreparedValue } from './composer/composer.ts'
import { FOLLOW_END } from './keep-at-end.ts'
import { LiveState } from './live-state.ts'
import { type OpenDialog, openDialog } from './open-dialog.ts'
import type { OpenMenu } from './open-menu.ts'
import { failureText, sendRequest } from './send-request.ts'
import { applyTheme, initialTheme, storeTheme, type Theme } from './theme.ts'

/** A message from the member's own client, which nobody else sees. */
export interface Notice {
  readonly id: string
  readonly channel: string
  readonly at: number
  readonly used: UsedCommand | undefined
  readonly text: string
}

/** How often the clock of the page is rendered again, in milliseconds. */
const TICK = 1000

/** The state of the page and what its user can do. Rendering is passed in. */
export class App {
  readonly state = new LiveState()
  readonly composer: Composer
  /** The id of the current member. */
  as = ''
  /** The id of the open channel. */
  channel = ''
  theme: Theme = initialTheme()
  /** The panel that is open on a narrow page. */
  drawer: 'channels' | 'side' | undefined
  side: 'sandbox' | 'members' = 'sandbox'
  menu: OpenMenu | undefined
  dialog: OpenDialog | undefined
  notices: readonly Notice[] = []
  /** Whether the sandbox can be reached. */
  isConnected = false
  /** The ids of dismissed messages. */
  readonly dismissed = new Set<string>()
  /** The ids of messages whose button or menu got no response. */
  readonly failed = new Set<string>()
  /** The ids of the messages that are not new: the member has looked at them, or they were there before. */
  readonly #read = new Set<string>()
  readonly #render: () => void
  /** The command that is put into the composer once the member may use it. */
  #prepared: { readonly path: string; readonly values: readonly PreparedValue[] } | undefined
  /** Whether nothing was received yet since the member was switched to. */
  #isFresh = true
  #stream: EventSource | undefined
  #isRenderPending = false

  constructor(render: () => void) {
    this.#render = render
    this.composer = new Composer(this)
  }

  start(): void {
    applyTheme(this.theme)
    this.switchTo(new URLSearchParams(location.hash.slice(1)).get('as') ?? '')
    setInterval(() => this.update(), TICK)
  }

  /** Renders the page once the current task is done. */
  update(): void {
    if (this.#isRenderPending) return
    this.#isRenderPending = true
    queueMicrotask(() => {
      this.#isRenderPending = false
      this.#render()
    })
  }

  /** Becomes another member; with an empty id, the first suggested one. */
  switchTo(memberId: string): void {
    this.as = memberId
    if (memberId !== '') history.replaceState(null, '', `#as=${memberId}`)
    this.state.clear()
    this.#isFresh = true
    this.notices = []
    this.dialog = undefined
    this.drawer = undefined
    this.failed.clear()
    this.composer.clear()
    this.#stream?.close()
    this.#stream = new EventSource(`/state?as=${memberId}`)
    this.#stream.onopen = () => this.#setConnected(true)
    this.#stream.onerror = () => this.#setConnected(false)
    this.#stream.onmessage = ({ data }: MessageEvent<string>) => {
      const updates: StateUpdate[] = JSON.parse(data)
      this.#apply(updates)
    }
    this.update()
  }

  openChannel(channel: string): void {
    this.channel = channel
    this.#markRead()
    this.drawer = undefined
    this.update()
  }

  /** How many messages of a channel the member has not seen yet, and how many of them mention the member. */
  unreadIn(channel: string): { readonly messages: number; readonly mentions: number } {
    const unread = this.state.messagesIn(channel).filter(({ id }) => !this.#read.has(id))
    return { messages: unread.length, mentions: unread.filter(({ isMention }) => isMention).length }
  }

  /** Puts a command into the composer, as a member who manages the server. */
  prepareCommand(path: string, values: readonly PreparedValue[]): void {
    this.drawer = undefined
    this.#prepared = { path, values }
    const managers = this.state.guild?.suggestedMembers.filter(({ isManager }) => isManager) ?? []
    const [manager] = managers
    if (manager && !managers.some(({ id }) => id === this.as)) this.switchTo(manager.id)
    else this.#prepareComposer()
    this.update()
  }

  setTheme(theme: Theme): void {
    this.theme = theme
    storeTheme(theme)
    applyTheme(theme)
    this.update()
  }

  /** The member and channel that requests are sent with. */
  get sender(): { as: string; channel: string } {
    return { as: this.as, channel: this.channel }
  }

  /** Shows a notice in the open channel. */
  notify(text: string, used?: UsedCommand): void {
    const id = `notice-${crypto.randomUUID()}`
    this.notices = [...this.notices, { id, channel: this.channel, at: this.state.now(), used, text }]
    this.update()
  }

  /** Uses a context menu command on a user or message. */
  async useMenu(on: 'user' | 'message', name: string, target: string): Promise<void> {
    const request = { ...this.sender, name, target }
    this.followEnd()
    const result = await sendRequest(on === 'user' ? 'menuOnUser' : 'menuOnMessage', request)
    if (this.accept(result)) return
    this.notify(failureText(result), {
      by: this.as,
      command: name,
      kind: on,
      target: on === 'user' ? target : undefined,
    })
  }

  /** Clicks a button or chooses from a select menu of a message. */
  async useComponent(message: string, use: { label: string } | { value: string }): Promise<void> {
    this.failed.delete(message)
    const result =
      'label' in use
        ? await sendRequest('button', { ...this.sender, message, ...use })
        : await sendRequest('choice', { ...this.sender, message, ...use })
    if (!this.accept(result)) this.failed.add(message)
    this.update()
  }

  /** Shows the dialog that a request was answered with, if it was. @returns whether the request was carried out */
  accept(result: RequestResult): boolean {
    if (result.type === 'modal') {
      this.dialog = openDialog(result.modal)
      this.update()
    }
    return result.type === 'done' || result.type === 'modal'
  }

  /** Submits a dialog. @returns whether it can be closed */
  async submitDialog(dialog: OpenDialog): Promise<boolean> {
    if (dialog.isSending) return false
    dialog.isSending = true
    this.update()
    const { modal, texts } = dialog
    const result = await sendRequest('submit', {
      ...this.sender,
      modal: modal.id,
      texts: Object.fromEntries(texts),
    })
    dialog.isSending = false
    if (result.type === 'rejected') dialog.problem = { input: result.option, text: result.message }
    else if (result.type !== 'done')
      dialog.problem = { input: undefined, text: 'Something went wrong. Try again.' }
    this.update()
    return result.type === 'done'
  }

  closeDialog(): void {
    this.dialog = undefined
    this.update()
  }

  /** Scrolls to the end of the messages and stays there, as a client does when its member sends something. */
  followEnd(): void {
    document.querySelector('.messages')?.dispatchEvent(new Event(FOLLOW_END))
  }

  #apply(updates: readonly StateUpdate[]): void {
    for (const update of updates) this.state.apply(update)
    const { guild } = this.state
    if (guild && !this.state.user(this.as)) this.as = guild.suggestedMembers[0]?.id ?? ''
    if (guild && !this.state.channel(this.channel)) this.channel = guild.channels[0]?.id ?? ''
    this.#markRead()
    this.#prepareComposer()
    this.update()
  }

  #markRead(): void {
    const isFirst = this.#isFresh && this.state.guild !== undefined
    const seen = isFirst ? this.state.messages.values() : this.state.messagesIn(this.channel)
    for (const { id } of seen) this.#read.add(id)
    if (isFirst) this.#isFresh = false
  }

  #prepareComposer(): void {
    const { path, values } = this.#prepared ?? {}
    const command = this.state.commands.find((each) => each.path === path)
    if (!command || !values) return
    this.#prepared = undefined
    this.composer.prepare(command, values)
  }

  #setConnected(isConnected: boolean): void {
    this.isConnected = isConnected
    this.update()
  }
}
