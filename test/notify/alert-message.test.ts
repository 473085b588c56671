import { describe, expect, it } from 'vitest';
import type { ToldEvent } from '#src/domain/alert/types.js';
import { type AlertMessageInput, composeAlertMessage } from '#src/notify/alert-message.js';

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
    told: ['Amara Osei', 'Lena Fischer'],
    ...more,
  };
}

describe('composeAlertMessage()', () => {
  it('says what, since when, why, value and target, and who was told', () => {
    const { subject, text } = composeAlertMessage(input());
    expect({ subject, text }).toEqual({
      subject: '[Plumbline] MISSING · Knowledge articles reused · since 2026-W44',
      text: [
        'Hello Amara Osei,',
        '',
        'Knowledge articles reused has no value for 2026-W44, which was due on 5 November 2026.',
        '',
        'What:   Knowledge articles reused: missing',
        'Since:  2026-W44',
        'Noted:  2026-11-09 06:30 UTC',
        'Why:    Three days of grace are over.',
        '',
        '- Target: 120',
        '- The source was read and has no row for the week.',
        '',
        'Told:   Amara Osei, Lena Fischer',
        'Alert:  missing measure/operations/knowledge-articles-reused 2026-W44',
        'From:   Plumbline for Northwind Technology Services',
        '',
      ].join('\n'),
    });
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
      owner: 'amara',
      told: ['Amara Osei', 'Lena Fischer'],
      sequence: 0,
      at: '2026-11-09T06:30:00.000Z',
      site: 'Northwind Technology Services',
    });
  });

  it.each([
    ['opened', 'late', 'LATE · Knowledge articles reused · since 2026-W44'],
    ['opened', 'off_track', 'OFF TRACK · Knowledge articles reused · since 2026-W44'],
    ['reopened', 'missing', 'MISSING AGAIN · Knowledge articles reused · since 2026-W44'],
    ['opened', 'restated', 'RESTATED · Knowledge articles reused · since 2026-W44'],
    ['resolved', 'target_missing', 'RESOLVED · Knowledge articles reused · target missing since 2026-W44'],
    ['woken', 'missing', 'MISSING STILL · Knowledge articles reused · since 2026-W44'],
    ['acknowledged', 'late', 'ACKNOWLEDGED · Knowledge articles reused · late since 2026-W44'],
    ['snoozed', 'late', 'SNOOZED · Knowledge articles reused · late since 2026-W44'],
    ['resolved', 'off_track', 'RESOLVED · Knowledge articles reused · off track since 2026-W44'],
  ] as const)('heads a message of %s %s with "%s"', (transition, kind, headline) => {
    const { subject } = composeAlertMessage(input({ transition, condition: { ...condition, kind } }));
    expect(subject).toBe(`[Plumbline] ${headline}`);
  });

  it('writes the time of a failed source for people', () => {
    const failed = { ...condition, kind: 'source_failed', period: '2026-11-02T06:30:00Z', details: [] } as const;
    const { subject, text } = composeAlertMessage(input({ condition: failed }, { subjectName: 'operations' }));
    expect(subject).toBe('[Plumbline] SOURCE FAILED · operations · since 2026-11-02 06:30 UTC');
    expect(text).toContain('Why:    Three days of grace are over.\n\nTold:');
  });

  it('says of a resolved alert that it is over', () => {
    const { text } = composeAlertMessage(
      input({ transition: 'resolved', reason: 'A value of 131 came on 9 November.' }),
    );
    expect(text).toContain('This is over: Knowledge articles reused has no value');
    expect(text).toContain('What:   Knowledge articles reused: no longer missing');
  });

  it.each([
    [
      { transition: 'acknowledged', author: 'lena' },
      'Lena Fischer has taken this over: Knowledge articles reused has no value',
      'still missing',
    ],
    [
      { transition: 'snoozed', author: 'lena', until: '2026-12-01T08:00:00Z' },
      'Lena Fischer has asked for silence until 2026-12-01 08:00 UTC about this: Knowledge',
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
    expect(text).toContain(`What:   Knowledge articles reused: ${standing}\n`);
    expect(text).toContain('Why:    The plant is shut.\nBy:     Lena Fischer\n');
  });
});
