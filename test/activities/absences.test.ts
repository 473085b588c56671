// Why a value is not there, as its alert says it, and whom the alert turns to: through real files, runs, sweeps and store.
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';
import { dumpStore } from '../support/store-dump.js';

const PEOPLE = `people:
  robin: { name: Robin }
  carl: { name: Carl }
  kim: { name: Kim }
`;
const CONNECTIONS = 'connections: { files: { connector: csv, owner: carl, options: { folder: sources } } }\n';
const HEADER = 'day,code,amount\n';
const SALES = 'sources/sales.csv';

const ownedBy = (person: string, measure: string): string => measure.replace('owner: robin', `owner: ${person}`);

let site: SmallSite | undefined;
afterEach(() => site?.dispose());

async function siteOf(
  extract: string,
  rows: string,
  measures = [measureOf('sales', 'sales', 'monthly')],
): Promise<SmallSite> {
  site = await createSmallSite({
    'people.yaml': PEOPLE,
    'connections.yaml': CONNECTIONS,
    'extracts/sales.yaml': extractsFile(extract),
    'scorecards/company.yaml': scorecardFile(...measures),
    [SALES]: HEADER + rows,
  });
  return site;
}

/** `owner | first sentence of why` of what is open about a measure. */
async function whyOf({ store }: SmallSite, id = 'sales'): Promise<string[]> {
  const alerts = await store.read.alerts({ state: 'open', subjects: [`measure/company/${id}`] });
  return alerts.map(({ owner, details }) => `${owner} | ${details[1]} | ${details[2]}`);
}

const silent = (measure: string): string =>
  `${measure.trimEnd()}\n    alerts: { kinds: { late: off, missing: off } }\n`;

describe('a sweep that finds nothing new', () => {
  it('writes nothing, though a value is late and its alert open', async () => {
    const { collect, sweep, config } = await siteOf(extractOf('sales'), '2026-09-15,a,1\n');
    await collect('2026-10-07T05:30:00Z');
    await collect('2026-11-07T05:30:00Z');
    await sweep('2026-11-07T05:35:00Z');
    const { store } = config().site;
    if (store.client !== 'sqlite') throw new Error('the store of the test is a file');
    const before = dumpStore(store.file);
    expect(before['absence']).toEqual([expect.objectContaining({ period_id: '2026-10', reason: 'nothing_newer' })]);
    await sweep('2026-11-07T05:40:00Z');
    expect(dumpStore(store.file)).toEqual(before);
  });
});

