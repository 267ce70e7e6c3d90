import { readFileSync } from 'node:fs'
import { z } from 'zod'

const recorded = z.array(
  z.object({
    via: z.string(),
    entry: z.looseObject({
      id: z.string(),
      user_id: z.string().nullable().exactOptional(),
      target_id: z.string().nullable().exactOptional(),
      action_type: z.number().nullable().exactOptional(),
      changes: z.unknown().exactOptional(),
      options: z.record(z.string(), z.unknown()).nullable().exactOptional(),
      reason: z.string().exactOptional(),
    }),
  }),
)

/** Entries as Discord sends them, from public sources. Some are malformed on purpose. */
export const payloads = recorded.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/payloads.json', import.meta.url), 'utf8')),
)
