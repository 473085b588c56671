// The exam that every connector sits, over HTTP against the local stand-in.

import { googleSheetsConnector } from '#connectors/google-sheets/definition.js';
import { type ExamRows, examineConnector, type Situation } from '#connectors/kit/index.js';
import { refusal, refusing, type Fault as ServerFault } from '../../../demo/sheets-server/faults.js';
import { startSheetsServer } from '../../../demo/sheets-server/sheets-server.js';
import type { StandInSpreadsheet, StandInTab } from '../../../demo/sheets-server/spreadsheet-data.js';
import { ID, spreadsheet, tab } from './sheets-site.js';

const AS_OF = 46_300;

async function situation(
  columns: readonly string[],
  rows: ExamRows,
  change: {
    readonly sheet?: Partial<StandInSpreadsheet>;
    readonly values?: ServerFault;
    readonly cells?: StandInTab['cells'];
  } = {},
): Promise<Situation> {
  const asOf = (serial: number): StandInTab => tab([[{ serial, shown: '' }]], { sheetId: 1, title: 'Status' });
  const data = tab(change.cells ?? [columns, ...rows]);
  const server = await startSheetsServer([spreadsheet([data, asOf(AS_OF)], change.sheet ?? {})]);
  server.misbehave(({ kind }) => (kind === 'values' ? change.values : undefined));
  const { accounts } = server;
  return {
    connection: { credentials: accounts.keyFile, endpoint: server.url },
    extract: { spreadsheet: ID, tab: 'Data', as_of: 'Status!A1' },
    columns,
    rows,
    places: rows.length === 0 ? new Map() : new Map([[0, 'Data!A2']]),
    secrets: [accounts.keyFile, accounts.keyFile.split('\\n')[1] ?? ''],
    move: async () => server.put(spreadsheet([data, asOf(AS_OF + 1)])),
    refill: async (others) => server.put(spreadsheet([tab([columns, ...others]), asOf(AS_OF)])),
    openOutside: async () => server.openSockets,
    dispose: () => server.close(),
  };
}

const ROWS: ExamRows = [
  ['1', 'a'],
  ['2', 'b'],
];
const failing = (values: ServerFault) => situation(['x', 'y'], ROWS, { values });
const answer = (status: number, headers: Record<string, string> = {}): ServerFault => ({
  kind: 'answer',
  status,
  headers,
  body: '',
});

examineConnector({
  connector: googleSheetsConnector,
  filledWith: (columns, rows) => situation(columns, rows),
  ofManyRows: (count) =>
    situation(
      ['id', 'amount', 'note'],
      Array.from({ length: count }, (_, index) => [String(index), `${index}.25`, 'note']),
    ),
  withBadRows: async () => ({
    ...(await situation(['x', 'y'], ROWS, {
      cells: [['x', 'y'], ['1', 'a'], [{ error: '#REF!' }, 'c'], [], ['2', 'b']],
    })),
    rejectedAt: ['Data!A3'],
    skipped: 1,
  }),
  faulty: {
    wrong_credentials: async () => failing(refusing(refusal(401, 'UNAUTHENTICATED', 'Invalid credentials'))),
    no_right: async () => situation(['x', 'y'], ROWS, { sheet: { shared: false } }),
    not_there: async () => ({
      ...(await situation(['x', 'y'], ROWS)),
      extract: { spreadsheet: 'no-such-spreadsheet', tab: 'Data' },
    }),
    rate_limited: async ({ retryAfterMs }) => failing(answer(429, { 'retry-after': String(retryAfterMs / 1000) })),
    unavailable: async () => failing(answer(503)),
    cut_off: async () => failing({ kind: 'reset_midway' }),
    silent: async () => failing({ kind: 'silence' }),
    slow_drip: async () => failing({ kind: 'drip', everyMs: 200 }),
  },
  refusedConnections: [
    { options: { credentials: 'x', endpoint: 'https://example.com' }, path: 'endpoint' },
    { options: { credentials: 'x', surprise: true }, path: '' },
  ],
  refusedExtracts: [
    { source: { spreadsheet: 'no id', tab: 'Data' }, path: 'spreadsheet' },
    { source: { spreadsheet: ID, tab: 'Data', header_rows: -1 }, path: 'header_rows' },
  ],
  discoverStream: () => ID,
  // A cell of a sheet is blank or not: it has no empty text.
  givesFor: new Map([['', null]]),
  manyRows: { count: 50_000, because: 'an answer is one JSON text, of which Google advises 2 MB' },
});
