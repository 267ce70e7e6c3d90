/** The archive cannot be opened. The message is a sentence for the operator. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused'
}
