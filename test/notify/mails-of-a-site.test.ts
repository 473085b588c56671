// Whole mails as a person gets them, through the real sweep, store and outbox, by a real SMTP server.
import { afterEach, describe, expect, it } from 'vitest';
import { wordsOfHtml, wordsOfText } from './letter/words.js';
import { createMailingSite, HEADER, type MailingSite, THREE_BAD_MONTHS } from './mailing-site.js';

let mailing: MailingSite;
afterEach(() => mailing.dispose());

const letter = ({ text = '' }: { text?: string | undefined }): string =>
  text.replaceAll(/\b[0-9a-f]{8}\b/g, 'e3fb8b12');

describe('the mails about a measure', () => {
  it('that is off track say value, target, gap and the last periods, and at the end the value that ended it', async () => {
    mailing = await createMailingSite(THREE_BAD_MONTHS);
    await mailing.site.collect('2026-11-05T05:30:00Z');
    const [opened, ...none] = await mailing.deliver();
    expect(none).toEqual([]);
    expect(opened?.subject).toBe('[Plumbline] OFF TRACK · Rating by clients · since 2026-08');
    expect(letter(opened ?? {})).toBe(`Hello Kim Example,

Rating by clients: off track

Off track since 2026-08, 3 periods in a row; 2026-10: 3.9 stars against a target of 4.5.

Since:    2026-08, noted 2026-11-05 06:30 Berlin time
How bad:  0.6 stars (13.3 %) short of the target in 2026-10

The last periods:
  2026-10:  █████████░  3.9 stars, target 4.5, off track
  2026-09:  █████████░  4.1 stars, target 4.5, off track
  2026-08:  █████████░  4.2 stars, target 4.5, off track

To take it over: plumbline alerts ack e3fb8b12 --reason "…"
Told:     Kim Example

Plumbline for Example Services, alert e3fb8b12
`);
    mailing.site.write({ 'sources/ratings.csv': `${HEADER}${THREE_BAD_MONTHS}2026-11-10,a,4.6\n` });
    await mailing.site.collect('2026-12-04T05:30:00Z');
    const [over] = await mailing.deliver();
    expect(over?.subject).toBe('[Plumbline] OFF TRACK RESOLVED · Rating by clients · since 2026-08');
    expect(letter(over ?? {})).toBe(`Hello Kim Example,

Rating by clients: no longer off track

This is over. 2026-11: 4.6 stars against a target of 4.5, on track.

Since:    2026-08, until 2026-12-04 06:30 Berlin time

The last periods:
  2026-11:  ██████████  4.6 stars, target 4.5, on track
  2026-10:  ████████░░  3.9 stars, target 4.5, off track
  2026-09:  █████████░  4.1 stars, target 4.5, off track

Told:     Kim Example

Plumbline for Example Services, alert e3fb8b12
`);
    expect(over?.references).toBe(opened?.references);
    for (const mail of [opened, over]) expect(wordsOfHtml(mail?.html || '')).toEqual(wordsOfText(mail?.text ?? ''));
  });

  it('that is late say the last value, and at the end the value that has come', async () => {
    mailing = await createMailingSite('2026-08-10,a,4.6\n2026-09-10,a,4.5\n');
    await mailing.site.collect('2026-11-05T05:30:00Z');
    await mailing.site.sweep('2026-11-09T08:00:00Z');
    const [late] = await mailing.deliver();
    expect(letter(late ?? {})).toBe(`Hello Robin Example,

Rating by clients: late

2026-10 was due by 2026-11-06, still not there.

Since:    2026-10, noted 2026-11-09 09:00 Berlin time
Last value: 2026-09: 4.5 stars against a target of 4.5, on track

The last periods:
  2026-10:              no value, target 4.5, late
  2026-09:  █████████░  4.5 stars, target 4.5, on track
  2026-08:  ██████████  4.6 stars, target 4.5, on track

- The source was read and has nothing newer: it stands, by its newest row, at 2026-09-10.
- Who can act: Robin Example
- 2026-10 is due by the end of 2026-11-06, late from 2026-11-07 on, missing from 2026-11-10 on.
- The extract "ratings" was last read for 2026-11-05 06:30 Berlin time: 2 rows seen, 2 used, 0 rejected.

To take it over: plumbline alerts ack e3fb8b12 --reason "…"
Told:     Robin Example

Plumbline for Example Services, alert e3fb8b12
`);
    mailing.site.write({ 'sources/ratings.csv': `${HEADER}2026-09-10,a,4.5\n2026-10-10,a,4.6\n` });
    await mailing.site.collect('2026-11-10T05:30:00Z');
    const [over] = await mailing.deliver();
    expect(over?.subject).toBe('[Plumbline] LATE RESOLVED · Rating by clients · since 2026-10');
    expect(over?.text).toContain(
      '\n\nThis is over. 2026-10 has come: 4.6 stars against a target of 4.5, on track.\n\n',
    );
  });
});