describe('a late value', () => {
  const september = '2026-09-15,a,1\n';
  // October is due by the end of 6 November: five working days, the first of them Monday 2 November.
  const late = '2026-11-07T05:30:00Z';

  it('turns to the owner of the connection where the source has nothing newer', async () => {
    const { collect } = await siteOf(extractOf('sales'), september);
    await collect('2026-10-07T05:30:00Z');
    await collect(late);
    expect(await whyOf(site as SmallSite)).toEqual([
      'carl | The source was read and has nothing newer: it stands, by its newest row, at 2026-09-15. | Who can act: Carl',
    ]);
  });

  it('says its dates', async () => {
    const { collect, store } = await siteOf(extractOf('sales'), september);
    await collect('2026-10-07T05:30:00Z');
    await collect(late);
    const [alert] = await store.read.alerts({ state: 'open' });
    expect(alert?.details[3]).toBe(
      '2026-10 is due by the end of 2026-11-06, late from 2026-11-07 on, missing from 2026-11-10 on.',
    );
  });

  it('turns to the owner of the measure where the newest rows are of a later period', async () => {
    const { collect } = await siteOf(extractOf('sales'), `${september}2026-11-02,a,1\n`);
    await collect('2026-10-07T05:30:00Z');
    await collect(late);
    expect(await whyOf(site as SmallSite)).toEqual([
      'robin | The source is past the period, by its newest row, at 2026-11-02, and has no value of it. None is made up. | Who can act: Robin',
    ]);
  });

  it('goes by the time of the file where that is declared to count, and never by the time of the reading', async () => {
    const { collect } = await siteOf(extractOf('sales', '    evidence: file_time\n'), september);
    const file = join((site as SmallSite).config().folder, SALES);
    const changed = (at: string): void => utimesSync(file, new Date(at), new Date(at));
    changed('2026-10-31T22:59:59Z');
    await collect('2026-10-07T05:30:00Z');
    await collect(late);
    expect(await whyOf(site as SmallSite)).toEqual([
      'carl | The source was read and has nothing newer: it stands, by the time of its last change, at 2026-10-31 23:59. | Who can act: Carl',
    ]);
    changed('2026-10-31T23:00:00Z');
    await collect('2026-11-10T05:30:00Z');
    expect(await whyOf(site as SmallSite)).toEqual([
      'robin | The source is past the period, by the time of its last change, at 2026-11-01 00:00, and has no value of it. None is made up. | Who can act: Robin',
    ]);
  });

  it('turns to who keeps the figures by hand', async () => {
    const { collect } = await siteOf(extractOf('sales', '    kept_by: kim\n'), september);
    await collect('2026-10-07T05:30:00Z');
    await collect(late);
    expect(await whyOf(site as SmallSite)).toEqual([
      'kim | Kim keeps these figures by hand and has not entered this one; the source stands, by its newest row, at 2026-09-15. | Who can act: Kim',
    ]);
  });

  it('is told of rows that were rejected, and of no others', async () => {
    const { collect } = await siteOf(
      extractOf('sales'),
      `${september.repeat(4)}2026-10-05,a,many\n2026-10-06,a,few\n2026-09-06,a,few\n`,
    );
    await collect('2026-10-07T05:30:00Z');
    await collect(late);
    expect(await whyOf(site as SmallSite)).toEqual([
      'carl | The source was read, and 2 rows of the period, or perhaps of it, could not be used. | Who can act: Carl',
    ]);
  });

  it('is told of a declared placeholder apart from a blank cell', async () => {
    const declared = extractOf('sales').replace('locale: en-US }', "locale: en-US, blanks: ['0'] }");
    const { collect } = await siteOf(declared, `${september}2026-10-05,a,0\n`);
    await collect('2026-10-07T05:30:00Z');
    await collect(late);
    expect(await whyOf(site as SmallSite)).toEqual([
      'carl | The source has "0" in the period, which is declared to mean that nothing was reported, or leaves it blank. | Who can act: Carl',
    ]);
    await site?.dispose();
    const { collect: again } = await siteOf(extractOf('sales'), `${september}2026-10-05,a,\n`);
    await again('2026-10-07T05:30:00Z');
    await again(late);
    expect(await whyOf(site as SmallSite)).toEqual([
      'carl | The source has the period, and leaves the value blank. | Who can act: Carl',
    ]);
  });

  it('of a measure that never reported turns to its owner', async () => {
    const { collect } = await siteOf(extractOf('sales'), '');
    await collect(late);
    expect(await whyOf(site as SmallSite)).toEqual([
      'robin | The source was read and never had a value for this measure. | Who can act: Robin',
    ]);
  });

  it('of a computed measure names what it waits for and turns to the owner of that', async () => {
    const double = measureOf('double', 'sales', 'monthly').replace(
      'from: { extract: sales, sum: amount }',
      'from: { formula: 2 * twice }',
    );
    const twice = measureOf('twice', 'sales', 'monthly').replace(
      'from: { extract: sales, sum: amount }',
      'from: { formula: 2 * sales }',
    );
    const { collect, sweep } = await siteOf(extractOf('sales'), september, [
      // Else the computed one would be listed in the alert of what it waits for, and have none of its own.
      silent(ownedBy('kim', measureOf('sales', 'sales', 'monthly'))),
      silent(twice),
      double,
    ]);
    await collect('2026-10-07T05:30:00Z');
    await collect(late);
    await sweep('2026-11-07T05:35:00Z');
    expect(await whyOf(site as SmallSite, 'double')).toEqual([
      'kim | It is computed, and waits for sales (Kim). | Who can act: Kim',
    ]);
  });
});
