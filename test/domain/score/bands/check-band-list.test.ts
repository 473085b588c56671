import { describe, expect, it } from 'vitest';
import type { Direction } from '#src/domain/measure/types.js';
import { checkBandList } from '#src/domain/score/bands/check-band-list.js';
import { parseBand } from '#src/domain/score/bands/parse-band.js';
import type { Band, Status } from '#src/domain/score/types.js';

function list(...bands: readonly (readonly [string, Status])[]): readonly Band[] {
  return bands.map(([text, status]) => {
    if (text === 'else') return { status, basis: 'value', operator: 'else', text };
    const reading = parseBand(text);
    if (!reading.ok) throw new Error(reading.message);
    const { ok: _ok, ...parts } = reading;
    return { status, ...parts, text };
  });
}

describe('checkBandList', () => {
  it.each<[Direction, readonly Band[]]>([
    ['higher-is-better', list(['>= 9', 'on_track'], ['>= 5', 'on_track'], ['>= 3', 'at_risk'], ['else', 'off_track'])],
    ['higher-is-better', list(['<= 3', 'off_track'], ['<= 5', 'at_risk'], ['else', 'on_track'])],
    ['lower-is-better', list(['<= 3', 'on_track'], ['else', 'off_track'])],
    ['in-band', list(['<= 10', 'off_track'], ['<= 20', 'at_risk'], ['< 70', 'on_track'], ['else', 'at_risk'])],
    ['exact', list(['between 4 and 6', 'on_track'], ['else', 'off_track'])],
    ['lower-is-better', list(['score >= 70', 'on_track'], ['score >= 40', 'at_risk'], ['else', 'off_track'])],
    ['higher-is-better', list(['>= benchmark', 'on_track'], ['>= 3', 'off_track'], ['else', 'at_risk'])],
    ['higher-is-better', list(['>= 3', 'on_track'], ['score >= 40', 'at_risk'], ['else', 'off_track'])],
  ])('finds nothing wrong, where %s, with %#', (direction, bands) => {
    expect(checkBandList(direction, bands)).toEqual([]);
  });

  it('finds a list that leaves values without a status', () => {
    const bands = list(['>= 9', 'on_track'], ['>= 3', 'at_risk']);
    expect(checkBandList('higher-is-better', bands)).toEqual([
      'gap: the last band, ">= 3", leaves values without a status; end with else',
    ]);
  });

  it('finds bands behind else', () => {
    const bands = list(['else', 'on_track'], ['>= 3', 'at_risk'], ['else', 'off_track']);
    expect(checkBandList('higher-is-better', bands)).toEqual([
      '"else" takes every value, so the bands after it never hold',
    ]);
  });

  it('finds bands that never hold', () => {
    const bands = list(['>= 5', 'on_track'], ['>= 9', 'on_track'], ['= 5', 'at_risk'], ['else', 'off_track']);
    expect(checkBandList('higher-is-better', bands)).toEqual([
      '">= 9" never holds: the bands before it take all its values',
      '"= 5" never holds: the bands before it take all its values',
    ]);
    const complete = list(['>= 5', 'on_track'], ['< 5', 'at_risk'], ['else', 'off_track']);
    expect(checkBandList('higher-is-better', complete)).toEqual([
      '"else" never holds: the bands before it take all its values',
    ]);
  });

  it.each<[Direction, readonly Band[], string]>([
    [
      'higher-is-better',
      list(['>= 9', 'off_track'], ['else', 'on_track']),
      '">= 9" is off_track where "else" is on_track',
    ],
    ['lower-is-better', list(['>= 9', 'on_track'], ['else', 'at_risk']), '"else" is at_risk where ">= 9" is on_track'],
    [
      'higher-is-better',
      list(['>= 9', 'on_track'], ['>= 5', 'off_track'], ['>= 2', 'at_risk'], ['else', 'off_track']),
      '">= 5" is off_track where ">= 2" is at_risk',
    ],
    [
      'in-band',
      list(['within 1 of target', 'at_risk'], ['within 5 of target', 'on_track'], ['else', 'off_track']),
      '"within 1 of target" is at_risk where "within 5 of target" is on_track',
    ],
    ['lower-is-better', list(['score >= 70', 'off_track'], ['else', 'on_track']), '"score >= 70" is off_track'],
  ])('finds, where %s, statuses that get worse as the value gets better', (direction, bands, problem) => {
    expect(checkBandList(direction, bands)).toEqual([expect.stringContaining(problem)]);
  });
});
