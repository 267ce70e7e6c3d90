import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { readConfig } from '../../src/config.ts'
import { messageOf } from '../../src/core/errors.ts'
import {
  allOf,
  compose,
  dockerfile,
  kustomization,
  ROOT,
  read,
  service,
  statefulSet,
  units,
} from './deployment.ts'

const pod = statefulSet.spec.template.spec
const [container] = pod.containers

/** The variables that each way of deploying sets for Custos. Those of Node are not Custos's. */
const VARIABLES: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  Dockerfile: assignments(
    allOf(dockerfile, /^ENV (.*)$/gm)
      .join(' ')
      .split(' '),
  ),
  'compose.yaml, sqlite': new Map(Object.entries(compose.services.custos?.environment ?? {})),
  'compose.yaml, postgres': new Map(Object.entries(compose.services.process?.environment ?? {})),
  Kubernetes: new Map(container.env.map(({ name, value }) => [name, value])),
  'custos.service': assignments(allOf(units.service, /^Environment=(.*)$/gm)),
  'custos-backup.service': assignments(allOf(units.backup, /^Environment=(.*)$/gm)),
}

function assignments(texts: readonly string[]): Map<string, string> {
  const pairs = texts.map((text): [string, string] => [text.replace(/=.*/, ''), text.replace(/^[^=]*=/, '')])
  return new Map(pairs.filter(([name]) => !name.startsWith('NODE_')))
}

/** What a variable has if an operator sets nothing: Compose takes it from `.env`. */
const defaultOf = (value: string) => value.replace(/^\$\{\w+:-(.*)\}$/, '$1')

/** Whether Custos reads a variable: it rejects a value that no variable can have. */
function isRead(name: string): boolean {
  try {
    readConfig({ DISCORD_TOKEN: 'a.token', [name]: '/no/such value' })
    return false
  } catch (error) {
    return messageOf(error).includes(name)
  }
}

describe.each(Object.entries(VARIABLES))('%s', (_, variables) => {
  test('sets only variables that Custos reads, to values that it accepts', () => {
    expect(variables.size).toBeGreaterThan(0)
    expect([...variables.keys()].filter((name) => !isRead(name))).toEqual([])
    const values = [...variables].filter(([name]) => !name.endsWith('_FILE'))
    const env = Object.fromEntries(values.map(([name, value]) => [name, defaultOf(value)]))
    const onPostgres = variables.has('SHARDS_PER_PROCESS') && { DATABASE_URL: 'postgres://custos@db/custos' }
    expect(() => readConfig({ DISCORD_TOKEN: 'a.token', ...env, ...onPostgres })).not.toThrow()
  })
})

test('a variable that Custos does not know is noticed', () => {
  expect(['RETENTION_DAYS', 'DATABASE_URL_FILE', 'RETENTION_DAY'].map(isRead)).toEqual([true, true, false])
})

