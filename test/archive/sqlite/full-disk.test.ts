import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { archiveFile } from '../../support/archive/archive-file.ts'
import { hasSmallDisks, onSmallDisk } from '../../support/archive/small-disk.ts'

test.skipIf(!hasSmallDisks(tmpdir()))(
  'an archive on a full disk cannot be written until there is room',
  () => {
    expect(onSmallDisk('write-on-full-disk.ts', dirname(archiveFile()))).toEqual({
      full: 'Error: database or disk is full',
      free: 'written',
    })
  },
)
