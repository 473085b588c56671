import { describe, expect, it } from 'vitest';
import { measureConditions } from '#src/domain/alert/conditions.js';
import type { MeasureStanding, PeriodOutcome } from '#src/domain/alert/standing.js';
import type { StatusFlip } from '#src/domain/alert/status-flip.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';

const measure: MeasureStanding['measure'] = {
  address: 'company/knowledge-reused',
  name: 'Knowledge articles reused',
  frequency: 'weekly',
  timeZone: 'Europe/Berlin',
  unit: 'articles',
  decimals: 1,
  offTrackAfter: 3,
};

/** Outcomes newest first from `2026-W46` back, all closed unless the state is followed by `!`. */
function weeks(...states: readonly (Status | NoScoreState | `${Status | NoScoreState}!`)[]): readonly PeriodOutcome[] {
  return states.map((state, index) => {
    const week = 46 - index;
    const hasValue = /track|risk/.test(state);
    return {
      period: { id: `2026-W${week}`, frequency: 'weekly', start: '2026-11-09', end: '2026-11-16' },
      closed: !state.endsWith('!'),
      status: state.replace('!', '') as Status | NoScoreState,
      // The end of the 19th in Berlin.
      due: '2026-11-19T23:00:00Z',
      ...(hasValue || state === 'no_target' ? { value: `${week}.25`, target: '60' } : {}),
    };
  });
}

const conditions = (outcomes: readonly PeriodOutcome[], more: Partial<MeasureStanding> = {}) =>
  measureConditions({ measure, outcomes, evidence: ['read 2026-11-23, 0 rows'], flips: [], owner: 'amara', ...more });

describe('measureConditions for values that are not there', () => {
  it('finds nothing wrong when the newest due period has a value', () => {
    expect(conditions(weeks('on_track', 'missing', 'late'))).toEqual([]);
    expect(conditions([])).toEqual([]);
  });

  it('counts the unbroken run of missing periods and begins with its first', () => {
    expect(conditions(weeks('missing', 'missing', 'missing', 'on_track', 'missing'))).toEqual([
      {
        kind: 'missing',
        subject: 'measure/company/knowledge-reused',
        period: '2026-W44',
        through: '2026-11-16',
        owner: 'amara',
        summary: 'Knowledge articles reused (weekly): no value since 2026-W44, 3 periods missing',
        overdue: weeks('missing', 'missing', 'missing').map(({ period }) => period),
        details: [
          '2026-W46: missing, was due by 2026-11-19',
          '2026-W45: missing, was due by 2026-11-19',
          '2026-W44: missing, was due by 2026-11-19',
          'read 2026-11-23, 0 rows',
        ],
      },
    ]);
  });

  it('says since when one period is late, by the day of the measure’s zone', () => {
    expect(conditions(weeks('late', 'on_track'))).toMatchObject([
      {
        kind: 'late',
        period: '2026-W46',
        summary: 'Knowledge articles reused (weekly): 2026-W46 was due by 2026-11-19, still not there',
      },
    ]);
  });

  it('raises one alert for several late periods, from the first on', () => {
    expect(conditions(weeks('late', 'late', 'at_risk'))).toMatchObject([
      {
        kind: 'late',
        period: '2026-W45',
        summary: 'Knowledge articles reused (weekly): 2026-W45 was due by 2026-11-19, still not there, 2 periods late',
      },
    ]);
  });

  it('keeps to the missing alert when a late period follows missing ones', () => {
    expect(conditions(weeks('late', 'missing', 'missing', 'on_track'))).toMatchObject([
      { kind: 'missing', period: '2026-W44', summary: expect.stringContaining('2 periods missing') },
    ]);
  });

  it('passes over open periods and those not due yet', () => {
    expect(conditions(weeks('late!', 'not_due', 'missing', 'on_track'))).toMatchObject([
      { kind: 'missing', period: '2026-W44', summary: expect.stringContaining('1 period missing') },
    ]);
    expect(conditions(weeks('missing!', 'not_due'))).toEqual([]);
  });

  it('passes over periods in which nothing is expected: they neither part a run nor count', () => {
    expect(conditions(weeks('not_expected', 'missing', 'not_expected', 'missing', 'on_track'))).toMatchObject([
      { kind: 'missing', period: '2026-W43', summary: expect.stringContaining('2 periods missing') },
    ]);
    expect(conditions(weeks('not_expected', 'on_track', 'missing'))).toEqual([]);
  });

  it('does not take a period without a target or denominator for one without a value', () => {
    expect(conditions(weeks('no_target', 'missing')).map(({ kind }) => kind)).toEqual(['target_missing']);
    expect(conditions(weeks('insufficient_data', 'missing'))).toEqual([]);
  });

  it('lists only the newest few of a long run', () => {
    const [missing] = conditions(weeks(...Array<'missing'>(20).fill('missing')));
    expect(missing?.summary).toContain('20 periods missing');
    expect(missing?.details).toHaveLength(8);
    expect(missing?.details).toContain('and 14 periods before');
  });
});

