export type Theme = 'dark' | 'light'

/** The theme the reader chose last, or their system's. */
export function initialTheme(): Theme {
  const stored = localStorage.getItem('theme')
  if (stored === 'light' || stored === 'dark') return stored
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
}

export function storeTheme(theme: Theme): void {
  localStorage.setItem('theme', theme)
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}
