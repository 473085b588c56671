import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers of a made-up site: all extracts are of one connection and one cadence, so of one pull group. */
export interface ManyMeasures {
  /** Id of the site; part of its schedules' names and of its task queue. */
  readonly site: string;
  readonly extracts: number;
  readonly measuresPerExtract: number;
  readonly months: number;
  /** `YYYY-MM`: the first month with values. */
  readonly firstMonth: string;
}

const MEASURES_PER_OBJECTIVE = 10;
const OBJECTIVES_PER_PERSPECTIVE = 25;

/** Every tenth measure falls short of its target: alerts and messages are part of what a collection does. */
const FALLS_SHORT_EVERY = 10;

/** Writes a config folder (`config`) and its CSV files (`sources`); a row each measure and month. */
export function writeManyMeasures(folder: string, site: ManyMeasures): string {
  const config = join(folder, 'config');
  for (const path of ['extracts', 'scorecards']) mkdirSync(join(config, path), { recursive: true });
  mkdirSync(join(folder, 'sources'));
  const extracts = numbered('extract', site.extracts);
  const series = numbered('series', site.measuresPerExtract);
  // JSON is YAML, too.
  const write = (file: string, content: unknown): void => writeFileSync(join(config, file), JSON.stringify(content));
  write('site.yaml', siteSpec(site));
  write('people.yaml', { people: { omar: { name: 'Omar', email: 'omar@example.com' } } });
  write('connections.yaml', {
    connections: { exports: { connector: 'csv', owner: 'omar', options: { folder: '../sources' } } },
  });
  write('extracts/exports.yaml', {
    extracts: Object.fromEntries(extracts.map((extract) => [extract, extractSpec(extract)])),
  });
  write('scorecards/company.yaml', scorecardSpec(extracts, series, site.firstMonth));
  for (const extract of extracts) writeFileSync(join(folder, 'sources', `${extract}.csv`), csvOf(series, site));
  return config;
}

function siteSpec({ site, months }: ManyMeasures) {
  return {
    id: site,
    name: 'Many measures',
    time_zone: 'UTC',
    history_months: months,
    store: { client: 'sqlite', file: '../store.sqlite' },
    operator: 'omar',
    // Once a day: nothing but the collection is to run while it is measured.
    sweep_minutes: 1440,
    deliver_minutes: 1440,
    channels: { journal: { kind: 'file', path: '../alerts.log' } },
  };
}

function extractSpec(extract: string) {
  return {
    connection: 'exports',
    schedule: { every: 'month', day: 1, at: '12:00' },
    source: { files: `${extract}.csv` },
    time: 'booked_on',
    columns: { booked_on: 'date', series: 'text', amount: 'decimal' },
  };
}

function scorecardSpec(extracts: readonly string[], series: readonly string[], firstMonth: string) {
  const pairs = extracts.flatMap((extract) => series.map((name) => ({ extract, name })));
  const objectives = numbered('objective', Math.ceil(pairs.length / MEASURES_PER_OBJECTIVE));
  const perspectives = numbered('perspective', Math.ceil(objectives.length / OBJECTIVES_PER_PERSPECTIVE));
  return {
    scorecard: { id: 'company', name: 'Company', owner: 'omar' },
    perspectives: perspectives.map((id) => ({ id, name: id })),
    objectives: objectives.map((id, index) => ({
      id,
      name: id,
      perspective: perspectives[Math.floor(index / OBJECTIVES_PER_PERSPECTIVE)],
      owner: 'omar',
    })),
    measures: pairs.map(({ extract, name }, index) => ({
      id: `${extract}-${name}`,
      name: `${extract} ${name}`,
      objective: objectives[Math.floor(index / MEASURES_PER_OBJECTIVE)],
      owner: 'omar',
      unit: 'EUR',
      direction: 'higher-is-better',
      frequency: 'monthly',
      from: { extract, sum: 'amount', where: `series = '${name}'` },
      targets: [{ from: firstMonth, value: 100 }],
    })),
  };
}

function csvOf(series: readonly string[], { months, firstMonth }: ManyMeasures): string {
  const lines = Array.from({ length: months }, (_, month) =>
    series.map((name, index) => {
      const amount = (index % FALLS_SHORT_EVERY === 0 ? 60 : 101) + ((index * 7 + month * 3) % 20);
      return `${monthAfter(firstMonth, month)}-15,${name},${amount}.25`;
    }),
  );
  return `${['booked_on,series,amount', ...lines.flat()].join('\n')}\n`;
}

/** `YYYY-MM`, so many months on; negative goes back. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, ofYear = 1] = month.split('-').map((part) => Number.parseInt(part, 10));
  const count = year * 12 + ofYear - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

const numbered = (word: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${word}-${String(index + 1).padStart(4, '0')}`);