describe('measureConditions for values that are off track', () => {
  it('holds after so many off-track periods in a row, from the first of the streak on', () => {
    expect(conditions(weeks('off_track', 'off_track', 'off_track', 'off_track', 'on_track'))).toEqual([
      {
        kind: 'off_track',
        subject: 'measure/company/knowledge-reused',
        period: '2026-W43',
        through: '2026-11-16',
        owner: 'amara',
        summary:
          'Knowledge articles reused (weekly): off track since 2026-W43, 4 periods in a row; 2026-W46: 46.2 articles against a target of 60',
        details: [
          '2026-W46: 46.2 articles against a target of 60, off track',
          '2026-W45: 45.2 articles against a target of 60, off track',
          '2026-W44: 44.2 articles against a target of 60, off track',
        ],
      },
    ]);
  });

  it('does not hold after fewer, or when the newest is better', () => {
    expect(conditions(weeks('off_track', 'off_track', 'at_risk', 'off_track'))).toEqual([]);
    expect(conditions(weeks('at_risk', 'off_track', 'off_track', 'off_track'))).toEqual([]);
  });

  it('does not count open periods', () => {
    expect(conditions(weeks('off_track!', 'off_track', 'off_track', 'on_track'))).toEqual([]);
    expect(conditions(weeks('on_track!', 'off_track', 'off_track', 'off_track'))).toMatchObject([
      { kind: 'off_track' },
    ]);
  });

  it('neither breaks nor counts at a period without a score', () => {
    expect(conditions(weeks('off_track', 'insufficient_data', 'off_track', 'no_target', 'off_track'))).toMatchObject([
      { kind: 'off_track', period: '2026-W42', summary: expect.stringContaining('3 periods in a row') },
    ]);
    expect(conditions(weeks('off_track', 'missing', 'off_track', 'on_track'))).toEqual([]);
  });

  it('can hold beside a missing value', () => {
    const kinds = conditions(weeks('missing', 'off_track', 'off_track', 'off_track')).map(({ kind }) => kind);
    expect(kinds).toEqual(['missing', 'off_track']);
  });

  it('raises after one period where asked to, and never where switched off', () => {
    const one = { measure: { ...measure, offTrackAfter: 1 } };
    expect(conditions(weeks('off_track', 'on_track'), one)).toMatchObject([
      { period: '2026-W46', details: [expect.any(String), expect.stringContaining('on track')] },
    ]);
    const off = { measure: { ...measure, offTrackAfter: 0 } };
    expect(conditions(weeks('off_track', 'off_track'), off)).toEqual([]);
    expect(conditions([], off)).toEqual([]);
  });

  it('holds when so many of the newest are off track, whichever they are, where that is asked for', () => {
    const ofFive = { measure: { ...measure, offTrackAfter: { periods: 3, of: 5 } } };
    const [found, ...more] = conditions(
      weeks('on_track', 'off_track', 'missing', 'off_track', 'at_risk', 'off_track', 'off_track'),
      ofFive,
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      kind: 'off_track',
      period: '2026-W41',
      summary:
        'Knowledge articles reused (weekly): off track in 3 of the last 5 periods with a score, since 2026-W41; 2026-W45: 45.2 articles against a target of 60',
    });
    expect(found?.details.map((line) => line.replace(/: .*,/, ':'))).toEqual([
      '2026-W46: on track',
      '2026-W45: off track',
      '2026-W43: off track',
      '2026-W42: at risk',
      '2026-W41: off track',
    ]);
  });

  it('does not hold for fewer of the newest, counts no open period, and needs no more than there are', () => {
    const ofFive = { measure: { ...measure, offTrackAfter: { periods: 3, of: 5 } } };
    const of = (outcomes: readonly PeriodOutcome[]) => conditions(outcomes, ofFive);
    expect(of(weeks('off_track', 'on_track', 'on_track', 'off_track', 'on_track', 'off_track'))).toEqual([]);
    expect(of(weeks('off_track!', 'off_track', 'on_track', 'off_track'))).toEqual([]);
    expect(of(weeks('off_track', 'off_track', 'off_track'))).toMatchObject([
      { summary: expect.stringContaining('off track in 3 of the last 3 periods with a score, since 2026-W44') },
    ]);
  });

  it('shows a value without a target as such', () => {
    const outcomes = weeks('off_track', 'off_track', 'off_track').map(({ target: _target, ...outcome }) => outcome);
    expect(conditions(outcomes)[0]?.details[0]).toBe('2026-W46: 46.2 articles, off track');
  });
});

