import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Size of a made-up site: each unit has the same measures. */
export interface ScaleShape {
  readonly units: number;
  readonly months: number;
}

export const MEASURES = 12;
/** `YYYY-MM` of the first month is January of this year. */
const SCALE_YEAR = 2025;

export const unitIds = (units: number): string[] =>
  Array.from({ length: units }, (_, index) => `s${String(index + 1).padStart(5, '0')}`);

/** `m01` to `m12`; the column of its values is `v01`, of its targets `t01`. */
export const measureIds: readonly string[] = Array.from(
  { length: MEASURES },
  (_, index) => `m${String(index + 1).padStart(2, '0')}`,
);

/** `YYYY-MM`, from {@link SCALE_YEAR} on. */
export function monthOf(index: number): string {
  return `${SCALE_YEAR + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Hundredths of a unit's value in a month: spread around its target, the same on every run. */
export function valueCents(unit: number, measure: number, month: number): number {
  const mixed = Math.imul(unit * 31 + measure * 17 + month * 7 + 1, 2_654_435_761) >>> 0;
  return Math.round(targetOf(unit, measure) * (60 + (mixed % 60)));
}

/** Target of a unit, a whole number of three digits; the same in every month. */
export function targetOf(unit: number, measure: number): number {
  return 100 + ((unit * 13 + measure * 29) % 900);
}

export function centsText(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** Rows of the source as texts: unit, day, twelve values. One for each month and unit. */
export function* dataRows({ units, months }: ScaleShape): Generator<readonly string[]> {
  const ids = unitIds(units);
  for (let month = 0; month < months; month += 1) {
    const day = `${monthOf(month)}-15`;
    for (const [unit, id] of ids.entries()) {
      yield [id, day, ...measureIds.map((_, measure) => centsText(valueCents(unit, measure, month)))];
    }
  }
}

export const DATA_COLUMNS: readonly string[] = ['shop', 'day', ...measureIds.map((id) => id.replace('m', 'v'))];
const TARGET_COLUMNS: readonly string[] = ['shop', ...measureIds.map((id) => id.replace('m', 't'))];

/** Writes `sales.csv` and `targets.csv`. Returns the bytes of the former. */
export function writeScaleFiles(folder: string, shape: ScaleShape): number {
  const targets = unitIds(shape.units).map((id, unit) =>
    [id, ...measureIds.map((_, measure) => targetOf(unit, measure))].join(','),
  );
  writeFileSync(join(folder, 'targets.csv'), `${[TARGET_COLUMNS.join(','), ...targets].join('\n')}\n`);
  const file = openSync(join(folder, 'sales.csv'), 'w');
  try {
    let bytes = writeSync(file, `${DATA_COLUMNS.join(',')}\n`);
    let lines: string[] = [];
    const flush = (): void => {
      bytes += lines.length === 0 ? 0 : writeSync(file, `${lines.join('\n')}\n`);
      lines = [];
    };
    for (const row of dataRows(shape)) if (lines.push(row.join(',')) === 10_000) flush();
    flush();
    return bytes;
  } finally {
    closeSync(file);
  }
}
