import type { UserView } from '../state/page-state.ts'

const COLOURS = ['#5865f2', '#3ba55c', '#b8770d', '#d8455f', '#7a6ff0', '#1f8fa8', '#9c5a3c', '#5f6f86']

const EYE =
  '<path d="M5 20q15-17 30 0q-15 17-30 0z" fill="#fff"/><circle cx="20" cy="20" r="6.5" fill="#23272a"/><circle cx="22.2" cy="17.8" r="2" fill="#fff"/>'
const BUST = '<circle cx="20" cy="16" r="6.5" fill="#fff"/><path d="M7 36q0-12 13-12t13 12z" fill="#fff"/>'

/** A default avatar as a data URL: the first letter of the name, on a colour chosen by id. */
export function avatarOf(user: UserView | undefined, isCustos: boolean): string {
  if (isCustos) return picture('#5865f2', EYE)
  const colour = COLOURS[Number(BigInt(user?.id ?? 0) % BigInt(COLOURS.length))] ?? ''
  return picture(colour, letterOf(user?.name ?? ''))
}

/** Images use system fonts, which may lack other scripts than these; other names get a bust. */
function letterOf(name: string): string {
  const letter = /^[^\p{L}\p{N}]*([\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d])/u.exec(name)?.[1]
  if (letter === undefined) return BUST
  const text = letter.toUpperCase()
  return `<text x="20" y="27" font-family="sans-serif" font-size="19" fill="#fff" text-anchor="middle">${text}</text>`
}

function picture(colour: string, inner: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colour}"/>${inner}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
