// @ts-check
// Rejects a version of Node that cannot run Custos. It is plain JavaScript, so that every version can run the check.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
// The version is also in `engines` of package.json. Older ones cannot run the TypeScript of Custos.
if (major < 24 || (major === 24 && minor < 3)) {
  process.stderr.write(
    `Custos needs Node.js 24.3 or later, and this is ${process.version}. ` +
      'Run "npm install" in its folder, which brings the right one, and start it with "npm start".\n',
  )
  process.exit(1)
}
