import { describe, expect, it } from 'vitest';
import type { Direction } from '#src/domain/measure/types.js';
import { checkBands } from '#src/domain/score/bands/check-bands.js';
import { parseBand } from '#src/domain/score/bands/parse-band.js';
import type { Band, Status } from '#src/domain/score/types.js';

function band(status: Status, text: string): Band {
  const reading = parseBand(text);
  if (!reading.ok) throw new Error(reading.message);
  const { ok: _ok, ...parts } = reading;
  return { status, ...parts, text };
}

const rest = (basis: Band['basis']): Band => ({ status: 'off_track', basis, operator: 'else', text: 'else' });

function bands(onTrack: string, atRisk: string): readonly Band[] {
  const first = band('on_track', onTrack);
  return [first, band('at_risk', atRisk), rest(first.basis)];
}

describe('checkBands', () => {
  it.each<[Direction, string, string]>([
    ['higher-is-better', '>= 100% of target', '>= 90% of target'],
    ['higher-is-better', '> 0', '>= -5'],
    ['lower-is-better', '<= 100% of target', '<= 110% of target'],
    ['in-band', 'within 0 of target', 'within 2 of target'],
    ['exact', 'within 0.5 of target', 'within 1 of target'],
  ])('finds nothing wrong with %s: %s, %s', (direction, onTrack, atRisk) => {
    expect(checkBands(direction, bands(onTrack, atRisk))).toEqual([]);
  });

  it.each<[Direction, string, string, string]>([
    ['higher-is-better', '>= 90', '>= 100', 'at_risk limit 100 must be below the on_track limit 90'],
    ['lower-is-better', '<= 110', '<= 100', 'at_risk limit 100 must be above the on_track limit 110'],
    ['in-band', 'within 2 of target', 'within 1 of target', 'at_risk limit 1 must be above'],
    ['higher-is-better', '>= 90', '> 90', 'the same limit 90'],
    ['higher-is-better', '>= 90', '>= 80% of target', 'on percent of target but ">= 90" on the value itself'],
  ])('says what is wrong with %s: %s, %s', (direction, onTrack, atRisk, problem) => {
    const problems = checkBands(direction, bands(onTrack, atRisk));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it.each<[Direction, string, string]>([
    ['higher-is-better', '<= 100', '<= 90'],
    ['higher-is-better', 'within 1 of target', 'within 2 of target'],
    ['lower-is-better', '>= 100', '>= 90'],
    ['lower-is-better', 'within 1 of target', 'within 2 of target'],
    ['in-band', '<= 100% of target', '<= 110% of target'],
    ['in-band', '>= 72', '>= 70'],
    ['exact', '>= 100% of target', '>= 90% of target'],
  ])('finds that %s contradicts %s, %s', (direction, onTrack, atRisk) => {
    expect(checkBands(direction, bands(onTrack, atRisk))).toEqual([
      expect.stringContaining(`"${onTrack}" and "${atRisk}" contradict the direction ${direction}, which needs `),
    ]);
  });

  it('tells once of a band that contradicts the direction, and not that it is on another basis, too', () => {
    expect(checkBands('higher-is-better', bands('within 5% of target', '>= 90% of target'))).toEqual([
      '"within 5% of target" contradicts the direction higher-is-better, which needs >= or >',
    ]);
  });

  it('finds a gap where the last band is no else', () => {
    const open = [...bands('>= 90', '>= 80').slice(0, 2), band('off_track', '>= 10')];
    expect(checkBands('higher-is-better', open)).toEqual([
      'gap: the last band, ">= 10", leaves values without a status',
    ]);
  });

  it('finds bands that are absent, twice there, out of order or never reached', () => {
    const [onTrack, atRisk, offTrack] = bands('>= 90', '>= 80');
    if (onTrack === undefined || atRisk === undefined || offTrack === undefined) throw new Error('three bands');
    expect(checkBands('higher-is-better', [])).toEqual([
      'no band gives on_track',
      'no band gives at_risk',
      'no band gives off_track',
    ]);
    expect(checkBands('higher-is-better', [onTrack, offTrack])).toEqual(['no band gives at_risk']);
    expect(checkBands('higher-is-better', [atRisk, onTrack, offTrack])[0]).toContain('best to worst');
    expect(checkBands('higher-is-better', [onTrack, onTrack, atRisk, offTrack])[0]).toContain('the same status');
    const early = checkBands('higher-is-better', [onTrack, { ...offTrack, status: 'at_risk' }, offTrack]);
    expect(early).toEqual(['the band of at_risk takes every value, so those after it never hold']);
  });

  it('wants no bands for an unscored measure', () => {
    expect(checkBands('unscored', [])).toEqual([]);
    expect(checkBands('unscored', bands('>= 2', '>= 1'))).toEqual(['an unscored measure has no bands']);
  });
});
