import type { DatabaseConnection, DatabaseExtract } from '#connectors/database/options.js';
import type { AggregatedDay, AggregateRequest, PushDownOutcome } from '#connectors/sdk/push-down.js';
import { rowsAsText } from '#connectors/sdk/sliced-rows.js';
import type { AggregatePart, SidePart } from '#src/domain/measure/aggregate-part.js';
import { ExactSum } from '#src/domain/measure/exact-sum.js';
import { parseRowFilter } from '#src/domain/measure/row-filter.js';
import type { Aggregation, RowFilter, Term } from '#src/domain/measure/types.js';
import { addDays } from '#src/domain/period/period-instants.js';
import { zoneClock } from '#src/domain/period/zone-clock.js';
import { canonical, Decimal } from '#src/domain/value/decimal.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec, TypedCell } from '#src/domain/value/types.js';
import { request as readRequest } from '../read-all.js';
import { withSource } from './database-source.js';

/** A column spec with what tests rarely say. */
export function column(name: string, type: ColumnSpec['type'], change: Partial<ColumnSpec> = {}): ColumnSpec {
  return { name, sourceName: name, type, timeZone: 'UTC', required: false, ...change };
}

export function filter(text: string): RowFilter {
  const reading = parseRowFilter(text);
  if (!reading.ok) throw new Error(`${text}: ${reading.message}`);
  return reading.filter;
}

export type Asked = Pick<AggregateRequest<DatabaseExtract>, 'options' | 'columns' | 'timeColumn' | 'aggregations'> &
  Partial<Pick<AggregateRequest<DatabaseExtract>, 'timeZone' | 'window' | 'unitColumn'>>;

/** The same extract aggregated by the database and by the rows, the latter written as plainly as can be. */
export function bothWays(
  connection: DatabaseConnection,
  asked: Asked,
): Promise<{ readonly pushed: PushDownOutcome; readonly local: readonly AggregatedDay[]; readonly rejected: number }> {
  const { limits, signal, window } = readRequest(asked.options, [], asked.window ? { window: asked.window } : {});
  const request = { extract: 'under-test', limits, signal, window, timeZone: 'UTC', ...asked };
  return withSource(connection, async (source) => {
    const pushed = await source.aggregate?.(request);
    if (pushed === undefined) throw new Error('the source does not aggregate');
    const time = request.columns.find(({ name }) => name === request.timeColumn);
    const reading = source.read({
      ...request,
      columns: request.columns.map(({ sourceName }) => sourceName),
      ...(time?.pattern === undefined && (time?.type === 'date' || time?.type === 'datetime')
        ? { timeColumn: time.sourceName, timeColumnType: time.type }
        : {}),
    });
    const cells: (readonly (string | null)[])[] = [];
    let rejected = 0;
    for await (const batch of reading) {
      rejected += batch.rejects.length;
      cells.push(...rowsAsText(batch.rows));
    }
    const local = aggregateRows(cells, request);
    return { pushed, local: local.days, rejected: rejected + local.rejected };
  });
}

type Row = ReadonlyMap<string, TypedCell>;

function aggregateRows(
  rows: readonly (readonly (string | null)[])[],
  request: Asked & Required<Omit<Asked, 'unitColumn'>>,
) {
  const readers = request.columns.map(createCellReader);
  const timeIndex = request.columns.findIndex(({ name }) => name === request.timeColumn);
  const clock = zoneClock(request.timeZone);
  const isDateTime = request.columns[timeIndex]?.type === 'datetime';
  const groups = new Map<string, { readonly date: string; readonly unit?: string | null; readonly rows: Row[] }>();
  let rejected = 0;
  for (const row of rows) {
    const time = readers[timeIndex]?.(row[timeIndex] ?? null);
    const placed = time?.ok && typeof time.value === 'string' ? time.value : undefined;
    const date = placed === undefined || !isDateTime ? placed : clock.dateAt(placed);
    if (date !== undefined && (date < request.window.start || date >= request.window.end)) continue;
    const readings = readers.map((read, index) => read(row[index] ?? null));
    if (date === undefined || !readings.every((reading) => reading.ok)) {
      rejected += 1;
      continue;
    }
    const typed = new Map(
      readings.map((reading, index) => [request.columns[index]?.name ?? '', reading.ok ? reading.value : null]),
    );
    const cell = request.unitColumn === undefined ? undefined : (typed.get(request.unitColumn) ?? null);
    const unit = typeof cell === 'boolean' ? String(cell) : cell;
    const key = JSON.stringify([date, unit]);
    const group = groups.get(key) ?? { date, ...(unit === undefined ? {} : { unit }), rows: [] };
    group.rows.push(typed);
    groups.set(key, group);
  }
  const days = [...groups.values()].map(
    ({ rows: typed, ...group }): AggregatedDay => ({
      ...group,
      rows: typed.length,
      parts: request.aggregations.map((aggregation) => ({
        ...partOf(aggregation, typed, request.columns),
        newest: group.date,
      })),
    }),
  );
  const order = ({ date, unit }: AggregatedDay): string => `${date} ${typeof unit === 'string' ? `1${unit}` : '0'}`;
  return { days: days.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)), rejected };
}

