import { stringify } from 'csv-stringify/sync'
import { EXPORT_COLUMNS, type ExportRow } from '../../core/audit-log/export-row.ts'
import { cell } from '../../core/text/escape.ts'

/** A file format: what comes before all rows, each batch of rows, and what comes after. */
export interface ExportFormat {
  readonly extension: string
  readonly before: string
  readonly after: string
  /** @param isFirst whether this is the first batch */
  write(rows: readonly ExportRow[], isFirst: boolean): string
}

/** Tells spreadsheets that a file is in UTF-8. Without it, Excel reads names in most scripts wrongly. */
const BYTE_ORDER_MARK = '\uFEFF'

const csv: ExportFormat = {
  extension: 'csv',
  before: `${BYTE_ORDER_MARK}${EXPORT_COLUMNS.join(',')}\n`,
  after: '',
  write(rows) {
    const cells = rows.map((row) => ({ ...row, changes: JSON.stringify(row.changes) }))
    return stringify(cells, { columns: [...EXPORT_COLUMNS], cast: { string: cell } })
  },
}

const json: ExportFormat = {
  extension: 'json',
  before: '[',
  after: '\n]\n',
  write(rows, isFirst) {
    const written = rows.map((row) => `\n${JSON.stringify(row)}`).join(',')
    return isFirst || written === '' ? written : `,${written}`
  },
}

const ndjson: ExportFormat = {
  extension: 'ndjson',
  before: '',
  after: '',
  write: (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
}

export const EXPORT_FORMATS = { csv, json, ndjson } as const satisfies Record<string, ExportFormat>