test('compose.yaml passes on settings of .env.example, and nothing else but how many processes there are', () => {
  const passed = new Set(allOf(read('compose.yaml'), /\$\{(\w+)/g))
  const inExample = new Set(allOf(read('.env.example'), /^(\w+)=/gm))
  expect([...passed.difference(inExample)]).toEqual(['PROCESSES'])
})

test('the profile that README.md sets is one of compose.yaml, so that one bot is started and not two', () => {
  const [profile = ''] = allOf(read('README.md'), /COMPOSE_PROFILES=(\w+)/g)
  const profiles = Object.values(compose.services).map((each) => each.profiles)
  expect(profiles.sort()).toEqual([['postgres'], ['postgres'], [profile]])
})

describe('what has to agree', () => {
  test('the port of health and metrics', () => {
    const addresses = Object.values(VARIABLES).flatMap((variables) => variables.get('HTTP_ADDRESS') ?? [])
    expect(addresses).toHaveLength(5)
    const ports = addresses.map((address) => Number(/\d+$/.exec(defaultOf(address))?.[0]))
    const [{ name, containerPort }] = container.ports
    const [{ port, targetPort }] = service.spec.ports
    expect(new Set([...ports, containerPort, port]).size).toBe(1)
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe]
    expect(probes.map(({ httpGet }) => httpGet)).toEqual(
      ['/livez', '/livez', '/readyz'].map((path) => ({ path, port: name })),
    )
    expect(targetPort).toBe(name)
    expect(read('deploy/kubernetes/network-policy.yaml')).toContain(`- port: ${name}\n`)
  })

  test('the release of Debian, the version of Node and that of Custos', () => {
    const [release = ''] = allOf(dockerfile, /^ARG DEBIAN=(\w+)$/gm)
    const [node = ''] = packageJson.dependencies.node.split('.')
    expect(allOf(dockerfile, /^FROM (.*)$/gm)).toHaveLength(2)
    expect(allOf(dockerfile, /^FROM (\S+)-\$\{DEBIAN\}-slim/gm)).toEqual([`node:${node}`])
    expect(dockerfile).toMatch(/^FROM debian:\$\{DEBIAN\}-slim$/m)
    expect(compose.services.postgres?.image).toMatch(new RegExp(`^postgres:\\d+-${release}$`))
    expect(kustomization.images[0].newTag).toBe(packageJson.version)
  })

  test('the user, in the image and where it runs', () => {
    const ids = allOf(dockerfile, /(?:--uid |--owner=|^USER )(\d+)/gm)
    expect(ids).toHaveLength(4)
    expect(new Set([...ids, String(pod.securityContext.runAsUser)]).size).toBe(1)
  })

  test('the names and labels of what Kubernetes runs', () => {
    expect(statefulSet.spec.serviceName).toBe(service.metadata.name)
    expect(service.spec.selector).toEqual(statefulSet.metadata.labels)
    expect(container.image).toBe(kustomization.images[0].name)
    const files = readdirSync(new URL('deploy/kubernetes/', ROOT))
    expect(files.sort()).toEqual([...kustomization.resources, 'kustomization.yaml'].sort())
  })

  test('secrets, and the files that variables name', () => {
    for (const { environment, secrets } of Object.values(compose.services)) {
      const named = Object.entries(environment).flatMap(([name, path]) =>
        name.endsWith('_FILE') ? [path] : [],
      )
      expect(named.sort()).toEqual(secrets.map((secret) => `/run/secrets/${secret}`).sort())
    }
    const files = Object.values(compose.secrets).map(({ file }) => file)
    expect(files.filter((file) => !file.startsWith('secrets/'))).toEqual([])
    expect(read('.gitignore')).toMatch(/^secrets\/$/m)
    const folder = container.volumeMounts.find(({ name }) => name === 'secrets')?.mountPath
    const named = container.env.filter(({ name }) => name.endsWith('_FILE')).map(({ value }) => value)
    expect(named).toEqual([`${folder}/discord-token`, `${folder}/database-url`])
    const [credential = ''] = allOf(units.service, /^LoadCredential=(\S+?):/gm)
    expect(units.service).toContain(`\nEnvironment=DISCORD_TOKEN_FILE=%d/${credential}\n`)
  })
})

test('what is copied into the image, and called in it or by systemd, exists', () => {
  const copied = allOf(dockerfile, /^COPY (?!--from)(.*) \S+$/gm).flatMap((sources) => sources.split(' '))
  const sent = allOf(read('.dockerignore'), /^!(.+)$/gm)
  expect(new Set(copied)).toEqual(new Set(sent))
  expect(sent.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([])
  const installed = [dockerfile, ...Object.values(units)].join('\n')
  const paths = new Set(allOf(installed, /\/opt\/custos\/((?:bin|docs)\/[\w./-]*\w)/g))
  expect([...paths].sort()).toEqual(['bin/custos', 'docs/operating.md'])
  for (const path of paths) expect(existsSync(new URL(path, ROOT))).toBe(true)
  accessSync(new URL('bin/custos', ROOT), constants.X_OK)
})

test('every container can write nothing but its volumes, and gets no rights', () => {
  for (const each of Object.values(compose.services)) {
    expect(each).toMatchObject({
      restart: 'unless-stopped',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
  }
})

test('a stop has more time than the five seconds that it takes at most', () => {
  const [docker = ''] = allOf(read('compose.yaml'), /stop_grace_period: (\d+)s/g)
  const [systemd = ''] = allOf(units.service, /^TimeoutStopSec=(\d+)$/gm)
  for (const seconds of [docker, systemd, pod.terminationGracePeriodSeconds])
    expect(Number(seconds)).toBeGreaterThan(5)
})
