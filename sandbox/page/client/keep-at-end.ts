/** The event that scrolls a list to its end, wherever its reader is. */
export const FOLLOW_END = 'followend'

/** How close to its end a list still counts as scrolled to the end, in pixels. */
const END_MARGIN = 80

const followed = new WeakSet<Element>()

/** Keeps a list scrolled to its end while messages and images arrive, unless the reader has scrolled up. */
export function keepAtEnd(list: Element | undefined): void {
  const content = list?.lastElementChild
  if (!list || !content || followed.has(list)) return
  followed.add(list)
  let isAtEnd = true
  const toEnd = () => list.scrollTo({ top: list.scrollHeight })
  const follow = new ResizeObserver(() => {
    if (isAtEnd) toEnd()
  })
  let before = 0
  list.addEventListener('scroll', () => {
    const isNear = list.scrollHeight - list.scrollTop - list.clientHeight < END_MARGIN
    // Growth of the list moves its end away too, but only the reader scrolls up.
    if (isNear || list.scrollTop < before) isAtEnd = isNear
    before = list.scrollTop
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