describe('measureConditions for values without a target', () => {
  it('holds while the newest closed period with a value has none, from the first of the run on', () => {
    const outcomes = weeks('no_target', 'missing', 'no_target', 'on_track').map(({ target: _target, ...outcome }) =>
      outcome.status === 'no_target' ? { ...outcome, reason: 'no target is in force on 2026-11-09' } : outcome,
    );
    expect(conditions(outcomes)).toEqual([
      {
        kind: 'target_missing',
        subject: 'measure/company/knowledge-reused',
        period: '2026-W44',
        through: '2026-11-16',
        owner: 'amara',
        summary:
          'Knowledge articles reused (weekly): no target in force since 2026-W44, 2 periods with a value and no score',
        details: [
          '2026-W46: 46.2 articles, not judged: no target is in force on 2026-11-09',
          '2026-W44: 44.2 articles, not judged: no target is in force on 2026-11-09',
        ],
      },
    ]);
  });

  it('does not hold for an open period, for one without a value, or when the newest has one', () => {
    expect(conditions(weeks('no_target!', 'on_track'))).toEqual([]);
    expect(conditions(weeks('on_track', 'no_target'))).toEqual([]);
    const withoutValue = weeks('no_target', 'on_track').map(({ value: _value, ...outcome }) => outcome);
    expect(conditions([...withoutValue.slice(0, 1), ...weeks('on_track')])).toEqual([]);
  });
});

describe('measureConditions for corrected values', () => {
  const flip = (week: number, before: Status, after: Status, at: string): StatusFlip => ({
    period: { id: `2026-W${week}`, frequency: 'weekly', start: `2026-11-0${week - 43}`, end: '2026-11-16' },
    before: { value: '61.25', status: before },
    after: { value: '44', status: after },
    at,
  });

  it('begins with the first period that was turned, and goes as far as the newest correction', () => {
    const flips = [
      flip(46, 'off_track', 'on_track', '2026-11-19T05:30:00Z'),
      flip(44, 'on_track', 'off_track', '2026-11-20T05:30:00Z'),
    ];
    expect(conditions(weeks('on_track'), { flips })).toEqual([
      {
        kind: 'restated',
        subject: 'measure/company/knowledge-reused',
        period: '2026-W44',
        through: '2026-11-20T05:30:00Z',
        owner: 'amara',
        summary:
          'Knowledge articles reused (weekly): 2026-W44 was on track and is off track since its value was corrected; 2 periods in all',
        details: [
          '2026-W46: 61.2 articles, off track → 44.0 articles, on track; corrected 2026-11-19',
          '2026-W44: 61.2 articles, on track → 44.0 articles, off track; corrected 2026-11-20',
        ],
      },
    ]);
  });
});
