import { describe, expect, it } from 'vitest';
import { type AlertSettings, settingsInForce } from '#src/domain/alert/settings.js';
import type { MeasureStanding, PeriodOutcome } from '#src/domain/alert/standing.js';
import { statusConditions } from '#src/domain/alert/status-conditions.js';
import type { AlertKind } from '#src/domain/alert/types.js';
import type { OffTrackAfter } from '#src/domain/measure/types.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';

const LETTERS = { G: 'on_track', A: 'at_risk', R: 'off_track', '-': 'missing', n: 'not_due' } as const satisfies Record<
  string,
  Status | NoScoreState
>;

/** Months from 2026-12 back, newest first: G on track, A at risk, R off track, - missing, n not due; ! behind one that is open. */
function months(letters: string): readonly PeriodOutcome[] {
  return [...letters.matchAll(/[GAR\-n]!?/g)].map(([each], index) => {
    const month = String(12 - index).padStart(2, '0');
    const status = LETTERS[each.charAt(0) as keyof typeof LETTERS];
    const next = index === 0 ? '2027-01' : `2026-${String(13 - index).padStart(2, '0')}`;
    return {
      period: { id: `2026-${month}`, frequency: 'monthly', start: `2026-${month}-01`, end: `${next}-01` },
      closed: !each.endsWith('!'),
      status,
      // Berlin midnight is still the day before in UTC.
      due: `${next}-09T23:00:00Z`,
      ...(/[GAR]/.test(each) ? { value: '4.5', target: '5' } : {}),
    };
  });
}

const ALL = { worsened: true, improved: true, at_risk: true, note_missing: true } as const;

interface Case {
  readonly offTrackAfter?: OffTrackAfter;
  readonly noted?: readonly string[];
  readonly now?: string;
  readonly settings?: AlertSettings;
}

function found(letters: string, { offTrackAfter = 3, noted = [], now = '2027-03-01T00:00:00Z', settings }: Case = {}) {
  const measure: MeasureStanding['measure'] = {
    ...{ address: 'company/rating', name: 'Rating', frequency: 'monthly', timeZone: 'Europe/Berlin' },
    ...{ unit: 'stars', decimals: 1, offTrackAfter },
  };
  return statusConditions(
    { measure, outcomes: months(letters), evidence: [], flips: [], owner: 'amara' },
    { settings: settingsInForce(settings, { kinds: ALL }), noted: new Set(noted), now },
  );
}

const kinds = (letters: string, of: readonly AlertKind[], more?: Case): string[] =>
  found(letters, more)
    .filter(({ kind }) => of.includes(kind))
    .map(({ kind, period }) => `${kind} ${period}`);

describe('worsened and improved', () => {
  it.each<[string, string, readonly string[], Case?]>([
    ['nothing to compare with', 'R', []],
    ['the same as before', 'GG', []],
    ['worse by one', 'AG', ['worsened 2026-12']],
    ['worse by two', 'RG', ['worsened 2026-12']],
    ['better', 'GR', ['improved 2026-12']],
    ['periods without a score between are passed over', 'R--G', ['worsened 2026-12']],
    ['an open period says nothing', 'R!GG', []],
    ['not what was before last month', 'RRG', []],
    ['off_track tells it: one period is enough for it', 'RG', [], { offTrackAfter: 1 }],
    ['off_track tells it: it stands already', 'RGRR', [], { offTrackAfter: { periods: 3, of: 5 } }],
    ['off_track says nothing of a status at risk', 'AG', ['worsened 2026-12'], { offTrackAfter: 1 }],
    ['the end of off_track tells it', 'GRRR', []],
    ['the end of off_track tells it, also when it is still at risk', 'ARRR', []],
    ['off_track was not told before', 'GRR', ['improved 2026-12']],
    ['off_track stands still', 'GRRRR', ['improved 2026-12'], { offTrackAfter: { periods: 3, of: 5 } }],
    ['off_track is never told', 'GRRR', ['improved 2026-12'], { offTrackAfter: 0 }],
  ])('%s: %s', (_, letters, expected, more) => {
    expect(kinds(letters, ['worsened', 'improved'], more)).toEqual(expected);
  });

  it('says from what to what, with the newest value', () => {
    expect(found('AG')[0]).toEqual({
      kind: 'worsened',
      subject: 'measure/company/rating',
      period: '2026-12',
      through: '2027-01-01',
      owner: 'amara',
      summary:
        'Rating (monthly): 2026-12 is at risk, after on track in 2026-11; 2026-12: 4.5 stars against a target of 5',
      details: [
        '2026-12: 4.5 stars against a target of 5, at risk',
        '2026-11: 4.5 stars against a target of 5, on track',
      ],
    });
  });
});

describe('at_risk', () => {
  it.each<[string, readonly string[], Case?]>([
    ['AA', []],
    ['AAAG', ['at_risk 2026-10']],
    ['AA-A', ['at_risk 2026-09']],
    ['AAR', []],
    ['RAAA', []],
    ['A!AA', []],
    ['AG', ['at_risk 2026-12'], { settings: { atRiskAfter: 1 } }],
  ])('%s', (letters, expected, more) => {
    expect(kinds(letters, ['at_risk'], more)).toEqual(expected);
  });
});

describe('note_missing', () => {
  it.each<[string, string, readonly string[], Case?]>([
    ['on track: nothing to explain', 'GRR', []],
    ['from the first period that nobody wrote about', 'RRG', ['note_missing 2026-11']],
    ['a note explains its period and those before it', 'RRR', ['note_missing 2026-12'], { noted: ['2026-11'] }],
    ['the newest has a note', 'RRR', [], { noted: ['2026-12'] }],
    ['a note on another period', 'RG', ['note_missing 2026-12'], { noted: ['2026-11'] }],
    ['an open period', 'R!G', []],
    ['not due: nothing is known yet', 'nRG', ['note_missing 2026-11']],
    // Due 2027-01-10 in Berlin, so it is asked for from the beginning of the 15th on.
    ['before the days are over', 'RG', [], { now: '2027-01-14T22:59:59Z' }],
    ['when the days are over', 'RG', ['note_missing 2026-12'], { now: '2027-01-14T23:00:00Z' }],
    ['days of its own', 'RG', [], { now: '2027-01-14T23:00:00Z', settings: { noteAfterDays: 6 } }],
    ['an older one whose days are over', 'RRG', ['note_missing 2026-11'], { now: '2027-01-14T22:59:59Z' }],
  ])('%s: %s', (_, letters, expected, more) => {
    expect(kinds(letters, ['note_missing'], more)).toEqual(expected);
  });

  it('says what to do', () => {
    expect(found('RRG').at(-1)).toMatchObject({
      summary:
        'Rating (monthly): nobody has written why 2 periods since 2026-11 are off track; 2026-12: 4.5 stars against a target of 5',
      details: expect.arrayContaining([
        'What to do: plumbline note company/rating 2026-12 "why, and what is done about it"',
      ]),
    });
  });
});

it('says nothing that nobody asked for', () => {
  const silent = { kinds: { worsened: false, improved: false, at_risk: false, note_missing: false } };
  for (const letters of ['RG', 'GR', 'AAA', 'RRR']) expect(found(letters, { settings: silent })).toEqual([]);
});
