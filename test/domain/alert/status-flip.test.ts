import { describe, expect, it } from 'vitest';
import { type JudgedRevision, statusFlip } from '#src/domain/alert/status-flip.js';

const september = { id: '2026-09', frequency: 'monthly', start: '2026-09-01', end: '2026-10-01' } as const;
const SINCE = '2026-11-13T05:30:00Z';

/** A revision of a day of November. */
const on = (day: number, status?: JudgedRevision['status'], restated = true): JudgedRevision => ({
  restated,
  at: `2026-11-${day < 10 ? '0' : ''}${day}T05:30:00Z`,
  value: `${day}`,
  ...(status === undefined ? {} : { status }),
});
const flip = (...revisions: readonly JudgedRevision[]) => statusFlip(september, revisions, SINCE);

describe('statusFlip', () => {
  it('compares what stood before the corrections of late with what stands now', () => {
    expect(flip(on(1, 'on_track', false), on(20, 'off_track'))).toEqual({
      period: september,
      before: { value: '1', status: 'on_track' },
      after: { value: '20', status: 'off_track' },
      at: '2026-11-20T05:30:00Z',
    });
    expect(flip(on(1, 'on_track', false), on(18, 'off_track'), on(20, 'off_track'))).toMatchObject({
      before: { value: '1' },
      after: { value: '20' },
    });
  });

  it('is nothing where the status is what it was, whatever lay between', () => {
    expect(flip(on(1, 'on_track', false), on(20, 'on_track'))).toBeUndefined();
    expect(flip(on(1, 'on_track', false), on(18, 'off_track'), on(20, 'on_track'))).toBeUndefined();
  });

  it('forgets corrections at the instant given and before', () => {
    expect(flip(on(1, 'on_track', false), on(13, 'off_track'))).toBeUndefined();
    expect(flip(on(1, 'on_track', false), on(13, 'off_track'), on(20, 'at_risk'))).toMatchObject({
      before: { value: '13', status: 'off_track' },
    });
  });

  it('is nothing where one of the two was never judged by the rule of today, or taken back', () => {
    expect(flip(on(1, undefined, false), on(20, 'off_track'))).toBeUndefined();
    expect(flip(on(1, 'on_track', false), on(20))).toBeUndefined();
    const { value: _value, ...takenBack } = on(20, 'off_track');
    expect(flip(on(1, 'on_track', false), takenBack)).toBeUndefined();
    expect(flip(on(20, 'on_track'))).toBeUndefined();
    expect(flip()).toBeUndefined();
  });

  it('is nothing where a value came late, or grew while its period was open', () => {
    expect(flip(on(1, 'on_track', false), on(20, 'off_track', false))).toBeUndefined();
  });
});
