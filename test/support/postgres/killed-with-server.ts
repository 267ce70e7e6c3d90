import { PostgresServer } from './server.ts'

/** A process that starts a PostgreSQL server, prints where its data is, and is killed. */
const { data } = await PostgresServer.start()
process.stdout.write(data, () => process.kill(process.pid, 'SIGKILL'))
