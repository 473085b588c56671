import { z } from 'zod';
import type { AggregateRequest, PushDownOutcome } from '#connectors/sdk/push-down.js';
import { createRegistry } from '#connectors/sdk/registry.js';
import type { AnyConnector, Batch, ConnectorRegistry, RawCell, ReadRequest } from '#connectors/sdk/types.js';
import type { Watermark } from '#connectors/sdk/watermark.js';

interface ExtractOptions {
  readonly stream: string;
  readonly call?: string | undefined;
  readonly query?: string | undefined;
}

/** A table of the made-up system. `parts` cuts its rows into pieces that batches name. */
export interface FakeStream {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly RawCell[])[];
  readonly parts?: Readonly<Record<string, readonly (readonly RawCell[])[]>>;
  readonly repaired?: Readonly<Record<string, number>>;
  readonly notes?: readonly string[];
  readonly watermark?: Watermark;
}

/** A system in memory behind a connector named `fake`: extracts with equal `call` are answered together. */
export interface FakeSystem {
  readonly registry: ConnectorRegistry;
  readonly streams: Map<string, FakeStream>;
  readonly reads: ReadRequest<ExtractOptions>[];
  readonly aggregated: AggregateRequest<ExtractOptions>[];
  opened: number;
  closed: number;
  /** What `aggregate` answers; absent: the source cannot. */
  aggregate: ((request: AggregateRequest<ExtractOptions>) => PushDownOutcome) | undefined;
  /** Called before each read; may throw. */
  onRead: (request: ReadRequest<ExtractOptions>) => void;
}

export function createFakeSystem(upstreamCalls = 1): FakeSystem {
  const connector: AnyConnector = {
    name: 'fake',
    summary: 'A system in memory',
    connectionSchema: z.strictObject({ account: z.string().optional(), calls_per_minute: z.number().default(60) }),
    extractSchema: z.strictObject({
      stream: z.string(),
      call: z.string().optional(),
      query: z.string().optional(),
      watermark: z.strictObject({ returns: z.literal('whole_periods') }).optional(),
    }),
    capabilities: { filtersByTime: false, localizedText: false, aggregates: true },
    plan(requests) {
      const names = new Set(requests.map(({ extract, options }) => options.call ?? extract));
      return [...names].map((name) => ({
        requests: requests.filter(({ extract, options }) => (options.call ?? extract) === name),
        upstreamCalls,
        description: `call ${name}`,
      }));
    },
    async quota({ account, calls_per_minute }) {
      return account === undefined ? undefined : { account, callsPerMinute: calls_per_minute };
    },
    async open() {
      system.opened += 1;
      const { aggregate } = system;
      return {
        check: async () => [],
        discover: async () => [],
        watermark: async ({ options }) => system.streams.get(options.stream)?.watermark,
        read: (request) => readStream(system, request),
        ...(aggregate === undefined
          ? {}
          : {
              aggregate: async (request: AggregateRequest<ExtractOptions>) => {
                system.aggregated.push(request);
                return aggregate(request);
              },
            }),
        close: async () => {
          system.closed += 1;
        },
      };
    },
  };
  const system: FakeSystem = {
    registry: createRegistry([connector]),
    streams: new Map(),
    reads: [],
    aggregated: [],
    opened: 0,
    closed: 0,
    aggregate: undefined,
    onRead: () => undefined,
  };
  return system;
}

async function* readStream(system: FakeSystem, request: ReadRequest<ExtractOptions>) {
  system.reads.push(request);
  system.onRead(request);
  const name = request.options.stream;
  const stream = system.streams.get(name) ?? { fields: request.columns, rows: [] };
  const positions = request.columns.map((column) => stream.fields.indexOf(column));
  const pieces = stream.parts === undefined ? [[name, stream.rows] as const] : Object.entries(stream.parts);
  for (const [part, rows] of pieces) {
    const batch: Batch = {
      rows: rows.map((row) => positions.map((position) => row[position] ?? null)),
      locate: (index) => `${part}:${index + 1}`,
      rejects: [],
      skipped: {},
      seen: rows.length,
      ...(stream.parts === undefined ? {} : { part }),
      ...(stream.repaired === undefined ? {} : { repaired: stream.repaired }),
    };
    yield batch;
  }
  const { notes, watermark } = stream;
  return {
    digest: `digest of ${name}`,
    description: [`stream ${name}`],
    ...(notes === undefined ? {} : { notes }),
    ...(watermark === undefined ? {} : { watermark }),
  };
}
