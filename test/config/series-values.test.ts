// Worked examples of targets, from the YAML that states them to the numbers: what other products print for the same.
import { expect, it } from 'vitest';
import { parsePeriodId } from '#src/domain/period/period.js';
import type { SeriesContext } from '#src/domain/series/context.js';
import { seriesAt } from '#src/domain/series/series-at.js';
import { liftOf, seriesOver } from '#src/domain/series/series-over.js';
import { TARGET, targetSeries } from '#src/domain/series/target-series.js';
import { collected } from '../support/collected-measure.js';
import { changed, configOf } from './support/config-folder.js';

const CARD = 'scorecards/company.yaml';
const MEASURE = /direction: higher-is-better\n[\s\S]*at_risk[^\n]*\n/;

async function configured(lines: string) {
  const { 'scorecards/company.yaml': card = '' } = changed(CARD, 'unit: percent', 'unit: pieces');
  const text = card.replace(MEASURE, () => lines.replaceAll(/^/gm, '    ').trimStart());
  const { measures, site } = await configOf(changed(CARD, card, text, changed(CARD, 'unit: percent', 'unit: pieces')));
  const measure = measures[0];
  if (measure === undefined) throw new Error('there is no measure');
  const context = (known: Partial<SeriesContext> = {}): SeriesContext => ({
    grain: measure,
    direction: measure.direction,
    workingCalendar: site.calendar,
    own: () => undefined,
    collected: () => undefined,
    collectedBefore: () => undefined,
    attribute: () => undefined,
    ...known,
  });
  const series = targetSeries(measure);
  return {
    at: (id: string, known?: Partial<SeriesContext>) => seriesAt(series, TARGET, parsePeriodId(id), context(known)),
    over: (ids: readonly string[]) =>
      seriesOver(
        series,
        TARGET,
        ids.map((id) => parsePeriodId(id)),
        context(),
        liftOf(collected(measure).aggregation.kind),
      ),
  };
}

const value = (text: string) => expect.objectContaining({ ok: true, target: { kind: 'value', value: text } });
const SUM = 'from: { extract: contracts, sum: amount }';

it('spreads 12000 evenly: 1000 a month', async () => {
  const { at } = await configured(`direction: higher-is-better
frequency: monthly
${SUM}
targets: { split: { 2026: { total: 12000, even: true } } }
`);
  for (const month of ['01', '02', '07', '12']) expect(at(`2026-${month}`)).toEqual(value('1000'));
  expect(at('2027-01').ok).toBe(false);
});

it('adds monthly targets of 10, 30, 20, 10 and 20 up to 90 in the year to date', async () => {
  const { over } = await configured(`direction: higher-is-better
frequency: monthly
${SUM}
targets: { periods: { 2026-01: 10, 2026-02: 30, 2026-03: 20, 2026-04: 10, 2026-05: 20 } }
`);
  expect(over(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'])).toEqual(value('90'));
});

it.each(['{ per: day, value: 1 }', '[{ from: 2026, value: 7 }]'])(
  'holds a week with one day of data to 1 of its 7: %s',
  async (targets) => {
    const { at } = await configured(`direction: higher-is-better
frequency: weekly
${SUM}
targets: ${targets}
`);
    expect(at('2026-W12')).toEqual(value('7'));
    expect(at('2026-W12', { soFar: '2026-03-17' })).toEqual(value('1'));
  },
);

it('makes 35 a week of 5 a day', async () => {
  const { at } = await configured(`direction: higher-is-better
frequency: weekly
${SUM}
targets: { per: day, value: 5 }
`);
  expect(at('2026-W12')).toEqual(value('35'));
});

it.each([
  ['', '202.5'],
  [', places: 0', '203'],
])('improves a baseline of 225 by 10 % where lower is better%s: %s', async (places, expected) => {
  const { at } = await configured(`direction: lower-is-better
frequency: monthly
from: { extract: contracts, avg: amount }
series: { baseline: [{ from: 2026, value: 225 }] }
targets: { better_than: baseline, by_percent: 10${places} }
`);
  expect(at('2026-03')).toEqual(value(expected));
});
