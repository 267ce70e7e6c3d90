import type { Migration } from 'kysely/migration'
import * as firstLight from './0001-first-light.ts'
import * as forgetting from './0002-forgetting.ts'
import * as pastTimeouts from './0003-past-timeouts.ts'
import * as pruneParts from './0004-prune-parts.ts'
import * as classesOfNames from './0005-classes-of-names.ts'
import * as trustedTime from './0006-trusted-time.ts'
import * as vocabulary from './0007-vocabulary.ts'
import * as settings from './0008-settings.ts'
import * as presentTargets from './0009-present-targets.ts'
import * as oneGuildAtATime from './0010-one-guild-at-a-time.ts'
import * as fasterCounts from './0011-faster-counts.ts'
import * as watches from './0012-watches.ts'

/**
 * Every step from an empty file to the current schema, in order. A step that has shipped never changes what it does, so
 * it imports nothing of ours.
 */
export const migrations: Record<string, Migration> = {
  '0001-first-light': firstLight,
  '0002-forgetting': forgetting,
  '0003-past-timeouts': pastTimeouts,
  '0004-prune-parts': pruneParts,
  '0005-classes-of-names': classesOfNames,
  '0006-trusted-time': trustedTime,
  '0007-vocabulary': vocabulary,
  '0008-settings': settings,
  '0009-present-targets': presentTargets,
  '0010-one-guild-at-a-time': oneGuildAtATime,
  '0011-faster-counts': fasterCounts,
  '0012-watches': watches,
}
