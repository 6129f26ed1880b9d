import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DockerfileParser } from 'dockerfile-ast';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { parse } from 'yaml';
import { defaultSettings } from '../../src/config/defaults.ts';
import { readConfig } from '../../src/config/readConfig.ts';
import { must } from '../support/must.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const yaml = (path: string): unknown => parse(read(path));

const settings = read('deploy/bridge.example.yaml');
const bytes32 = Buffer.alloc(32, 1).toString('base64');
const values: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgresql://localhost/bridge',
  BRIDGE_MASTER_KEY: bytes32,
  BRIDGE_SIGNING_KEY: 'key',
  BRIDGE_SIGNING_CERTIFICATE: 'certificate',
  BRIDGE_LOG_SEED: bytes32,
  ANTHROPIC_API_KEY: 'sk-test',
};

/** What the bridge makes of the variables that a deployment gives it. */
function configFrom(names: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const given = Object.fromEntries(names.map((name) => [name, must(values[name])]));
  return readConfig({ ...given, ...more }, settings, defaultSettings('/data', '/tasks'));
}

const secretNames = Object.keys(values).sort();

describe('deploy/Dockerfile', () => {
  const dockerfile = DockerfileParser.parse(read('deploy/Dockerfile'));
  const instructions = dockerfile.getInstructions();
  const last = must(instructions.findLast((instruction) => instruction.getKeyword() === 'FROM'));
  const ofImage = instructions.slice(instructions.indexOf(last));
  const argumentsOf = (keyword: string): readonly string[] =>
    ofImage
      .filter((instruction) => instruction.getKeyword() === keyword)
      .map((instruction) => must(instruction.getRawArgumentsContent()));

  it('starts from the Node that the repository pins, in every stage', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { node: string } };
    expect(dockerfile.getFROMs().map((from) => from.getImage())).toEqual(
      Array.from({ length: 3 }, () => `node:${devDependencies.node}-bookworm-slim`),
    );
  });

  it('does not run as root, is looked after, and has nothing to build with', () => {
    expect(argumentsOf('USER')).toEqual(['1000:1000']);
    expect(argumentsOf('ENTRYPOINT')).toEqual(['["node", "bridge-service/lib/main.js"]']);
    expect(argumentsOf('HEALTHCHECK')).toHaveLength(1);
    expect(argumentsOf('HEALTHCHECK')[0]).toContain('http://127.0.0.1:8080/healthz');
    expect([...argumentsOf('RUN'), ...argumentsOf('ADD'), ...argumentsOf('ARG')]).toEqual([]);
    expect(argumentsOf('ENV')).toEqual([
      'NODE_ENV=production HOST=0.0.0.0 PORT=8080 BRIDGE_CONFIG=/config/bridge.yaml BRIDGE_DATA=/data',
    ]);
  });

  it('is given by .dockerignore what it copies, and nothing else', () => {
    const sources = dockerfile
      .getCOPYs()
      .filter((copy) => copy.getFlags().length === 0)
      .flatMap((copy) => copy.getArguments().slice(0, -1))
      .map((argument) => argument.getValue());
    const [everything, ...allowed] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(everything).toBe('*');
    expect(allowed.toSorted()).toEqual([...new Set(sources)].map((source) => `!${source}`).sort());
  });
});

interface ComposeService {
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly healthcheck?: object;
}

describe('deploy/compose.yaml', () => {
  const { services, networks } = yaml('deploy/compose.yaml') as {
    services: Readonly<Record<'bridge' | 'postgres', ComposeService>>;
    networks: Readonly<Record<string, { internal?: boolean }>>;
  };

  it('gives the bridge no more than it needs', () => {
    const { bridge, postgres } = services;
    expect([bridge.user, bridge.read_only, bridge.cap_drop]).toEqual(['1000:1000', true, ['ALL']]);
    for (const { security_opt } of [bridge, postgres]) expect(security_opt).toEqual(['no-new-privileges:true']);
    expect(bridge.ports).toEqual(['127.0.0.1:8080:8080']);
    expect([postgres.ports, postgres.networks, networks['store']]).toEqual([undefined, ['store'], { internal: true }]);
    expect(postgres.healthcheck).toBeDefined();
    for (const { image } of [bridge, postgres]) expect(image).toMatch(/:\d+\.\d+/);
  });

  it('holds no secret, and starts with none missing', () => {
    const environment = Object.entries(services.bridge.environment);
    expect(environment.map(([name]) => name).sort()).toEqual(secretNames);
    for (const [, value] of environment) expect(value).toMatch(/\$\{[A-Z_]+:\?\}/);
    expect(configFrom(environment.map(([name]) => name)).databaseUrl).toBeDefined();
  });
});

