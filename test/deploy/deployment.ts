import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

/** The folder of the project. */
export const ROOT = new URL('../../', import.meta.url)

/** The text of a file of the project. */
export const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')

/** What the group of an expression matches, everywhere in a text. */
export const allOf = (text: string, expression: RegExp) =>
  [...text.matchAll(expression)].map(([, found = '']) => found)

const yamlOf = <Shape extends z.ZodType>(path: string, shape: Shape): z.infer<Shape> =>
  shape.parse(parse(read(path), { merge: true }))

export const dockerfile = read('Dockerfile').replaceAll(/\\\n */g, '')

export const compose = yamlOf(
  'compose.yaml',
  z.object({
    services: z.record(
      z.string(),
      z.object({
        image: z.string(),
        profiles: z.array(z.string()),
        environment: z.record(z.string(), z.coerce.string()),
        secrets: z.array(z.string()),
        restart: z.string(),
        read_only: z.boolean(),
        cap_drop: z.array(z.string()),
        security_opt: z.array(z.string()),
      }),
    ),
    secrets: z.record(z.string(), z.object({ file: z.string() })),
  }),
)

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) })

export const statefulSet = yamlOf(
  'deploy/kubernetes/statefulset.yaml',
  z.object({
    metadata: z.object({ labels: z.record(z.string(), z.string()) }),
    spec: z.object({
      serviceName: z.string(),
      template: z.object({
        spec: z.object({
          terminationGracePeriodSeconds: z.number(),
          securityContext: z.object({ runAsUser: z.number() }),
          containers: z.tuple([
            z.object({
              image: z.string(),
              env: z.array(z.object({ name: z.string(), value: z.string() })),
              ports: z.tuple([z.object({ name: z.string(), containerPort: z.number() })]),
              startupProbe: probe,
              livenessProbe: probe,
              readinessProbe: probe,
              volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
            }),
          ]),
        }),
      }),
    }),
  }),
)

export const service = yamlOf(
  'deploy/kubernetes/service.yaml',
  z.object({
    metadata: z.object({ name: z.string() }),
    spec: z.object({
      selector: z.record(z.string(), z.string()),
      ports: z.tuple([z.object({ port: z.number(), targetPort: z.string() })]),
    }),
  }),
)

export const kustomization = yamlOf(
  'deploy/kubernetes/kustomization.yaml',
  z.object({
    resources: z.array(z.string()),
    images: z.tuple([z.object({ name: z.string(), newTag: z.string() })]),
  }),
)

export const units = {
  service: read('deploy/systemd/custos.service'),
  backup: read('deploy/systemd/custos-backup.service'),
}
