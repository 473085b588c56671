// What can be known of the container files without an engine: that they parse, open nothing to the network, hold no
// password, and name only what exists. The commands they run are checked by docker.e2e.test.ts.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../../scripts/setup/root.mjs';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const composeText = read('docker-compose.yml');

const Service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  restart: z.string(),
  privileged: z.boolean().optional(),
  network_mode: z.string().optional(),
  pid: z.string().optional(),
  user: z.string().optional(),
  cap_add: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
});
const Compose = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) });

const { services, volumes } = Compose.parse(parse(composeText, { merge: true }));
const entries = Object.entries(services);

describe('docker-compose.yml', () => {
  it('has the store, Temporal, the one-off apply and the worker', () => {
    expect(Object.keys(services).sort()).toEqual([
      'apply',
      'reporting-store',
      'temporal',
      'temporal-db',
      'temporal-ui',
      'worker',
    ]);
  });

  it.each(entries)('gives %s no way out of its container', (_name, service) => {
    expect(service.privileged).toBeUndefined();
    expect(service.network_mode).toBeUndefined();
    expect(service.pid).toBeUndefined();
    expect(service.cap_add).toBeUndefined();
    expect(service.volumes?.filter((volume) => volume.includes('docker.sock')) ?? []).toEqual([]);
  });

  it.each(entries)('opens ports of %s on this machine only', (_name, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it.each(entries)('pins the image of %s to a version', (_name, { image, build }) => {
    if (build === undefined) expect(image).toMatch(/:\d+\.\d+/);
  });

  it('asks for every secret and has a default for none', () => {
    const references = composeText.match(/\$\{[A-Z_]+[^}]*\}/g) ?? [];
    expect(references.length).toBeGreaterThan(3);
    for (const reference of references) expect(reference).toMatch(/^\$\{[A-Z_]+:\?[^}]+\}$/);
  });

  it('holds no password itself', () => {
    for (const [name, { environment = {} }] of entries) {
      for (const [key, value] of Object.entries(environment)) {
        if (/PASS|PWD|SECRET|TOKEN|KEY/.test(key) && key !== 'MYSQL_RANDOM_ROOT_PASSWORD') {
          expect(value, `${name}.${key}`).toMatch(/^\$\{[A-Z_]+:\?/);
        }
      }
    }
  });

  it('has every variable it asks for in .env.example, without a value', () => {
    const asked = [...new Set(composeText.match(/(?<=\$\{)[A-Z_]+(?=:\?)/g))].sort();
    const offered = read('.env.example').match(/^[A-Z_]+=.*$/gm) ?? [];
    expect(offered.map((line) => line.replace('=', '')).sort()).toEqual(asked);
  });

  it('starts nothing before what it needs is well', () => {
    for (const [name, { depends_on: needs = {} }] of entries) {
      for (const [needed, { condition }] of Object.entries(needs)) {
        const service = services[needed];
        expect(service, `${name} needs ${needed}`).toBeDefined();
        if (condition === 'service_healthy') expect(service?.healthcheck, needed).toBeDefined();
        else expect([condition, service?.restart]).toEqual(['service_completed_successfully', 'no']);
      }
    }
    expect(Object.keys(services['worker']?.depends_on ?? {})).toContain('apply');
  });

  it('keeps data in volumes that it declares', () => {
    const named = entries.flatMap(([, service]) => service.volumes ?? []).filter((volume) => /^[a-z]/.test(volume));
    expect(named.map((volume) => volume.split(':')[0]).sort()).toEqual(Object.keys(volumes).sort());
  });

  it("runs Plumbline's own containers without rights and with a read-only disk", () => {
    for (const name of ['apply', 'worker']) {
      expect(services[name]).toMatchObject({ cap_drop: ['ALL'], read_only: true });
      expect(services[name]?.volumes?.every((volume) => volume.endsWith(':ro'))).toBe(true);
    }
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

  it('ends as an ordinary user', () => {
    expect(lastStage.findLast((line) => line.startsWith('USER '))).toBe('USER node');
  });

  it('copies only what exists, or what the build stage makes', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1));
    expect(copied.length).toBeGreaterThan(0);
    for (const path of copied) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it('takes no secret into the image', () => {
    expect(lines.filter((line) => /^(ARG|ENV) .*(PASS|SECRET|TOKEN|KEY)/i.test(line))).toEqual([]);
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toContain('**');
    expect(ignored).toContain('**/.env*');
  });

  it('lets everything into the build that the build reads', () => {
    const allowed = read('.dockerignore').split('\n');
    const { include } = z.object({ include: z.array(z.string()) }).parse(JSON.parse(read('tsconfig.build.json')));
    for (const path of [
      ...include,
      'scripts',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.build.json',
    ]) {
      expect(allowed).toContain(`!${path}`);
    }
  });

  it('runs the command line that the package names', () => {
    const { bin } = z.object({ bin: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));
    const program = bin['plumbline']?.replace(/^\.\//, '/app/');
    expect(lastStage.find((line) => line.startsWith('ENTRYPOINT'))).toContain(`"${program}"`);
  });
});
