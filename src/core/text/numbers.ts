/** A number with thousands separators: `1,234`. */
export function formatNumber(number: number): string {
  return number.toLocaleString('en-US')
}

/** A number with its noun: `1 entry`, `1,234 entries`. */
export function pluralize(number: number, one: string, many = `${one}s`): string {
  return `${formatNumber(number)} ${number === 1 ? one : many}`
}
