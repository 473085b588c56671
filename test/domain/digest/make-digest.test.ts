import { describe, expect, it } from 'vitest';
import { makeDigest } from '#src/domain/digest/make-digest.js';
import type { DigestAlert, DigestInput, DigestMeasure } from '#src/domain/digest/types.js';
import type { PeriodFigures } from '#src/domain/message/types.js';

const NAMES: Readonly<Record<string, string>> = { kim: 'Kim Example', lena: 'Lena Fischer' };

const stars = (period: string, valueText: string, status: string): PeriodFigures => ({
  period,
  status,
  valueText,
  targetText: '4.5',
  gap: { by: '-0.6', words: '0.6 stars (13.3 %) short of the target' },
});

const alert = (changes: Partial<DigestAlert> = {}): DigestAlert => ({
  kind: 'off_track',
  subject: 'measure/company/client-rating',
  name: 'Rating by clients',
  period: '2026-08',
  state: 'open',
  openedAt: '2026-11-01T06:00:00Z',
  owner: 'kim',
  ...changes,
});

const measure = (changes: Partial<DigestMeasure> = {}): DigestMeasure => ({
  subject: 'measure/company/client-rating',
  name: 'Rating by clients',
  owner: 'kim',
  newest: { ...stars('2026-10', '4.6 stars', 'on_track'), knownAt: '2026-11-01T06:00:00Z' },
  before: stars('2026-09', '4.6 stars', 'on_track'),
  ...changes,
});

const digest = (changes: Partial<DigestInput> = {}) =>
  makeDigest({
    reader: 'kim',
    since: '2026-11-08T06:30:00Z',
    now: '2026-11-09T06:30:00Z',
    dueUntil: '2026-11-16T06:30:00Z',
    timeZone: 'Europe/Berlin',
    standsInFor: [],
    alerts: [],
    measures: [],
    nameOf: (id) => NAMES[id] ?? id,
    ...changes,
  });

