import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATA_COLUMNS, MEASURES, measureIds, monthOf, type ScaleShape, targetOf, unitIds } from './scale-data.js';

export type ScaleSource = 'csv' | 'table';

const OBJECTIVES = ['sell', 'save', 'serve', 'learn'] as const;

/**
 * Writes a config folder of a template: each unit a scorecard of two perspectives, four objectives and twelve measures, with
 * targets of its own, over one extract of the files or of the table beside the folder. Returns its path.
 *
 * JSON is YAML, too.
 */
export function writeScaleSite(parent: string, source: ScaleSource, shape: ScaleShape): string {
  const folder = join(parent, 'config');
  for (const each of ['extracts', 'scorecards']) mkdirSync(join(folder, each), { recursive: true });
  const write = (file: string, content: unknown): void => writeFileSync(join(folder, file), JSON.stringify(content));
  write('site.yaml', {
    id: 'scale',
    name: 'Scale',
    time_zone: 'UTC',
    history_months: shape.months + 1,
    // What is timed is the collection; a letter for every shop that is off track would be all there is to see.
    alerts: { off_track_after: 0 },
    store: { client: 'sqlite', file: '../store.sqlite' },
    operator: 'omar',
    channels: { journal: { kind: 'file', path: '../alerts.log' } },
  });
  write('people.yaml', { people: { omar: { name: 'Omar', email: 'omar@example.com' } } });
  write('connections.yaml', { connections: { source: connectionOf(source) } });
  write('extracts/sales.yaml', { extracts: { sales: extractOf(source) } });
  write('units.yaml', { units: { shops: { list: unitIds(shape.units).map(unitOf(source)) } } });
  write('scorecards/shops.yaml', scorecardOf());
  return folder;
}

function connectionOf(source: ScaleSource) {
  return source === 'csv'
    ? { connector: 'csv', owner: 'omar', options: { folder: '..' } }
    : { connector: 'database', owner: 'omar', options: { client: 'sqlite', file: '../sales.sqlite' } };
}

function extractOf(source: ScaleSource) {
  const values = DATA_COLUMNS.filter((name) => name.startsWith('v'));
  const type = source === 'csv' ? { type: 'decimal', locale: 'en-US' } : 'integer';
  return {
    connection: 'source',
    schedule: { every: 'day', at: '06:30' },
    source: source === 'csv' ? { files: 'sales.csv', delimiter: ',' } : { table: 'sales' },
    time: 'day',
    columns: { shop: 'text', day: 'date', ...Object.fromEntries(values.map((name) => [name, type])) },
    limits: { rows: 100_000_000, megabytes: 10_000, seconds: 3_600 },
  };
}

/** A unit as a literal, its targets among its attributes; in hundredths where the values are. */
const unitOf = (source: ScaleSource) => (id: string, unit: number) => ({
  id,
  name: `Shop ${unit + 1}`,
  owner: 'omar',
  attributes: Object.fromEntries(
    measureIds.map((measure, index) => [`target-${measure}`, targetOf(unit, index) * (source === 'csv' ? 1 : 100)]),
  ),
});

function scorecardOf() {
  const perMeasure = MEASURES / OBJECTIVES.length;
  return {
    scorecard: { id: 'shops', name: 'Shops', owner: 'omar', frequency: 'monthly', for_each: 'shops' },
    perspectives: ['money', 'people'].map((id) => ({ id, name: id })),
    objectives: OBJECTIVES.map((id, index) => ({
      id,
      name: id,
      perspective: index < OBJECTIVES.length / 2 ? 'money' : 'people',
      owner: 'omar',
    })),
    measures: measureIds.map((id, index) => ({
      id,
      name: `Measure ${index + 1}`,
      objective: OBJECTIVES[Math.floor(index / perMeasure)],
      owner: 'omar',
      unit: 'EUR',
      direction: 'higher-is-better',
      frequency: 'monthly',
      weight: weightOf(index),
      bands: { on_track: '>= 100% of target', at_risk: '>= 90% of target' },
      from: { extract: 'sales', sum: id.replace('m', 'v'), unit: { column: 'shop' } },
      targets: { attribute: `target-${id}` },
    })),
  };
}

/** 1, 2 or 3. */
const weightOf = (measure: number): number => 1 + (measure % 3);

/** After the last month is due, so that all months are scored. */
export function scaleLogicalTime({ months }: ScaleShape): string {
  return `${monthOf(months)}-20T06:30:00Z`;
}
