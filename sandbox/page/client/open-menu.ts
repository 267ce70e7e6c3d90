/** An item of a menu, under a heading if it has one. */
export interface MenuItem {
  readonly heading?: string
  readonly label: string
  readonly isDestructive?: boolean
  readonly choose: () => void
}

/** A menu that is open, and where. */
export interface OpenMenu {
  readonly x: number
  readonly y: number
  readonly label: string
  readonly items: readonly MenuItem[]
  /** The element that is focused again once the menu is closed. */
  readonly opener: Element | null
}