describe('makeDigest()', () => {
  it('says what is open from the worst, what is new of it, whose it is, and who has it in hand', () => {
    const said = digest({
      alerts: [
        alert({
          kind: 'late',
          subject: 'measure/a',
          name: 'Tickets',
          period: '2026-10',
          openedAt: '2026-11-09T05:00:00Z',
          owner: 'lena',
        }),
        alert({ state: 'acknowledged', handledBy: 'lena' }),
        alert({
          kind: 'missing',
          subject: 'measure/b',
          name: 'Invoices',
          state: 'snoozed',
          snoozedUntil: '2026-11-20T23:30:00Z',
        }),
        alert({
          kind: 'source_failed',
          subject: 'connection/crm',
          name: 'connection/crm',
          period: '2026-11-09T05:30:00Z',
        }),
        alert({ kind: 'late', subject: 'measure/c', name: 'Held back', state: 'pending' }),
      ],
      measures: [
        measure({ newest: { ...stars('2026-10', '3.9 stars', 'off_track'), knownAt: '2026-11-01T06:00:00Z' } }),
      ],
    });
    expect(said).toMatchObject({
      summary: '4 alerts are open, 1 new since 2026-11-08.',
      isEmpty: false,
      hasNews: true,
      sections: [
        {
          heading: 'Open, the worst first',
          lines: [
            'SOURCE FAILED: connection/crm, since 2026-11-09',
            'MISSING: Invoices, since 2026-08; silent until 2026-11-21',
            'OFF TRACK: Rating by clients, since 2026-08; 0.6 stars (13.3 %) short of the target in 2026-10; Lena Fischer has it in hand',
            'LATE, new: Tickets, since 2026-10; from Lena Fischer',
          ],
        },
      ],
    });
  });

  it('says what has changed since the last one, and nothing that was said before', () => {
    const over = alert({
      kind: 'late',
      state: 'resolved',
      resolvedAt: '2026-11-08T12:00:00Z',
      subject: 'measure/a',
      name: 'Tickets',
    });
    const knownAt = '2026-11-09T05:30:00Z';
    const said = digest({
      alerts: [over, { ...over, name: 'Long over', resolvedAt: '2026-11-08T06:30:00Z' }],
      measures: [
        measure({
          subject: 'measure/1',
          name: 'Better',
          newest: { ...stars('2026-10', '4.6 stars', 'on_track'), knownAt },
          before: stars('2026-09', '3.9 stars', 'off_track'),
        }),
        measure({ subject: 'measure/2', name: 'Long better', before: stars('2026-09', '3.9 stars', 'off_track') }),
        measure({
          subject: 'measure/3',
          name: 'Worse',
          newest: { ...stars('2026-10', '4.4 stars', 'at_risk'), knownAt },
        }),
      ],
    });
    expect(said.summary).toBe('No alert is open; 1 over since 2026-11-08.');
    expect(said.sections).toEqual([
      {
        heading: 'Changed since 2026-11-08',
        lines: [
          'Over: Tickets is no longer late',
          'Better: Better, 2026-10: 4.6 stars against a target of 4.5, on track; off track before',
        ],
      },
      {
        heading: 'Without an alert of its own',
        lines: ['Worse, 2026-10: 4.4 stars against a target of 4.5, at risk; on track before'],
      },
    ]);
  });

  it('calls what has come to be missing not over, and says once that its value is there', () => {
    const late = alert({ kind: 'late', state: 'resolved', resolvedAt: '2026-11-08T12:00:00Z' });
    const missing = alert({ kind: 'missing', openedAt: '2026-11-08T12:00:00Z' });
    const open = digest({ alerts: [late, missing] });
    expect(open.summary).toBe('1 alert is open, 1 new since 2026-11-08.');
    expect(open.sections.map(({ heading }) => heading)).toEqual(['Open, the worst first']);
    const come = { ...missing, state: 'resolved', resolvedAt: '2026-11-08T18:00:00Z' } as const;
    expect(digest({ alerts: [late, come] }).sections).toEqual([
      { heading: 'Changed since 2026-11-08', lines: ['Over: Rating by clients is no longer missing'] },
    ]);
    const rejects = alert({
      kind: 'rejects',
      name: 'extract "a"',
      state: 'resolved',
      resolvedAt: '2026-11-08T18:00:00Z',
    });
    expect(digest({ alerts: [rejects] }).sections[0]?.lines).toEqual(['Over: extract "a": rows no longer rejected']);
  });

  it('says what is due next, when and from whom, and not what is far off', () => {
    const due = (subject: string, at: string, owner = 'kim') =>
      measure({ subject, name: subject, owner, next: { period: '2026-10', due: at } });
    const said = digest({
      measures: [
        due('later', '2026-11-12T23:00:00Z', 'lena'),
        due('sooner', '2026-11-10T23:00:00Z'),
        due('far off', '2026-11-16T06:30:01Z'),
        due('past', '2026-11-09T06:30:00Z'),
      ],
    });
    expect(said.sections).toEqual([
      {
        heading: 'Due by',
        lines: ['2026-11-10: sooner for 2026-10, from you', '2026-11-12: later for 2026-10, from Lena Fischer'],
      },
    ]);
    expect(said.isEmpty).toBe(true);
    expect(said.summary).toBe(
      'All is well: nothing is late, missing or off track, and nothing has changed since 2026-11-08.',
    );
  });

  it('names ten of a kind and counts the others', () => {
    const alerts = Array.from({ length: 25 }, (_, index) => alert({ subject: `measure/${index}`, name: `m${index}` }));
    const [open] = digest({ alerts }).sections;
    expect(open?.lines).toHaveLength(11);
    expect(open?.lines.at(-1)).toBe('and 15 more');
  });

  describe('what is new', () => {
    const bad = measure({ newest: { ...stars('2026-10', '3.9 stars', 'off_track'), knownAt: '2026-11-01T06:00:00Z' } });
    const before = digest({ alerts: [alert()], measures: [bad] });
    const after = (changes: Partial<DigestInput>) => digest({ toldThen: new Set(before.standing), ...changes });

    it('is nothing where the same stands as in the last one', () => {
      const said = after({ alerts: [alert({ state: 'acknowledged' })], measures: [bad] });
      expect(said).toMatchObject({ hasNews: false, isWorthRepeating: true, isEmpty: false });
      expect(said.summary).toBe('1 alert is open; nothing is new since 2026-11-08.');
    });

    it('is nothing where a further value is as bad, or its alert has ended quietly before it', () => {
      const next = { ...stars('2026-11', '3.8 stars', 'off_track'), knownAt: '2026-11-09T06:00:00Z' };
      const said = after({ measures: [measure({ newest: next, before: stars('2026-10', '3.9 stars', 'off_track') })] });
      expect(said.hasNews).toBe(false);
      expect(said.summary).toBe('No alert is open, 1 measure stands badly; nothing is new since 2026-11-08.');
    });

    it.each([
      ['an alert that was noted late, of a time before the last one', { alerts: [alert(), alert({ kind: 'late' })] }],
      ['one that has opened again', { alerts: [alert({ openedAt: '2026-11-09T06:00:00Z' })] }],
      [
        'an end that was noted late',
        { alerts: [alert({ state: 'resolved', resolvedAt: '2026-11-08T06:00:00Z' })], measures: [bad] },
      ],
      [
        'a status that was noted late',
        {
          measures: [
            measure({
              newest: { ...stars('2026-11', '4.6 stars', 'on_track'), knownAt: '2026-11-08T06:00:00Z' },
              before: stars('2026-10', '3.9 stars', 'off_track'),
            }),
          ],
        },
      ],
      [
        'another measure that stands badly',
        { alerts: [alert()], measures: [bad, { ...bad, subject: 'measure/company/nps', name: 'NPS' }] },
      ],
    ] satisfies readonly (readonly [string, Partial<DigestInput>])[])('is %s', (_what, changes) => {
      expect(after(changes).hasNews).toBe(true);
    });

    it('is not worth repeating where all of it is snoozed', () => {
      const snoozed = alert({ state: 'snoozed', snoozedUntil: '2026-12-01T08:00:00Z' });
      expect(after({ alerts: [snoozed] })).toMatchObject({ hasNews: false, isWorthRepeating: false, isEmpty: false });
    });
  });

  it('says of what is to be acted on in the place of somebody absent for whom it is', () => {
    const said = digest({
      standsInFor: ['lena'],
      alerts: [alert({ owner: 'lena' })],
      measures: [
        measure({
          subject: 'measure/x',
          name: 'X',
          owner: 'lena',
          newest: { ...stars('2026-10', '3.9 stars', 'off_track'), knownAt: '2026-11-01T06:00:00Z' },
        }),
        measure({
          subject: 'measure/y',
          name: 'Y',
          owner: 'lena',
          next: { period: '2026-10', due: '2026-11-10T23:00:00Z' },
        }),
      ],
    });
    expect(said.sections.flatMap(({ lines }) => lines)).toEqual([
      'OFF TRACK: Rating by clients, since 2026-08; for Lena Fischer',
      'X, 2026-10: 3.9 stars against a target of 4.5, off track; for Lena Fischer',
      '2026-11-10: Y for 2026-10, from you, for Lena Fischer',
    ]);
  });
});
