// @ts-check
// A Node that cannot run Custos is told so here, so this is plain JavaScript that any of them reads.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
// The same version stands in `engines` of package.json. Before it, Node cannot run TypeScript as Custos is written.
if (major < 24 || (major === 24 && minor < 3)) {
  process.stderr.write(
    `Custos needs Node.js 24.3 or later, and this is ${process.version}. ` +
      'Run "npm install" in its folder, which brings the right one, and start it with "npm start".\n',
  )
  process.exit(1)
}