function partOf(aggregation: Aggregation, rows: readonly Row[], columns: readonly ColumnSpec[]): AggregatePart {
  const passed = rows.filter((row) => passes(aggregation.where, row, columns));
  switch (aggregation.kind) {
    case 'count':
      return { tally: { used: passed.length, filtered: rows.length - passed.length, blank: 0 } };
    case 'ratio': {
      const uses = passed.map((row) =>
        [aggregation.numerator, aggregation.denominator].map((term) => useOf(term, row, columns)),
      );
      const used = uses.filter((each) => each.includes('used')).length;
      const blank = uses.filter((each) => !each.includes('used') && each.includes('blank')).length;
      return {
        tally: { used, filtered: rows.length - used - blank, blank },
        numerator: sideOf(aggregation.numerator, passed, columns),
        denominator: sideOf(aggregation.denominator, passed, columns),
      };
    }
    case 'min':
    case 'max': {
      const { tally } = sideOf({ ...aggregation, kind: 'sum' }, rows, columns);
      const numbers = passed
        .flatMap((row) => row.get(aggregation.column) ?? [])
        .map((cell) => new Decimal(String(cell)))
        .sort((a, b) => a.comparedTo(b));
      const extreme = aggregation.kind === 'min' ? numbers[0] : numbers.at(-1);
      return { tally, ...(extreme === undefined ? {} : { extreme: canonical(extreme) }) };
    }
    case 'sum':
    case 'avg':
      return sideOf({ ...aggregation, kind: 'sum' }, rows, columns);
    default:
      // Needs the rows: no database is asked for it, so that what stands here is compared with nothing.
      return { tally: { used: 0, filtered: rows.length, blank: 0 } };
  }
}

function useOf(term: Term, row: Row, columns: readonly ColumnSpec[]): 'used' | 'filtered' | 'blank' {
  if (!passes(term.where, row, columns)) return 'filtered';
  return term.kind === 'count' || row.get(term.column) !== null ? 'used' : 'blank';
}

function sideOf(term: Term, rows: readonly Row[], columns: readonly ColumnSpec[]): SidePart {
  const tally = { used: 0, filtered: 0, blank: 0 };
  const sum = new ExactSum();
  for (const row of rows) {
    const use = useOf(term, row, columns);
    tally[use] += 1;
    const cell = term.kind === 'sum' ? row.get(term.column) : null;
    if (use === 'used' && typeof cell === 'string') sum.add(cell);
  }
  return term.kind === 'sum' ? { tally, sum: sum.total() } : { tally };
}

