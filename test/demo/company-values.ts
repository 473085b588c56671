import { Decimal } from 'decimal.js';
import { Temporal } from 'temporal-polyfill';
import { financeFiles } from '../../demo/company/finance-files.js';
import { operationsTables } from '../../demo/company/operations-tables.js';
import { peoplePlan } from '../../demo/company/people-plan.js';
import { createTimeline } from '../../demo/company/timeline.js';
import { trainingFiles } from '../../demo/company/training-files.js';

// The story's measures worked out a second time, in the plainest way: nothing here comes from src/ or from config/.

export type Frequency = 'daily' | 'weekly' | 'monthly' | 'quarterly';
type Status = 'on_track' | 'at_risk' | 'off_track';

interface Row {
  readonly date: string;
  readonly cells: readonly (string | number | null)[];
}

interface Rule {
  readonly frequency: Frequency;
  readonly rows: string;
  readonly value: (rows: readonly Row[]) => Decimal | undefined;
  readonly status: (value: Decimal, period: string) => Status;
}

// Adding whole hundredths and dividing once keeps the sums exact and the many days quick.
const hundredths = (cell: string): number => {
  const [whole = '', fraction = ''] = cell.split('.');
  return Number.parseInt(`${whole}${fraction.padEnd(2, '0')}`, 10);
};
const sum = (rows: readonly Row[], index: number): Decimal =>
  new Decimal(rows.reduce((total, row) => total + hundredths(String(row.cells[index] ?? '')), 0)).div(100);
const count = (rows: readonly Row[], index: number, wanted: (cell: string) => boolean): Decimal =>
  new Decimal(rows.filter((row) => wanted(String(row.cells[index] ?? ''))).length);
const percent = (part: Decimal, whole: Decimal): Decimal | undefined =>
  whole.isZero() ? undefined : part.div(whole).times(100);
const average = (rows: readonly Row[], index: number): Decimal | undefined =>
  rows.length === 0 ? undefined : sum(rows, index).div(rows.length);

const atLeast =
  (target: number, risk: number) =>
  (value: Decimal): Status =>
    value.gte(target) ? 'on_track' : value.gte(risk * target) ? 'at_risk' : 'off_track';
const atMost =
  (target: number) =>
  (value: Decimal): Status =>
    value.lte(target) ? 'on_track' : value.lte(1.1 * target) ? 'at_risk' : 'off_track';
const inside =
  (low: number, high: number, margin: number) =>
  (value: Decimal): Status => {
    if (value.gte(low) && value.lte(high)) return 'on_track';
    return value.gte(low - margin) && value.lte(high + margin) ? 'at_risk' : 'off_track';
  };

const PROJECTS = 'projects by finished_on';
const TICKETS = 'tickets by opened_at';

export const RULES: Readonly<Record<string, Rule>> = {
  'revenue-growth': {
    frequency: 'quarterly',
    rows: 'ergebnis',
    value: (rows) => percent(sum(rows, 4), sum(rows, 3)),
    status: atLeast(25, 0.9),
  },
  'contract-value-signed': {
    frequency: 'monthly',
    rows: 'contracts by signed_on',
    value: (rows) => (rows.length === 0 ? undefined : sum(rows, 4)),
    status: atLeast(400_000, 0.9),
  },
  'profit-margin': {
    frequency: 'monthly',
    rows: 'ergebnis',
    value: (rows) => percent(sum(rows, 5), sum(rows, 2)),
    status: atLeast(18, 0.9),
  },
  'cash-balance': {
    frequency: 'weekly',
    rows: 'kontostand',
    value: (rows) => rows.at(-1) && new Decimal(rows.at(-1)?.cells[1] ?? ''),
    status: atLeast(750_000, 0.9),
  },
  'overdue-receivables': {
    frequency: 'monthly',
    rows: 'offene-posten',
    value: (rows) => percent(sum(rows, 4), sum(rows, 3)),
    status: atMost(12),
  },
  'client-satisfaction': {
    frequency: 'monthly',
    rows: TICKETS,
    value: (rows) =>
      percent(
        count(rows, 7, (cell) => cell === '4' || cell === '5'),
        count(rows, 7, (cell) => cell !== ''),
      ),
    status: atLeast(90, 0.9),
  },
  'contract-renewal-rate': {
    frequency: 'monthly',
    rows: 'contracts by ended_on',
    value: (rows) =>
      percent(
        count(rows, 5, (cell) => cell === '1'),
        count(rows, 5, (cell) => cell !== ''),
      ),
    status: (value, period) => atLeast(period < '2026' ? 80 : 85, 0.92)(value),
  },
  'first-response-time': { frequency: 'daily', rows: TICKETS, value: (rows) => average(rows, 4), status: atMost(4) },
  'project-delivery-time': {
    frequency: 'monthly',
    rows: PROJECTS,
    value: (rows) => average(rows, 4),
    status: atMost(42),
  },
  'quality-rate': {
    frequency: 'monthly',
    rows: PROJECTS,
    value: (rows) => percent(sum(rows, 6), sum(rows, 5)),
    status: atLeast(99, 0.98),
  },
  'reopened-tickets': {
    frequency: 'weekly',
    rows: TICKETS,
    value: (rows) =>
      percent(
        count(rows, 6, (cell) => cell === '1'),
        new Decimal(rows.length),
      ),
    status: atMost(3),
  },
  'billable-utilisation': {
    frequency: 'weekly',
    rows: 'time_sheets by worked_on',
    value: (rows) => percent(sum(rows, 4), sum(rows, 5)),
    status: inside(72, 82, 4),
  },
  'certificates-earned': {
    frequency: 'monthly',
    rows: 'people-plan',
    value: (rows) => (rows.length === 0 ? undefined : count(rows, 3, (cell) => cell === 'true')),
    status: atLeast(6, 0.9),
  },
  'training-hours': {
    frequency: 'daily',
    rows: 'lernplattform',
    value: (rows) => (rows.length === 0 ? undefined : sum(rows, 3)),
    status: atLeast(20, 0.9),
  },
  'knowledge-articles-reused': {
    frequency: 'weekly',
    rows: 'wissensartikel',
    value: (rows) => (rows.length === 0 ? undefined : sum(rows, 2)),
    status: atLeast(100, 0.9),
  },
  'solved-with-knowledge': {
    frequency: 'monthly',
    rows: TICKETS,
    value: (rows) =>
      percent(
        count(rows, 5, (cell) => cell === '1'),
        new Decimal(rows.length),
      ),
    status: atLeast(40, 0.9),
  },
  'employee-engagement': {
    frequency: 'quarterly',
    rows: 'pulse-survey',
    value: (rows) => average(rows, 2),
    status: atLeast(7.5, 0.9),
  },
};

