import { EVERYONE } from '../../../src/command/component.ts'
import { isSnowflake, type Snowflake } from '../../../src/core/snowflake.ts'
import { postEntryButton } from './post-entry-button.ts'
import { postListButton } from './post-list-button.ts'
import type { PostNumbers } from './post-numbers.ts'
import { postReportButton } from './post-report-button.ts'

interface Window {
  readonly from: Snowflake
  readonly to: Snowflake
}

/** The custom ids of what stands under posts. They belong to nobody's command. */
export const postIds = {
  /** The menu or button that shows an entry; a button names it. */
  entry: (post: PostNumbers, entryId?: Snowflake): string =>
    postEntryButton.toCustomId(EVERYONE, { post, ...(entryId !== undefined && { entryId }) }),

  /**
   * The button that lists the entries behind a post, from the first to the last, both included.
   * @param shown a key that is no snowflake is left out, because a custom id has no room for every text
   */
  list: (post: PostNumbers, { from, to, key }: Window & { readonly key?: string | null }): string =>
    postListButton.toCustomId(EVERYONE, { post, from, to, ...(isSnowflake(key) && { key }) }),

  /** The button that answers a command for the period of a digest, whose end is not included. */
  report: (
    post: PostNumbers,
    { path, from, to }: Window & { readonly path: `audit ${'activity' | 'repeats' | 'deletes'}` },
  ): string => postReportButton.toCustomId(EVERYONE, { post, report: REPORTS[path], from, to }),
}

const REPORTS = {
  'audit activity': 'activity',
  'audit repeats': 'repeats',
  'audit deletes': 'deletes',
} as const
