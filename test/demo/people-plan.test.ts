import { expect, it } from 'vitest';
import { peoplePlan } from '../../demo/company/people-plan.js';
import { createTimeline } from '../../demo/company/timeline.js';
import { boxOf, cellAt, lastRow, type StandInCell } from '../../demo/sheets-server/spreadsheet-data.js';

const SEED = 1992;
const sheetOf = (today: string, seed = SEED) => {
  const { spreadsheet, badCells } = peoplePlan(createTimeline(today), seed);
  const tab = spreadsheet.tabs.find(({ title }) => title === 'Certificates');
  if (tab === undefined) throw new Error('no tab "Certificates"');
  return { spreadsheet, badCells, tab };
};
const cellOf = (tab: ReturnType<typeof sheetOf>['tab'], place: string): StandInCell => {
  const box = boxOf(place.slice(place.indexOf('!') + 1));
  return cellAt(tab, box?.top ?? -1, box?.left ?? -1);
};

it('the plan is the same for the same day and seed, and another for another seed', () => {
  expect(sheetOf('2026-11-23')).toEqual(sheetOf('2026-11-23'));
  expect(sheetOf('2026-11-23', 7)).not.toEqual(sheetOf('2026-11-23'));
});

it.each(['2026-11-23', '2027-01-01', '2028-02-29', '2028-03-01'])(
  'the plan of %s has a title above the table, a faulty cell at each promised place, and holes between years',
  (today) => {
    const { spreadsheet, badCells, tab } = sheetOf(today);
    expect(tab.merges).toEqual(['B1:E1']);
    expect(spreadsheet.namedRanges?.['certificates']).toEqual({ tab: 'Certificates', range: 'B4:E1000' });
    expect(cellOf(tab, 'B4')).toBe('Examined on');
    expect(lastRow(tab)).toBeLessThan(1000);
    expect(badCells.map(({ place, rule }) => [rule, cellOf(tab, place)])).toEqual([
      ['error_token', { error: '#N/A' }],
      ['impossible_date', expect.stringMatching(/^31\.02\.\d{4}$/)],
    ]);
    const table = tab.cells.slice(4);
    expect(table.filter((row) => row.length === 0)).toHaveLength(2);
    const typedAsText = table.filter(([day]) => typeof day === 'string');
    expect(typedAsText.length).toBeGreaterThan(3);
    expect(typedAsText.length).toBeLessThan(table.length / 20);
  },
);

it('a date cell holds the days since the end of 1899, as spreadsheets count them', () => {
  const { tab } = sheetOf('2026-11-23');
  expect(cellOf(tab, 'C2')).toEqual({ serial: 46_348, shown: '22.11.2026' });
});
