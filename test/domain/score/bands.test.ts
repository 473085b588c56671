import { describe, expect, it } from 'vitest';
import type { Direction } from '#src/domain/measure/types.js';
import { checkBands, parseBand, statusInBands } from '#src/domain/score/bands.js';
import type { Band, Status } from '#src/domain/score/types.js';
import { canonical, decimal } from '#src/domain/value/decimal.js';

function band(status: Status, text: string): Band {
  const reading = parseBand(text);
  if (!reading.ok) throw new Error(reading.message);
  const { basis, operator, limit } = reading;
  return { status, basis, operator, limit, text };
}

const rest = (basis: Band['basis']): Band => ({ status: 'off_track', basis, operator: 'else', text: 'else' });

function bands(onTrack: string, atRisk: string): readonly Band[] {
  const first = band('on_track', onTrack);
  return [first, band('at_risk', atRisk), rest(first.basis)];
}

describe('parseBand', () => {
  it.each([
    ['>= 85', 'value', '>=', '85'],
    ['<=5', 'value', '<=', '5'],
    ['> -1.50', 'value', '>', '-1.5'],
    ['  < 0  ', 'value', '<', '0'],
    ['>= 92% of target', 'percent_of_target', '>=', '92'],
    ['<= 110.5 %  of  target', 'percent_of_target', '<=', '110.5'],
    ['within 2 of target', 'distance_from_target', '<=', '2'],
    ['within 0 of target', 'distance_from_target', '<=', '0'],
  ])('reads %j', (text, basis, operator, limit) => {
    expect(parseBand(text)).toEqual({ ok: true, basis, operator, limit });
  });

  it.each([
    ['', 'cannot read the band ""', 'write one of'],
    ['85', 'cannot read the band "85"', 'write one of'],
    ['= 85', 'cannot read the band', 'write one of'],
    ['=> 85', 'cannot read the band', 'write one of'],
    ['>= 85 of target', 'cannot read the band', 'write one of'],
    ['>= 92%', '"92%" in the band ">= 92%"', "'>= 92% of target'"],
    ['>= 1,000', '"1,000"', 'digits'],
    ['>= 1e3', '"1e3"', 'digits'],
    ['within -1 of target', 'is negative', '0 or more'],
    ['within 5% of target', '"5%"', "own unit: 'within 2 of target'"],
    ['within 5', 'cannot read the band', 'write one of'],
  ])('refuses %j with a remedy', (text, message, remedy) => {
    const reading = parseBand(text);
    expect(reading.ok).toBe(false);
    if (reading.ok) return;
    expect(reading.message).toContain(message);
    expect(reading.remedy).toContain(remedy);
  });
});

describe('statusInBands', () => {
  const statuses = (by: readonly Band[], values: readonly string[]): readonly Status[] =>
    values.map((value) => statusInBands(by, decimal(value)));

  it('gives a value equal to a limit the better band', () => {
    expect(statuses(bands('>= 100', '>= 90'), ['100', '95', '90', '89.99'])).toEqual([
      'on_track',
      'at_risk',
      'at_risk',
      'off_track',
    ]);
  });

  it('gives a value equal to a strict limit the worse band', () => {
    expect(statuses(bands('> 95', '>= 85'), ['95.1', '95', '85', '84.9'])).toEqual([
      'on_track',
      'at_risk',
      'at_risk',
      'off_track',
    ]);
    expect(statuses(bands('< 7', '<= 9'), ['6', '7', '8', '9', '10'])).toEqual([
      'on_track',
      'at_risk',
      'at_risk',
      'at_risk',
      'off_track',
    ]);
  });

  it('turns round where lower is better', () => {
    expect(statuses(bands('<= 100', '< 120'), ['100', '100.01', '119.99', '120'])).toEqual([
      'on_track',
      'at_risk',
      'at_risk',
      'off_track',
    ]);
  });

  it('meets a limit that binary fractions would miss', () => {
    const sum = decimal('0.1').plus('0.2');
    expect(statusInBands(bands('>= 0.3', '>= 0.1'), sum)).toBe('on_track');
    expect(statusInBands(bands('<= 0.3', '<= 0.4'), sum)).toBe('on_track');
    expect(canonical(sum)).toBe('0.3');
  });

  it('takes the distance for in-band measures', () => {
    expect(statuses(bands('within 0 of target', 'within 2 of target'), ['0', '0.01', '2', '2.01'])).toEqual([
      'on_track',
      'at_risk',
      'at_risk',
      'off_track',
    ]);
  });

  it('is off track where no band holds', () => {
    expect(statuses(bands('>= 2', '>= 1').slice(0, 2), ['0'])).toEqual(['off_track']);
    expect(statuses([], ['0'])).toEqual(['off_track']);
  });
});

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
    ['higher-is-better', '>= 90', '>= 80% of target', 'on percent of target but ">= 90" on the value'],
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
    const problems = checkBands(direction, bands(onTrack, atRisk));
    expect(problems.filter((problem) => problem.includes(`contradicts the direction ${direction}`))).toHaveLength(2);
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
