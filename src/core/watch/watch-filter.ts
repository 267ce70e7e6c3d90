import type { Filter } from '../query/filter.ts'
import type { WatchDefinition } from './watch.ts'

/** The entries that a feed, alert or digest is about, without a window. */
export function watchFilter(definition: WatchDefinition): Filter {
  switch (definition.type) {
    case 'feed':
      return definition.filter
    case 'alert':
      return definition.rule.type === 'actions' ? { kinds: definition.rule.kinds } : {}
    case 'digest':
      return {}
  }
}