describe('deploy/kubernetes', () => {
  const kinds = {
    'deployment.yaml': Deployment,
    'networkPolicy.yaml': NetworkPolicy,
    'podDisruptionBudget.yaml': PodDisruptionBudget,
    'service.yaml': Service,
    'serviceAccount.yaml': ServiceAccount,
  } as const;
  const files = readdirSync(new URL('deploy/kubernetes/', root)).sort();
  type Spec = NonNullable<ConstructorParameters<typeof Deployment>[0]>;
  const deployment = yaml('deploy/kubernetes/deployment.yaml') as Spec;
  const pod = must(deployment.spec?.template.spec);
  const container = must(pod.containers[0]);

  it.each(Object.entries(kinds))('%s is what Kubernetes calls it', (file, Kind) => {
    const manifest = new (Kind as new (data: never) => { validate: () => void; kind: string })(
      yaml(`deploy/kubernetes/${file}`) as never,
    );
    expect(() => {
      manifest.validate();
    }).not.toThrow();
    expect(manifest.kind.toLowerCase()).toBe(file.replace('.yaml', '').toLowerCase());
  });

  it('refuses a manifest that is none', () => {
    const broken = { ...deployment, spec: { ...deployment.spec, replicas: 'two' } };
    expect(() => {
      new Deployment(broken as never).validate();
    }).toThrow();
  });

  it('applies every file', () => {
    const { resources } = yaml('deploy/kubernetes/kustomization.yaml') as {
      resources: readonly string[];
    };
    expect(files).toEqual([...Object.keys(kinds), 'kustomization.yaml'].sort());
    expect(resources.toSorted()).toEqual(Object.keys(kinds).sort());
  });

  it('runs with no rights, and nothing writable but memory', () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
    const writable = container.volumeMounts?.filter(({ readOnly }) => readOnly !== true).map(({ name }) => name);
    expect(writable).toEqual(['temporary']);
    expect(pod.volumes?.find(({ name }) => name === 'temporary')?.emptyDir?.medium).toBe('Memory');
  });

  it('asks the probes that there are, and lets a replica end its work', () => {
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
    expect(probes.map((probe) => probe?.httpGet?.path)).toEqual(['/healthz', '/healthz', '/readyz']);
    const { limits } = configFrom(secretNames);
    expect(must(pod.terminationGracePeriodSeconds) * 1_000).toBeGreaterThan(2 * limits.drainMs);
    expect(deployment.spec?.replicas).toBeGreaterThan(1);
  });

  it('takes its secrets from a secret, all of them', () => {
    const env = container.env ?? [];
    expect(env.map(({ name }) => name).sort()).toEqual(secretNames);
    for (const { name, value, valueFrom } of env) {
      expect([value, valueFrom?.secretKeyRef]).toEqual([undefined, { name: 'bridge-secrets', key: name }]);
    }
  });

  it('lets nobody but the ingress and Prometheus in, and the bridge out to four places', () => {
    const { spec } = yaml('deploy/kubernetes/networkPolicy.yaml') as NonNullable<
      ConstructorParameters<typeof NetworkPolicy>[0]
    >;
    expect(spec?.policyTypes).toEqual(['Ingress', 'Egress']);
    const ports = [...(spec?.ingress ?? []), ...(spec?.egress ?? [])].map((rule) =>
      rule.ports?.map(({ port }) => port),
    );
    expect(ports).toEqual([[8080], [53, 53], [5432], [443]]);
    expect(spec?.egress?.at(-1)?.to?.[0]?.ipBlock?.except).toContain('169.254.0.0/16');
  });
});

describe('Procfile and app.json', () => {
  const app = JSON.parse(read('app.json')) as { env: Readonly<Record<string, { value?: string }>> };

  it('start the bridge with every setting that it needs', () => {
    expect(read('Procfile')).toBe('web: node bridge-service/lib/main.js start\n');
    const own = ['HOST', 'PGSSLMODE', 'BRIDGE_CONFIG'];
    const secrets = Object.keys(app.env).filter((name) => !own.includes(name));
    expect([...secrets, 'DATABASE_URL'].sort()).toEqual(secretNames);
    for (const name of secrets) expect(app.env[name]).not.toHaveProperty('value');
    const config = configFrom([...secrets, 'DATABASE_URL'], { HOST: must(app.env['HOST']?.value), PORT: '5000' });
    expect([config.host, config.port]).toEqual(['0.0.0.0', 5000]);
  });
});
