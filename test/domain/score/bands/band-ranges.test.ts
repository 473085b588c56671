import { describe, expect, it } from 'vitest';
import { type BandRange, checkRanges, type Inclusive } from '#src/domain/score/bands/band-ranges.js';

const range = (from?: string, to?: string): BandRange => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
const faults = (inclusive: Inclusive, ...ranges: readonly BandRange[]) => checkRanges(ranges, inclusive).faults;

describe('checkRanges', () => {
  it('finds nothing wrong with ranges that meet, in any order', () => {
    expect(checkRanges([range('66'), range(undefined, '33'), range('33', '66')], 'lower')).toEqual({
      faults: [],
      openEnds: [],
    });
    expect(faults('upper', range(undefined, '33'), range('33'))).toEqual([]);
  });

  it.each<[Inclusive, readonly string[]]>([
    ['both', ['overlap 33']],
    ['lower', []],
    ['upper', []],
  ])('finds, where both ranges have the number 33 and %s ends count, %j', (inclusive, found) => {
    expect(faults(inclusive, range('0', '33'), range('33', '66'))).toEqual(found);
  });

  it('prints exact gaps, however small', () => {
    expect(faults('lower', range('0', '33'), range('33.0001', '66'))).toEqual(['gap 33..33.0001']);
    expect(faults('both', range('-9', '-3'), range('-2', '5'))).toEqual(['gap -3..-2']);
  });

  it('prints exact overlaps, also of a range inside another', () => {
    expect(faults('lower', range('0', '40'), range('33', '66'))).toEqual(['overlap 33..40']);
    expect(faults('lower', range('0', '100'), range('20', '30'), range('90', '120'))).toEqual([
      'overlap 20..30',
      'overlap 90..100',
    ]);
    expect(faults('lower', range(), range('5', '6'))).toEqual(['overlap 5..6']);
    expect(faults('lower', range(undefined, '9'), range(undefined, '5'))).toEqual(['overlap ..5']);
    expect(faults('lower', range('5'), range('7'))).toEqual(['overlap 7..']);
    expect(faults('lower', range(), range())).toEqual(['overlap everywhere']);
  });

  it('finds ranges that hold nothing', () => {
    expect(faults('lower', range('5', '5'), range('6', '7'))).toEqual(['from 5 to 5 holds nothing']);
    expect(faults('both', range('5', '5'), range('5', '4'))).toEqual(['from 5 to 4 holds nothing']);
  });

  it.each<[Inclusive, readonly string[]]>([
    ['lower', ['nothing is defined below 0', 'nothing is defined from 105 on']],
    ['upper', ['nothing is defined up to 0', 'nothing is defined above 105']],
    ['both', ['nothing is defined below 0', 'nothing is defined above 105']],
  ])('tells, where %s ends count, the ends beyond which nothing is defined', (inclusive, ends) => {
    const gapless = [range('0', '50'), range(inclusive === 'both' ? '50.5' : '50', '105')];
    expect(checkRanges(gapless, inclusive).openEnds).toEqual(ends);
  });
});