function passes(where: RowFilter, row: Row, columns: readonly ColumnSpec[]): boolean {
  return where.every((node): boolean => {
    if ('anyOf' in node) return node.anyOf.some((each) => passes(each, row, columns));
    if ('not' in node) return !passes(node.not, row, columns);
    if ('values' in node) {
      const { column: name, values } = node;
      if ((row.get(name) ?? null) === null) return false;
      const isOneOf = values.some((literal) => passes([{ column: name, operator: '=', ...literal }], row, columns));
      return isOneOf === (node.operator === 'in');
    }
    const { column: name, operator, value } = node;
    const cell = row.get(name) ?? null;
    if (value === null) return (cell === null) === (operator === '=');
    if (cell === null) return false;
    const type = columns.find((each) => each.name === name)?.type;
    const order =
      type === 'decimal' || type === 'integer'
        ? new Decimal(String(cell)).comparedTo(new Decimal(String(value)))
        : cell === value
          ? 0
          : cell < value
            ? -1
            : 1;
    return { '=': order === 0, '!=': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[
      operator
    ];
  });
}

/** Numbers that are the same on every run. */
export function seeded(seed: number) {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return {
    below,
    pick: <T>(...choices: readonly [T, ...T[]]): T => choices[below(choices.length)] ?? choices[0],
    day: (from: string, days: number): string => addDays(from, below(days)),
    clock: (): string => [below(24), below(60), below(60)].map((part) => String(part).padStart(2, '0')).join(':'),
    digits: (count: number): string => Array.from({ length: count }, () => below(10)).join(''),
  };
}

/** Units that a collation might take for one, or a careless reader for none. */
export const NASTY_UNITS: readonly string[] = [
  ...['north', 'North', 'NORTH', 'north ', ' north', 'nörth', 'no\u0308rth', 'straße', 'strasse', 'ı', 'i', 'I'],
  ...['', ' ', '\t', '1', '01', '1.0', '+1', '-0', 'null', "o'neil", '"', '\\', '#12', '😀', '한국', 'ﬁ', 'fi'],
];

/** Every kind of aggregation with every kind of filter, over the columns of the generated table. */
export const AGGREGATIONS: readonly Aggregation[] = [
  { kind: 'count', where: [] },
  { kind: 'count', where: filter("kind = 'Service'") },
  { kind: 'count', where: filter("kind != 'service '") },
  { kind: 'count', where: filter('kind = null') },
  { kind: 'count', where: filter("kind = 'ÄÖ😀'") },
  { kind: 'count', where: filter('renewed = true and quantity > 3') },
  { kind: 'count', where: filter('renewed != false') },
  { kind: 'count', where: filter("signed >= '2026-01-15' and signed != '2026-01-20'") },
  { kind: 'sum', column: 'amount', where: [] },
  { kind: 'sum', column: 'amount', where: filter('renewed = false') },
  { kind: 'avg', column: 'amount', where: filter('amount <= 12') },
  { kind: 'sum', column: 'quantity', where: filter('quantity != null and quantity < 9007199254740993') },
  { kind: 'min', column: 'amount', where: [] },
  { kind: 'max', column: 'amount', where: filter('renewed = true') },
  { kind: 'min', column: 'quantity', where: filter("kind in ('Service', 'other', '')") },
  { kind: 'max', column: 'quantity', where: filter("kind not in ('Service', 'other') or renewed is null") },
  { kind: 'count', where: filter("not (kind = 'Service' or renewed = true)") },
  { kind: 'count', where: filter('not (amount > 5) and not (quantity in (3, 4) and renewed is not null)') },
  { kind: 'sum', column: 'amount', where: filter("(renewed = true or signed > '2026-01-15') and not (quantity = 0)") },
  { kind: 'avg', column: 'amount', where: filter('not (not (renewed = false)) or quantity not in (1, 12)') },
  {
    kind: 'ratio',
    numerator: { kind: 'sum', column: 'amount', where: filter('not (renewed = true)') },
    denominator: { kind: 'count', where: filter("kind in ('service', 'a') or amount is null") },
    where: filter('not (quantity = 1)'),
  },
  {
    kind: 'ratio',
    numerator: { kind: 'count', where: filter('renewed = true') },
    denominator: { kind: 'count', where: [] },
    where: [],
  },
  {
    kind: 'ratio',
    numerator: { kind: 'sum', column: 'amount', where: filter('renewed = true') },
    denominator: { kind: 'sum', column: 'quantity', where: filter("kind != 'other'") },
    where: filter('renewed != null'),
  },
];

/** The columns of the generated table, in the order of its rows. */
export const GENERATED = (timeZone: string): readonly ColumnSpec[] => [
  column('happened', 'datetime', { timeZone }),
  column('amount', 'decimal'),
  column('quantity', 'integer'),
  column('kind', 'text'),
  column('renewed', 'boolean'),
  column('signed', 'date'),
];

/** Rows as SQL values; times that `skipped` says the clocks skip are left out. */
export function generatedRows(
  seed: number,
  rows: number,
  amount: (random: ReturnType<typeof seeded>) => string,
  skipped: (time: string) => boolean = () => false,
): readonly string[] {
  const random = seeded(seed);
  const kinds = ['service', 'Service', 'service ', 'ÄÖ😀', 'äö😀', '', ' ', 'other', 'a\u0308', '#12 of many'] as const;
  return Array.from({ length: rows }, () => {
    let time = `${random.day('2025-12-29', 38)} ${random.clock()}`;
    // Some days stay without a row.
    while (skipped(time) || /-0[67] /.test(time)) time = `${random.day('2025-12-29', 38)} ${random.clock()}`;
    const orNull = (text: string): string => (random.below(6) === 0 ? 'null' : text);
    return [
      `'${time}'`,
      orNull(amount(random)),
      orNull(
        random.pick('0', '1', '-7', '3', '4', '12', '9007199254740993', '9223372036854775807', '-9223372036854775808'),
      ),
      orNull(`'${random.pick(...kinds)}'`),
      orNull(random.pick('true', 'false')),
      orNull(`'${random.day('2026-01-01', 31)}'`),
    ].join(', ');
  });
}
