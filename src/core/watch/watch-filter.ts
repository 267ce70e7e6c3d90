import type { Filter } from '../query/filter.ts'
import { filterOfAlert, isAboutReading } from './alerts/actions.ts'
import type { WatchDefinition } from './watch.ts'

/** The entries that a feed, alert or digest is about, without a window. */
export function watchFilter(definition: WatchDefinition): Filter {
  switch (definition.type) {
    case 'feed':
      return definition.filter
    case 'alert':
      return isAboutReading(definition) ? {} : filterOfAlert(definition)
    case 'digest':
      return {}
  }
}
