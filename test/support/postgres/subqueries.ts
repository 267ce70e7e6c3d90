/** Where a subquery in FROM ends without a name. Only since version 16 PostgreSQL needs none. */
export function unnamedSubqueries(statement: string): string[] {
  return [...statement.matchAll(/\b(?:from|join|lateral)\s*(?=\(\s*(?:select|with|values)\b)/gi)].flatMap(
    ({ 0: { length }, index }) => {
      const start = index + length
      const after = statement.slice(endOfParentheses(statement, start))
      return isName(after) ? [] : [statement.slice(start, start + 80)]
    },
  )
}

/** What follows a subquery without a name. */
const NEXT_CLAUSE = /^\s*(?:where|cross|inner|left|right|full|join|on|group|order|limit|union|returning)\b/i

function isName(text: string): boolean {
  return /^\s*[a-z_"]/i.test(text) && !NEXT_CLAUSE.test(text)
}

function endOfParentheses(text: string, start: number): number {
  let depth = 0
  for (let index = start; index < text.length; index++) {
    if (text[index] === '(') depth++
    if (text[index] === ')' && --depth === 0) return index + 1
  }
  return text.length
}