/** Statuses of all measures by period id, from the rows alone; a period without rows is not there. */
export function statusesOf(today: string, seed: number): ReadonlyMap<string, ReadonlyMap<string, Status>> {
  const sources = readSources(today, seed);
  return new Map(
    Object.entries(RULES).map(([measure, rule]) => {
      const periods = byPeriod(sources.get(rule.rows) ?? [], rule.frequency);
      const statuses = new Map<string, Status>();
      for (const [period, rows] of periods) {
        const value = rule.value(rows);
        if (value !== undefined) statuses.set(period, rule.status(value, period));
      }
      return [measure, statuses];
    }),
  );
}

function byPeriod(rows: readonly Row[], frequency: Frequency): ReadonlyMap<string, readonly Row[]> {
  const periods = new Map<string, Row[]>();
  for (const row of rows) {
    const id = periodId(row.date, frequency);
    const members = periods.get(id) ?? [];
    members.push(row);
    periods.set(id, members);
  }
  return periods;
}

const knownIds = new Map<string, string>();

/** Id of the period that a day lies in. */
export function periodId(date: string, frequency: Frequency): string {
  const key = `${frequency} ${date}`;
  const known = knownIds.get(key) ?? makePeriodId(date, frequency);
  knownIds.set(key, known);
  return known;
}

function makePeriodId(date: string, frequency: Frequency): string {
  const day = Temporal.PlainDate.from(date);
  switch (frequency) {
    case 'daily':
      return date;
    case 'weekly':
      return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`;
    case 'monthly':
      return date.slice(0, 7);
    case 'quarterly':
      return `${day.year}-Q${Math.ceil(day.month / 3)}`;
  }
}

function readSources(today: string, seed: number): ReadonlyMap<string, readonly Row[]> {
  const timeline = createTimeline(today);
  const sources = new Map<string, Row[]>();
  const add = (source: string, date: string, cells: Row['cells']): void => {
    const rows = sources.get(source) ?? [];
    rows.push({ date, cells });
    sources.set(source, rows);
  };
  for (const table of operationsTables(today, seed)) {
    for (const [index, column] of table.columns.entries()) {
      if (!/_(on|at)$/.test(column.name)) continue;
      for (const row of table.rows) {
        const date = row[index];
        if (typeof date !== 'string') continue;
        add(`${table.name} by ${column.name}`, date.slice(0, 10), row);
      }
    }
  }
  for (const file of [...financeFiles(timeline, seed), ...trainingFiles(timeline, seed)]) {
    const source = file.path.slice(file.path.indexOf('/') + 1).replace(/-\d.*$/, '');
    for (const line of file.lines.slice(1).filter(isGoodLine)) {
      const [first = '', ...rest] = line.split(';');
      add(source, first.split(/[./]/).reverse().concat('01').slice(0, 3).join('-'), [first, ...rest.map(plainNumber)]);
    }
  }
  for (const [first, ...cells] of peoplePlan(timeline, seed).spreadsheet.tabs[1]?.cells.slice(4) ?? []) {
    const date = typeof first === 'object' && first !== null && 'shown' in first ? first.shown : String(first ?? '');
    const words = cells.map((cell) => (typeof cell === 'object' && cell !== null ? 'failed' : String(cell)));
    if (date === '' || date.startsWith('31.02.') || words.includes('failed')) continue;
    add('people-plan', date.split('.').reverse().join('-'), [date, ...words]);
  }
  return sources;
}

/** The faulty receivables, known by their invoice numbers. */
function isGoodLine(line: string): boolean {
  return !line.includes(';R-9000');
}

function plainNumber(cell: string): string {
  return /^[\d.]+,\d+$/.test(cell) ? cell.replaceAll('.', '').replace(',', '.') : cell;
}
