import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { oneCallEach } from '#connectors/sdk/plan.js';
import type { AnyConnector, ConnectorRegistry } from '#connectors/sdk/types.js';
import { readConfig } from '#src/config/read-config.js';
import type { ConfigProblem, ConfigReading, ResolvedConfig } from '#src/config/types.js';

/** Files of a config folder, by name. */
export type Files = Readonly<Record<string, string>>;

/** A small configuration without any problem. Every test changes one thing in it. */
export const SOUND: Files = {
  'site.yaml': `id: acme
name: Acme
time_zone: Europe/Berlin
holidays: [2026-12-25]
store: { client: sqlite, file: ../acme.sqlite }
operator: omar
channels:
  mail: { kind: email, url: '\${env:SMTP_URL}', from: 'Plumbline <plumbline@example.com>' }
`,
  'people.yaml': `people:
  omar: { name: Omar Haddad, email: omar@example.com }
  amara: { name: Amara Osei, manager: omar }
`,
  'connections.yaml': `connections:
  operations:
    connector: table
    owner: omar
    options: { host: db.example.com, port: 3306, password: '\${env:DB_PASSWORD}' }
  finance:
    connector: sheet
    owner: amara
    options: { folder: in }
`,
  'extracts/contracts.yaml': `extracts:
  contracts:
    connection: operations
    schedule: { every: day, at: '06:30' }
    source: { query: select 1 }
    time: ended_on
    columns:
      ended_on: date
      renewed: boolean
      amount: { type: decimal, required: true }
`,
  'scorecards/company.yaml': `scorecard: { id: company, name: Company, owner: omar }
perspectives:
  - { id: financial, name: Financial }
objectives:
  - { id: renewals, name: Renewals, perspective: financial, owner: amara }
measures:
  - id: renewal-rate
    name: Renewal rate
    objective: renewals
    owner: amara
    unit: percent
    direction: higher-is-better
    frequency: monthly
    from:
      extract: contracts
      ratio: { numerator: { count: renewed = true }, denominator: { count: all } }
    targets:
      - { from: 2025-01, value: 85 }
    bands: { on_track: '>= 100% of target', at_risk: '>= 92% of target' }
`,
};

const open = (): Promise<never> => Promise.reject(new Error('not opened by the configuration'));

const table: AnyConnector = {
  name: 'table',
  summary: 'A table of a made-up database',
  connectionSchema: z.strictObject({
    host: z.string().min(1).describe('Host of the database.'),
    port: z.number().int().max(65_535).default(3306).describe('Port of the database.'),
    password: z.string().meta({ secret: true }).optional().describe('Password.'),
    login: z.strictObject({ token: z.string().min(8).meta({ secret: true }) }).optional(),
    tls: z.enum(['off', 'require']).default('off').describe('Encryption.'),
  }),
  extractSchema: z.strictObject({
    query: z.string().describe('A SELECT.'),
    top: z.number().optional(),
    take: z.strictObject({ keep: z.string() }).optional(),
    watermark: z.strictObject({ returns: z.string() }).optional(),
  }),
  capabilities: { filtersByTime: true, localizedText: false, aggregates: true },
  plan: oneCallEach,
  open,
};

const sheet: AnyConnector = {
  name: 'sheet',
  summary: 'Made-up sheets in a folder',
  connectionSchema: z.strictObject({ folder: z.string() }),
  extractSchema: z.strictObject({ files: z.string() }),
  capabilities: { filtersByTime: false, localizedText: true, aggregates: false },
  plan: oneCallEach,
  open,
};

const connectors = [table, sheet];

/** A registry of two connectors that exist only here. */
export const registry: ConnectorRegistry = {
  names: connectors.map(({ name }) => name),
  get: (name) => connectors.find((connector) => connector.name === name),
};

/** Runs something on a folder with these files, which is gone afterwards. */
export async function withFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  run: (folder: string) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'plumbline-config-'));
  const folder = join(root, 'config');
  try {
    await mkdir(folder);
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    return await run(folder);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Reads a folder of these files. */
export function read(files: Readonly<Record<string, string | Uint8Array>>): Promise<ConfigReading> {
  return withFolder(files, (folder) => readConfig(folder, registry));
}

/** {@link SOUND} with a passage of one file replaced; the passage must be there. */
export function changed(file: string, from: string, to: string, files: Files = SOUND): Files {
  const text = files[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  return { ...files, [file]: text.replace(from, () => to) };
}

/** The problems after one change of {@link SOUND}. */
export async function problemsAfter(file: string, from: string, to: string): Promise<readonly ConfigProblem[]> {
  return (await read(changed(file, from, to))).problems;
}

/** The configuration of a folder that has no error. */
export async function configOf(files: Files): Promise<ResolvedConfig> {
  const { config, problems } = await read(files);
  if (config === undefined) throw new Error(`not a sound configuration: ${JSON.stringify(problems, null, 2)}`);
  return config;
}
