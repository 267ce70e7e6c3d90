/** The event that scrolls a list to its end, wherever its reader is. */
export const FOLLOW_END = 'followend'

/** How close to its end a list still counts as scrolled to the end, in pixels. */
const END_MARGIN = 80

/** What a reader who is not at the end looks at. */
const PARTS = 'discord-embed, discord-message:not(:has(discord-embed))'

const followed = new WeakSet<Element>()

/**
 * Keeps a list scrolled to its end while messages and images arrive. If the reader has scrolled up, what they look at
 * stays where it is: an edit can add a chart above it.
 */
export function keepAtEnd(list: Element | undefined): void {
  const content = list?.lastElementChild
  if (!list || !content || followed.has(list)) return
  followed.add(list)
  let isAtEnd = true
  let before = { top: 0, height: 0 }
  let seen: { readonly part: Element; readonly top: number } | undefined
  const toEnd = () => list.scrollTo({ top: list.scrollHeight })
  const measure = () => ({ top: list.scrollTop, height: list.clientHeight })
  const remember = () => {
    const { top } = list.getBoundingClientRect()
    const part = [...list.querySelectorAll(PARTS)].find((each) => each.getBoundingClientRect().bottom > top)
    seen = part && { part, top: part.getBoundingClientRect().top }
  }
  const follow = new ResizeObserver(() => {
    if (isAtEnd) toEnd()
    else if (seen?.part.isConnected) list.scrollTop += seen.part.getBoundingClientRect().top - seen.top
    before = measure()
  })
  list.addEventListener('scroll', () => {
    const now = measure()
    const isNear = list.scrollHeight - now.top - now.height < END_MARGIN
    // Growth of the messages moves the end away too, but does not scroll up. Only the reader does, and a list that gets
    // taller, as when what was typed below it is sent.
    const isTaller = now.height > before.height
    if (isNear) isAtEnd = true
    else if (!isTaller && now.top < before.top) isAtEnd = false
    before = now
    remember()
  })
  list.addEventListener(FOLLOW_END, () => {
    isAtEnd = true
    toEnd()
  })
  follow.observe(list)
  new MutationObserver(() => {
    if (list.lastElementChild) follow.observe(list.lastElementChild)
  }).observe(list, { childList: true })
  follow.observe(content)
}
