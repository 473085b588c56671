import { assertBalance } from '#connectors/sdk/balance.js';
import type { Batch } from '#connectors/sdk/types.js';
import type { Extract } from '#src/config/types.js';
import type { Observation } from '#src/domain/actual/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import { type ZoneClock, zoneClock } from '#src/domain/period/zone-clock.js';
import { createCellReader } from '#src/domain/value/read-cell.js';
import type { ColumnSpec, Reading, TypedCell } from '#src/domain/value/types.js';
import type { RejectRecord, RowBalance } from '#src/store/types.js';

/** Days wanted, half-open. */
export interface Window {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

/** The row that counts for a key; of one outside the window only its place is kept. */
type Kept = Observation | Pick<Observation, 'locator'>;

/**
 * Turns the batches of one read into observations and accounts for every row.
 *
 * A row is outside the window (skipped), rejected with every problem it has, superseded by a duplicate
 * (skipped), or used: seen = used + rejected + skipped. A row with one bad cell is rejected as a whole. Duplicates are
 * told over all rows that were read, those outside the window too: a wider window never changes what a day holds.
 */
export class RowTyping {
  readonly rejects: RejectRecord[] = [];
  readonly #extract: Extract;
  readonly #window: Window;
  readonly #clock: ZoneClock;
  readonly #readers: readonly ((raw: string | null) => Reading<TypedCell>)[];
  readonly #timePosition: number;
  readonly #keyPositions: readonly number[];
  readonly #kept = new Map<string, Kept>();
  readonly #unkeyed: Observation[] = [];
  readonly #skipped = new Map<string, number>();
  #seen = 0;
  #rejected = 0;
  #keptOutside = 0;

  constructor(extract: Extract, window: Window, timeZone: string) {
    this.#extract = extract;
    this.#window = window;
    this.#clock = zoneClock(timeZone);
    this.#readers = extract.columns.map(createCellReader);
    this.#timePosition = positionOf(extract.columns, extract.timeColumn);
    const { duplicates } = extract;
    this.#keyPositions =
      duplicates.keep === 'all' ? [] : duplicates.key.map((name) => positionOf(extract.columns, name));
  }

  /** Takes a batch in; its own balance is checked first. */
  add(batch: Batch): void {
    assertBalance(batch);
    this.#seen += batch.seen;
    for (const [rule, count] of Object.entries(batch.skipped)) this.#skip(rule, count);
    for (const reject of batch.rejects) {
      this.#rejected += 1;
      const { locator, rule, raw, message, remedy } = reject;
      this.#report({ locator, rule, raw, message, remedy });
    }
    batch.rows.forEach((row, index) => {
      this.#addRow(row, batch.locate(index));
    });
  }

  /** The observations that count, after duplicates; to be called once, after the last batch. */
  observations(): Iterable<Observation> {
    if (this.#keyPositions.length === 0) return this.#unkeyed;
    return [...this.#kept.values()].filter((kept) => 'cells' in kept);
  }

  balance(): RowBalance {
    const used = this.#keyPositions.length === 0 ? this.#unkeyed.length : this.#kept.size - this.#keptOutside;
    const outside = this.#keptOutside + (this.#skipped.get('outside_window') ?? 0);
    const skipped = [...this.#skipped, ...(outside === 0 ? [] : [['outside_window', outside] as const])];
    return { seen: this.#seen, used, rejected: this.#rejected, skipped: Object.fromEntries(skipped.sort()) };
  }

  #addRow(raw: readonly (string | null)[], locator: string): void {
    const time = this.#readCell(raw, this.#timePosition);
    const placed = time.ok && typeof time.value === 'string' ? this.#place(time.value) : undefined;
    if (placed !== undefined && (placed.date < this.#window.start || placed.date >= this.#window.end)) {
      this.#keepOutside(raw, locator);
      return;
    }
    const cells: TypedCell[] = [];
    let rejected = false;
    for (const [position, column] of this.#extract.columns.entries()) {
      const reading = position === this.#timePosition ? time : this.#readCell(raw, position);
      if (reading.ok) {
        cells.push(reading.value);
        continue;
      }
      rejected = true;
      this.#report({
        locator,
        column: column.sourceName,
        raw: raw[position] ?? '',
        ...reading.problem,
        ...(placed === undefined ? {} : { date: placed.date }),
      });
    }
    if (rejected || placed === undefined) {
      this.#rejected += 1;
      return;
    }
    this.#keep({ cells, date: placed.date, time: placed.time, locator });
  }

  #readCell(raw: readonly (string | null)[], position: number): Reading<TypedCell> {
    const reader = this.#readers[position];
    if (reader === undefined) throw new RangeError(`no column at position ${position}`);
    return reader(raw[position] ?? null);
  }

  #place(time: string): { date: CalendarDate; time: string } {
    const column = this.#extract.columns[this.#timePosition];
    return { date: column?.type === 'datetime' ? this.#clock.dateAt(time) : time, time };
  }

  #keep(observation: Observation): void {
    const policy = this.#extract.duplicates;
    if (policy.keep === 'all') {
      this.#unkeyed.push(observation);
      return;
    }
    const key = JSON.stringify(this.#keyPositions.map((position) => observation.cells[position]));
    const earlier = this.#kept.get(key);
    if (earlier === undefined) {
      this.#kept.set(key, observation);
    } else if (policy.keep === 'last') {
      this.#supersede(earlier);
      this.#kept.set(key, observation);
    } else if (policy.keep === 'reject') {
      this.#rejected += 1;
      this.#report({
        locator: observation.locator,
        raw: key,
        rule: 'duplicate_key',
        message: `The row repeats the key of ${earlier.locator}.`,
        remedy: `Remove one of the two rows, or declare duplicates: { keep: last } for the extract "${this.#extract.id}".`,
        date: observation.date,
      });
    } else {
      this.#skip('superseded_duplicate', 1);
    }
  }

  /** A row outside the window is not used, but it may be the one that counts among rows of its key. */
  #keepOutside(raw: readonly (string | null)[], locator: string): void {
    const cells = this.#keyPositions.map((position) => this.#readCell(raw, position));
    const key = JSON.stringify(cells.map((reading) => (reading.ok ? reading.value : undefined)));
    const earlier = this.#kept.get(key);
    const counts = earlier === undefined || this.#extract.duplicates.keep === 'last';
    if (cells.length === 0 || !cells.every((reading) => reading.ok) || !counts) {
      this.#skip('outside_window', 1);
      return;
    }
    if (earlier !== undefined) this.#supersede(earlier);
    this.#kept.set(key, { locator });
    this.#keptOutside += 1;
  }

  #supersede(earlier: Kept): void {
    if ('cells' in earlier) {
      this.#skip('superseded_duplicate', 1);
    } else {
      this.#keptOutside -= 1;
      this.#skip('outside_window', 1);
    }
  }

  #skip(rule: string, count: number): void {
    if (count > 0) this.#skipped.set(rule, (this.#skipped.get(rule) ?? 0) + count);
  }

  #report(reject: Omit<RejectRecord, 'ordinal'>): void {
    this.rejects.push({ ordinal: this.rejects.length, ...reject });
  }
}

function positionOf(columns: readonly ColumnSpec[], name: string): number {
  const position = columns.findIndex((column) => column.name === name);
  if (position < 0) throw new RangeError(`the extract has no column "${name}"`);
  return position;
}
