import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The files of the page, as a browser loads them. */
export interface Bundle {
  readonly html: string
  readonly script: Uint8Array
  readonly style: Uint8Array
}

const CLIENT = new URL('client/', import.meta.url)

/** Bundles the page's TypeScript and CSS in memory, so that there is no build step. */
export async function bundle(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', CLIENT))],
    outdir: '/',
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: ['/fonts/*'],
    legalComments: 'none',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [script, style] = ['.js', '.css'].map((ending) =>
    outputFiles.find(({ path }) => path.endsWith(ending)),
  )
  return {
    html: await readFile(new URL('index.html', CLIENT), 'utf8'),
    script: script?.contents ?? new Uint8Array(),
    style: style?.contents ?? new Uint8Array(),
  }
}
