import { describe, expect, it } from 'vitest';
import { bandOf } from '#src/domain/score/bands/band-of.js';
import { parseBand } from '#src/domain/score/bands/parse-band.js';
import type { Band, Status } from '#src/domain/score/types.js';
import { canonical, decimal } from '#src/domain/value/decimal.js';
import { factsOf } from '../facts.js';

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

function statusIn(by: readonly Band[], value: string, series: Parameters<typeof factsOf>[1] = {}): string {
  const found = bandOf(by, factsOf(value, series), undefined);
  return found.ok ? (found.band.label ?? found.band.status) : found.reason;
}

describe('bandOf', () => {
  const statuses = (by: readonly Band[], values: readonly string[]): readonly string[] =>
    values.map((value) => statusIn(by, value, { target: '0' }));

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
    expect(statusIn(bands('>= 0.3', '>= 0.1'), canonical(sum))).toBe('on_track');
    expect(statusIn(bands('<= 0.3', '<= 0.4'), canonical(sum))).toBe('on_track');
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

  it('says so where no band holds', () => {
    expect(statuses(bands('>= 2', '>= 1').slice(0, 2), ['0', '2'])).toEqual(['none of the bands holds', 'on_track']);
  });

  it('compares without rounding, so that a hair below is below', () => {
    const by = bands('>= 33.33333333333333333333% of target', '>= 30% of target');
    expect(statusIn(by, '1', { target: '3' })).toBe('on_track');
    const above = bands('>= 33.33333333333333333334% of target', '>= 30% of target');
    expect(statusIn(above, '1', { target: '3' })).toBe('at_risk');
  });

  it('takes both ends of between, and each end of a range as it is written', () => {
    const between = [band('on_track', 'between 10 and 20'), rest('value')];
    expect(statuses(between, ['9.99', '10', '20', '20.01'])).toEqual([
      'off_track',
      'on_track',
      'on_track',
      'off_track',
    ]);
    const half = [band('on_track', '>= 10 and < 20'), rest('value')];
    expect(statuses(half, ['10', '19.99', '20'])).toEqual(['on_track', 'on_track', 'off_track']);
  });

  it('compares with series of the period', () => {
    const by = [band('on_track', '>= benchmark'), band('at_risk', '>= 2 * threshold - 1'), rest('value')];
    const series = { benchmark: '20', threshold: '8' };
    expect(['20', '15', '14.99'].map((value) => statusIn(by, value, series))).toEqual([
      'on_track',
      'at_risk',
      'off_track',
    ]);
  });

  it('gives no status while a series of any band is missing, also on the far side of its limit', () => {
    const by = [band('on_track', '>= 20'), band('at_risk', '>= threshold'), rest('value')];
    expect(statusIn(by, '25')).toBe('no threshold is in force on 2026-03-01');
  });

  it('gives the label of a band where it has one', () => {
    expect(statusIn([{ ...band('on_track', '>= 20'), label: 'super green' }, rest('value')], '25')).toBe('super green');
  });
});
