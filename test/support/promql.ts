/** A metric in an expression of PromQL, as it is used there. */
interface UsedMetric {
  readonly name: string
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[]
  /** The function that it is passed to, such as `rate`; undefined for none. */
  readonly inside: string | undefined
}

/** What an expression of PromQL uses. */
interface Used {
  readonly metrics: readonly UsedMetric[]
  /** The labels that it groups by. */
  readonly groups: readonly string[]
}

const METRIC = /\b((?:custos|process|nodejs)_\w+|up)\b(?:\{([^}]*)\})?/g
const MATCHER = /(\w+)(=~|!~|!=|=)"([^"]*)"/g

/** What an expression uses. It finds only what the dashboard and the alerts are written with. */
export function usedIn(expression: string): Used {
  const metrics = [...expression.matchAll(METRIC)].map(({ 1: name = '', 2: matchers = '', index }) => ({
    name,
    matchers: [...matchers.matchAll(MATCHER)].map(([, label = '', operator = '', value = '']) => ({
      label,
      operator,
      value,
    })),
    inside: /(\w+)\(\s*$/.exec(expression.slice(0, index))?.[1],
  }))
  const groups = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) =>
    labels.split(', '),
  )
  return { metrics, groups }
}
