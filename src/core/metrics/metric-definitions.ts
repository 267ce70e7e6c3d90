/** What a metric means, in a sentence, and the names of its labels. */
interface Definition {
  readonly help: string
  readonly labels: readonly string[]
}

/** The upper bounds of a histogram's buckets, in seconds. */
interface TimeDefinition extends Definition {
  readonly buckets: readonly number[]
}

/** From the first word that a member waits for to an answer that takes minutes, because the log is read first. */
const ANSWERS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 15, 60, 300, 900]
const REQUESTS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20]
const OPERATIONS = [0.001, 0.005, 0.02, 0.1, 0.5, 1, 5, 10, 60]
/** The last ones are those of an archive that could not be written for a while. */
const LIVE = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 300, 900, 3600]

/** What only grows while a process runs. */
export const COUNTERS = {
  custos_gateway_events_total: {
    help: 'Events that the gateway sent. Those that Custos does not use are `other`.',
    labels: ['event'],
  },
  custos_entries_kept_total: {
    help: 'Entries that were stored for the first time, by where they were first seen: sent by the gateway, or read.',
    labels: ['source'],
  },
  custos_rest_requests_total: {
    help: 'Requests to Discord. Without a response, the status is `none`.',
    labels: ['method', 'route', 'status'],
  },
  custos_rest_rate_limits_total: {
    help: 'Responses of Discord with status 429, by the scope that the response names.',
    labels: ['scope'],
  },
  custos_interactions_total: {
    help: 'Interactions that were handled: commands, components and their forms, and autocompletes.',
    labels: ['interaction', 'command', 'outcome'],
  },
  custos_archive_failures_total: {
    help: 'Operations of the archive that failed.',
    labels: ['operation', 'reason'],
  },
  custos_posts_total: {
    help: 'Posts of feeds, alerts and digests: how often they were sent or edited, and how often that failed.',
    labels: ['type', 'outcome'],
  },
} as const satisfies Record<string, Definition>

/** Durations. */
export const TIMES = {
  custos_entry_delay_seconds: {
    help: 'From an act, by Discord’s clock, until its entry is stored. Only of entries that the gateway sent.',
    labels: [],
    buckets: LIVE,
  },
  custos_rest_request_duration_seconds: {
    help: 'From a request to Discord until its response begins.',
    labels: ['route'],
    buckets: REQUESTS,
  },
  custos_first_word_seconds: {
    help: 'From an interaction until Discord has the first response, for which it waits three seconds.',
    labels: ['interaction', 'command'],
    buckets: ANSWERS,
  },
  custos_answer_seconds: {
    help: 'From an interaction until its answer is shown. Charts that are added later are not waited for.',
    labels: ['interaction', 'command'],
    buckets: ANSWERS,
  },
  custos_archive_operation_seconds: {
    help: 'Operations of the archive, with the wait for a connection, failed ones included.',
    labels: ['operation'],
    buckets: OPERATIONS,
  },
  custos_post_delay_seconds: {
    help: 'From the last act that a feed or an alert posts, by Discord’s clock, until Discord has the post.',
    labels: ['type'],
    buckets: LIVE,
  },
} as const satisfies Record<string, TimeDefinition>

/** What is so now. */
export const GAUGES = {
  custos_build_info: { help: 'Always 1. The versions are in the labels.', labels: ['version', 'node'] },
  custos_ready: { help: '1 if `/readyz` answers 200, 0 if it says what is wrong.', labels: [] },
  custos_standby: { help: '1 while the process waits for a free block of shards, otherwise 0.', labels: [] },
  custos_shard_block: { help: 'The block of shards that the process serves, from 0.', labels: [] },
  custos_lease_valid_seconds: {
    help: 'How long the lease on the block is valid if it is not renewed.',
    labels: [],
  },
  custos_shards: {
    help: 'Shards of the process, by the state of their connection. Only `ready` ones receive events.',
    labels: ['state'],
  },
  custos_shard_latency_seconds: {
    help: 'How long Discord took to answer the last heartbeat of a shard.',
    labels: ['shard'],
  },
  custos_servers: {
    help: 'Servers of the process, by what the background does about their logs, and by whether the gateway has sent every entry since the last read (`live`).',
    labels: ['phase', 'stream'],
  },
  custos_servers_with_holes: {
    help: 'Servers of the whole archive in whose coverage something is missing between two complete ranges. Read at most every five minutes.',
    labels: [],
  },
  custos_first_reads: {
    help: 'Servers by how far the first read of their log since the start of the process is.',
    labels: ['state'],
  },
  custos_first_read_entries: {
    help: 'Entries that were read in the first reads that are unfinished.',
    labels: [],
  },
  custos_read_budget_waiting: {
    help: 'Requests for logs and posts that wait until they may be made, by whom they are for.',
    labels: ['lane'],
  },
  custos_read_budget_wait_seconds: {
    help: 'About how long a request for an answer would wait now.',
    labels: [],
  },
  custos_read_budget_limit: {
    help: 'How many requests for logs and posts the process may make: in any second, and in the background in a minute.',
    labels: ['limit'],
  },
  custos_watches: {
    help: 'Feeds, alerts and digests of the process, by whether they can post or are `paused`.',
    labels: ['type', 'state'],
  },
  custos_held_events: { help: 'Events of the gateway that are not stored yet.', labels: [] },
  custos_held_events_age_seconds: {
    help: 'How long the oldest event that is not stored has been waiting; 0 if none is.',
    labels: [],
  },
  custos_archive_size_bytes: {
    help: 'The size of the archive: the SQLite file with its log, or the PostgreSQL database. Read at most every five minutes.',
    labels: [],
  },
} as const satisfies Record<string, Definition>
