import { isSnowflake } from '../../core/snowflake.ts'

declare global {
  interface JSON {
    /** In V8 since 2023, not yet in TypeScript's library. https://tc39.es/proposal-json-parse-with-source/ */
    rawJSON(text: string): unknown
  }
}

/** A snowflake as a JSON number with all its digits, which SQLite reads as a 64-bit integer. */
export function jsonInteger(id: string | null): unknown {
  return isSnowflake(id) ? JSON.rawJSON(id) : id
}
