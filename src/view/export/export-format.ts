import { stringify } from 'csv-stringify/sync'
import type { Entry } from '../../core/audit-log/entry.ts'
import { EXPORT_COLUMNS, exportRow } from '../../core/audit-log/export-row.ts'
import { cell } from '../../core/text/escape.ts'

/** A file format: what comes before all entries, each batch of entries, and what comes after. */
export interface ExportFormat {
  readonly extension: string
  readonly before: string
  readonly after: string
  /** @param isFirst whether this is the first batch */
  write(entries: readonly Entry[], isFirst: boolean): string
}

const csv: ExportFormat = {
  extension: 'csv',
  before: `${EXPORT_COLUMNS.join(',')}\n`,
  after: '',
  write(entries) {
    const rows = entries.map(exportRow).map((row) => ({ ...row, changes: JSON.stringify(row.changes) }))
    return stringify(rows, { columns: [...EXPORT_COLUMNS], cast: { string: cell } })
  },
}

const json: ExportFormat = {
  extension: 'json',
  before: '[',
  after: '\n]\n',
  write(entries, isFirst) {
    const rows = entries.map((entry) => `\n${JSON.stringify(exportRow(entry))}`).join(',')
    return isFirst || rows === '' ? rows : `,${rows}`
  },
}

const ndjson: ExportFormat = {
  extension: 'ndjson',
  before: '',
  after: '',
  write: (entries) => entries.map((entry) => `${JSON.stringify(exportRow(entry))}\n`).join(''),
}

export const EXPORT_FORMATS = { csv, json, ndjson } as const satisfies Record<string, ExportFormat>
