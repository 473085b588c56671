import { describe, expect, it } from 'vitest';
import type { ToldEvent } from '#src/domain/alert/types.js';
import type { MessageFigures } from '#src/domain/message/types.js';
import { type AlertMessageInput, composeAlertMessage } from '#src/notify/alert-message.js';
import { FIGURES } from './message.js';

const condition: ToldEvent['condition'] = {
  kind: 'missing',
  subject: 'measure/operations/knowledge-articles-reused',
  period: '2026-W44',
  owner: 'amara',
  summary: 'Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
  details: ['Target: 120', 'The source was read and has no row for the week.'],
};

function input(changes: Partial<ToldEvent> = {}, more: Partial<AlertMessageInput> = {}): AlertMessageInput {
  return {
    event: {
      transition: 'opened',
      condition,
      sequence: 0,
      at: '2026-11-09T06:30:00.000Z',
      reason: 'Three days of grace are over.',
      ...changes,
    },
    siteName: 'Northwind Technology Services',
    subjectName: 'Knowledge articles reused',
    recipientName: 'Amara Osei',
    timeZone: 'Europe/Berlin',
    told: ['Amara Osei', 'Lena Fischer'],
    alertId: 'e3fb8b12',
    ...more,
  };
}

describe('composeAlertMessage()', () => {
  it('says what, since when, how bad, why, what comes next, what can be done, and who was told', () => {
    const off: Partial<ToldEvent> = {
      reason: 'it holds since 2026-W42',
      condition: {
        ...condition,
        kind: 'off_track',
        period: '2026-W42',
        summary:
          'Knowledge articles reused (weekly): off track since 2026-W42, 3 periods in a row; 2026-W44: 96 articles against a target of 120',
        details: ['2026-W44: 96 articles against a target of 120, off track', '2026-W42: corrected on 2026-11-02'],
      },
    };
    const { subject, text } = composeAlertMessage(
      input(off, { figures: FIGURES, next: 'Lena Fischer is told on 2026-11-12.' }),
    );
    expect({ subject, text }).toEqual({
      subject: '[Plumbline] OFF TRACK · Knowledge articles reused · since 2026-W42',
      text: [
        'Hello Amara Osei,',
        '',
        'Knowledge articles reused: off track',
        '',
        'Off track since 2026-W42, 3 periods in a row; 2026-W44: 96 articles against a target of 120.',
        '',
        'Since:    2026-W42, noted 2026-11-09 07:30 Berlin time',
        'How bad:  24 articles (20.0 %) short of the target in 2026-W44',
        '',
        'The last periods:',
        '  2026-W44:  ████████░░  96 articles, target 120, off track',
        '  2026-W43:              no value, missing',
        '',
        '- 2026-W42: corrected on 2026-11-02',
        '',
        'Next:     Lena Fischer is told on 2026-11-12.',
        'To take it over: plumbline alerts ack e3fb8b12 --reason "…"',
        'Told:     Amara Osei, Lena Fischer',
        '',
        'Plumbline for Northwind Technology Services, alert e3fb8b12',
        '',
      ].join('\n'),
    });
  });

  it('says the last value of one that is late, and why', () => {
    const { text } = composeAlertMessage(input({}, { figures: FIGURES }));
    expect(text).toContain(
      'Last value: 2026-W44: 96 articles against a target of 120, off track\n\nThe last periods:\n',
    );
    expect(text).toContain('Why:      Three days of grace are over.\n\n- Target: 120\n');
  });

  it('has a link and an action where there are some, and no command then', () => {
    const { text } = composeAlertMessage(
      input(
        {},
        {
          links: [
            { does: 'acknowledge', label: 'Take it over', url: 'https://plumbline.example.com/a/1' },
            { does: 'show', label: 'See it', url: 'https://bi.example.com/m/1' },
          ],
        },
      ),
    );
    expect(text).toContain('See it:   https://bi.example.com/m/1\nTake it over: https://plumbline.example.com/a/1\n');
    expect(text).not.toContain('plumbline alerts ack');
  });

  it('says times on the wall of its reader, and to programs as instants', () => {
    const since = '2026-10-25T00:30:00Z';
    const failed = { ...condition, kind: 'source_failed' as const, period: since, summary: `Not read since ${since}` };
    const inZone = (timeZone: string) => composeAlertMessage(input({ condition: failed }, { timeZone }));
    expect(inZone('America/New_York').text).toContain(
      '\n\nNot read since 2026-10-24 20:30 New York time.\n\nSince:    2026-10-24 20:30 New York time, noted 2026-11-09 01:30 New York time\n',
    );
    expect(inZone('Europe/Berlin').subject).toMatch(/ · since 2026-10-25 02:30 \+02:00 Berlin time$/);
    expect(inZone('America/New_York').about).toMatchObject({ period: since, summary: failed.summary });
  });

  it('has one subject in all messages of an alert, whenever they are written, but for what has become of it', () => {
    const failed = { ...condition, kind: 'source_failed' as const, period: '2026-10-20T05:30:00Z' };
    const transitions = ['opened', 'reminded', 'resolved'] as const;
    const subjects = transitions.map((transition, month) => {
      const at = `2026-1${month}-28T05:30:00Z`;
      return composeAlertMessage(input({ condition: failed, transition, at })).subject.replace(
        / (REMINDER|RESOLVED)/,
        '',
      );
    });
    expect(new Set(subjects)).toEqual(
      new Set(['[Plumbline] SOURCE FAILED · Knowledge articles reused · since 2026-10-20 07:30 Berlin time']),
    );
  });

  it('says the same for programs', () => {
    expect(composeAlertMessage(input()).about).toEqual({
      kind: 'missing',
      transition: 'opened',
      subject: { id: 'measure/operations/knowledge-articles-reused', name: 'Knowledge articles reused' },
      period: '2026-W44',
      summary: 'Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
      details: ['Target: 120', 'The source was read and has no row for the week.'],
      reason: 'Three days of grace are over.',
      alert: 'e3fb8b12',
      owner: 'amara',
      told: ['Amara Osei', 'Lena Fischer'],
      sequence: 0,
      at: '2026-11-09T06:30:00.000Z',
      timeZone: 'Europe/Berlin',
      site: 'Northwind Technology Services',
    });
  });

  it.each([
    ['opened', 'late', 'LATE · Knowledge articles reused · since 2026-W44'],
    ['opened', 'off_track', 'OFF TRACK · Knowledge articles reused · since 2026-W44'],
    ['reopened', 'missing', 'MISSING AGAIN · Knowledge articles reused · since 2026-W44'],
    ['opened', 'restated', 'RESTATED · Knowledge articles reused · since 2026-W44'],
    ['resolved', 'target_missing', 'TARGET MISSING RESOLVED · Knowledge articles reused · since 2026-W44'],
    ['woken', 'missing', 'MISSING STILL · Knowledge articles reused · since 2026-W44'],
    ['acknowledged', 'late', 'LATE ACKNOWLEDGED · Knowledge articles reused · since 2026-W44'],
    ['snoozed', 'late', 'LATE SNOOZED · Knowledge articles reused · since 2026-W44'],
    ['resolved', 'late', 'LATE RESOLVED · Knowledge articles reused · since 2026-W44'],
    ['resolved', 'off_track', 'OFF TRACK RESOLVED · Knowledge articles reused · since 2026-W44'],
  ] as const)('heads a message of %s %s with "%s"', (transition, kind, headline) => {
    const { subject } = composeAlertMessage(input({ transition, condition: { ...condition, kind } }));
    expect(subject).toBe(`[Plumbline] ${headline}`);
  });

  it('says of a late value that is missing by now that nothing is resolved', () => {
    const reason = 'the grace days are over: it is missing now';
    const { subject, text } = composeAlertMessage(
      input({ transition: 'resolved', reason, condition: { ...condition, kind: 'late' } }),
    );
    expect(subject).toBe('[Plumbline] LATE NOW MISSING · Knowledge articles reused · since 2026-W44');
    expect(text).toContain(
      '\n\nKnowledge articles reused: missing now\n\nThe grace days are over: it is missing now. It was: ',
    );
  });

  it.each([
    ['reminded', 'off_track', 'still off track'],
    ['resolved', 'rejects', 'rows no longer rejected'],
    ['woken', 'source_failed', 'source still failed'],
    ['reopened', 'target_missing', 'target again missing'],
    ['reopened', 'at_risk', 'again at risk'],
  ] as const)('says of %s %s: %s', (transition, kind, standing) => {
    const { text } = composeAlertMessage(input({ transition, condition: { ...condition, kind } }));
    expect(text).toContain(`\n\nKnowledge articles reused: ${standing}\n\n`);
  });

  it.each([
    ['opened', '2026-W44', 'Since:    2026-W44, noted 2026-11-09 07:30 Berlin time\n'],
    ['reminded', '2026-W44', 'Since:    2026-W44\n'],
    ['opened', '2026-11-09T06:30:00.000Z', 'Since:    2026-11-09 07:30 Berlin time\n'],
  ] as const)(
    'says of %s since %s when it was noted, once, and only by the first message',
    (transition, period, line) => {
      const { text } = composeAlertMessage(input({ transition, condition: { ...condition, period } }));
      expect(text).toContain(line);
    },
  );

  it('calls a correction that turned a status to the good no bad one', () => {
    const good = { ...FIGURES, current: { ...FIGURES.current, status: 'on_track' } } as MessageFigures;
    const restated = { ...condition, kind: 'restated' } as const;
    expect(composeAlertMessage(input({ condition: restated }, { figures: good })).text).toContain('How good: ');
  });

  it('writes the time of a failed source for people', () => {
    const failed = { ...condition, kind: 'source_failed', period: '2026-11-02T06:30:00Z', details: [] } as const;
    const { subject, text } = composeAlertMessage(input({ condition: failed }, { subjectName: 'operations' }));
    expect(subject).toBe('[Plumbline] SOURCE FAILED · operations · since 2026-11-02 07:30 Berlin time');
    expect(text).toContain('Why:      Three days of grace are over.\nTo take it over: ');
  });

  it.each([
    [
      'late',
      { ...FIGURES.recent[0], status: 'on_track' },
      '2026-W44 has come: 96 articles against a target of 120, on track.',
    ],
    ['off_track', FIGURES.recent[0], '2026-W44: 96 articles against a target of 120, off track.'],
  ] as const)('says of a resolved alert of the kind %s which value ended it', (kind, current, words) => {
    const over = {
      transition: 'resolved',
      reason: 'no value is late any more',
      condition: { ...condition, kind },
    } as const;
    const { text, subject } = composeAlertMessage(input(over, { figures: { ...FIGURES, current } as MessageFigures }));
    expect(subject).toMatch(/RESOLVED · Knowledge articles reused · since 2026-W44$/);
    expect(text).toMatch(/^Hello Amara Osei,\n\nKnowledge articles reused: no longer (late|off track)\n/);
    expect(text).toContain(`\n\nThis is over. ${words}\n\nSince:    2026-W44, until 2026-11-09 07:30 Berlin time\n`);
    expect(text).not.toMatch(/Why:|How bad:|Last value:|alerts ack/);
  });

  it('says of one that ended without a value why it is over', () => {
    const { text } = composeAlertMessage(input({ transition: 'resolved', reason: 'the source was read again' }));
    expect(text).toContain('\n\nThis is over: the source was read again. It was: ');
  });

  it.each([
    [
      { transition: 'acknowledged', author: 'lena' },
      'Lena Fischer has taken this over: Knowledge articles reused has no value',
      'still missing',
    ],
    [
      { transition: 'snoozed', author: 'lena', until: '2026-12-01T08:00:00Z' },
      'Lena Fischer has asked for silence until 2026-12-01 09:00 Berlin time about this: Knowledge',
      'still missing',
    ],
    [
      { transition: 'resolved', author: 'lena' },
      'Lena Fischer has resolved this: Knowledge articles reused has no value',
      'no longer missing',
    ],
    [
      { transition: 'resolved', author: 'lena', dismissedThrough: '2026-11-02' },
      'Lena Fischer has resolved this as it stands, and you hear of it when it goes further: Knowledge',
      'still missing',
    ],
  ] as const)('says who did it, and how things stand: %o', (event, sentence, standing) => {
    const { text } = composeAlertMessage(
      input({ ...event, reason: 'The plant is shut.' }, { authorName: 'Lena Fischer' }),
    );
    expect(text).toContain(sentence);
    expect(text).toContain(`\n\nKnowledge articles reused: ${standing}\n\n`);
    expect(text).toContain('Why:      The plant is shut.\n');
    expect(text.split('Lena Fischer')).toHaveLength(3);
  });
});
