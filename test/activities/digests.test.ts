// Digests through the real sweep, store, outbox and an SMTP server.
import { afterEach, describe, expect, it } from 'vitest';
import { wordsOfHtml, wordsOfText } from '../notify/letter/words.js';
import { createMailingSite, HEADER, type MailingSite, THREE_BAD_MONTHS } from '../notify/mailing-site.js';

let mailing: MailingSite;
afterEach(() => mailing.dispose());

const DAILY = "digest: { every: day, at: '07:30' }\n";

const digests = async (): Promise<string[]> =>
  (await mailing.deliver())
    .filter(({ subject }) => subject?.includes('DIGEST'))
    .map(({ subject, to }) => `${subject} → ${to === undefined || Array.isArray(to) ? '' : to.text}`)
    .sort();

describe('digests', () => {
  it('say what is open and what is due, to each who has to know, at the time of their own zone', async () => {
    mailing = await createMailingSite(
      THREE_BAD_MONTHS,
      DAILY,
      ", time_zone: America/New_York, digest: { every: week, on: monday, at: '08:00' }",
    );
    const { site } = mailing;
    await site.collect('2026-11-05T05:30:00Z');
    await site.sweep('2026-11-05T05:35:00Z');
    expect(await digests()).toEqual([]);
    await site.sweep('2026-11-05T06:30:00Z');
    const [robin, ...none] = (await mailing.deliver()).filter(({ subject }) => subject?.includes('DIGEST'));
    expect(none).toEqual([]);
    expect(robin?.subject).toBe('[Plumbline] DIGEST · Example Services · 2026-11-05');
    expect(robin?.text).toBe(`Hello Robin Example,

Example Services: digest of 2026-11-05

1 alert is open, 1 new since 2026-11-04.

Open, the worst first:
- OFF TRACK, new: Rating by clients, since 2026-08; 0.6 stars (13.3 %) short of the target in 2026-10; from Kim Example

Plumbline for Example Services
`);
    expect(wordsOfHtml(robin?.html || '')).toEqual(wordsOfText(robin?.text ?? ''));
    await site.sweep('2026-11-09T12:59:59Z');
    expect(await digests()).toEqual([]);
    await site.sweep('2026-11-09T13:00:00Z');
    expect(await digests()).toEqual([
      '[Plumbline] DIGEST · Example Services · 2026-11-09 → "Kim Example" <kim@example.com>',
    ]);
  });

  it('come once, whatever the number of sweeps at once, and after an outage only the newest', async () => {
    mailing = await createMailingSite(THREE_BAD_MONTHS, DAILY, ', digest: none');
    const { site } = mailing;
    await site.collect('2026-11-05T05:30:00Z');
    await site.sweep('2026-11-05T05:35:00Z');
    await mailing.deliver();
    await Promise.all([1, 2, 3].map(() => site.sweep('2026-11-12T06:40:00Z')));
    await site.sweep('2026-11-12T09:00:00Z');
    expect(await digests()).toEqual([
      '[Plumbline] DIGEST · Example Services · 2026-11-12 → "Robin Example" <robin@example.com>',
    ]);
    await site.sweep('2026-11-12T10:00:00Z');
    await site.sweep('2026-11-11T10:00:00Z');
    expect(await digests()).toEqual([]);
  });

  it('say to those whom a policy tells what is open, though nothing of it is theirs', async () => {
    mailing = await createMailingSite(
      THREE_BAD_MONTHS,
      `${DAILY}alerts: { policies: [{ id: all, tell: [mona] }] }\n`,
      ', digest: none }\n  mona: { name: Mona Example, email: mona@example.com',
    );
    const { site } = mailing;
    await site.collect('2026-11-05T05:30:00Z');
    await site.sweep('2026-11-05T05:35:00Z');
    await site.sweep('2026-11-05T06:30:00Z');
    expect(await digests()).toEqual([
      '[Plumbline] DIGEST · Example Services · 2026-11-05 → "Mona Example" <mona@example.com>',
      '[Plumbline] DIGEST · Example Services · 2026-11-05 → "Robin Example" <robin@example.com>',
    ]);
  });

  it('say nothing when there is nothing to say, or one line where that is set', async () => {
    const good = '2026-08-10,a,4.6\n2026-09-10,a,4.6\n2026-10-10,a,4.6\n';
    mailing = await createMailingSite(good, DAILY, ", digest: { every: day, at: '07:30', when_empty: line }");
    const { site } = mailing;
    await site.collect('2026-11-05T05:30:00Z');
    await site.sweep('2026-11-05T05:35:00Z');
    await site.sweep('2026-11-06T06:30:00Z');
    const [line, ...none] = await mailing.deliver();
    expect(none).toEqual([]);
    expect(line?.to).toMatchObject({ text: '"Kim Example" <kim@example.com>' });
    expect(line?.text).toContain(
      '\n\nAll is well: nothing is late, missing or off track, and nothing has changed since 2026-11-04.\n\nPlumbline',
    );
  });

  it('say what is over since the last one, though others lay between', async () => {
    mailing = await createMailingSite(THREE_BAD_MONTHS, DAILY);
    const { site } = mailing;
    await site.collect('2026-11-05T05:30:00Z');
    await site.sweep('2026-11-05T05:35:00Z');
    await site.sweep('2026-11-06T06:30:00Z');
    await mailing.deliver();
    site.write({ 'sources/ratings.csv': `${HEADER}${THREE_BAD_MONTHS}2026-11-10,a,4.6\n` });
    await site.collect('2026-12-04T05:30:00Z');
    await site.sweep('2026-12-04T06:30:00Z');
    const [kim] = (await mailing.deliver()).filter(
      ({ subject, text }) => subject?.includes('DIGEST') && text?.startsWith('Hello Kim'),
    );
    expect(kim?.text).toContain(`No alert is open; 1 over since 2026-11-06.

Changed since 2026-11-06:
- Over: Rating by clients is no longer off track
- Better: Rating by clients, 2026-11: 4.6 stars against a target of 4.5, on track; off track before
`);
  });

  it('are silent about what stays as it was, for a week or so long as is set', async () => {
    mailing = await createMailingSite(
      THREE_BAD_MONTHS,
      DAILY,
      ", digest: { every: day, at: '07:30', repeat_days: 2 } }\n  mona: { name: Mona Example, email: mona@example.com, digest: none",
    );
    const { site } = mailing;
    await site.collect('2026-11-05T05:30:00Z');
    await site.sweep('2026-11-05T05:35:00Z');
    const sent: string[] = [];
    for (let day = 5; day <= 14; day++) {
      await site.sweep(`2026-11-${String(day).padStart(2, '0')}T06:30:00Z`);
      sent.push(...(await digests()).map((line) => line.replace(/.* · 2026-11-(..) → "(\S+).*/, '$1 $2')));
    }
    expect(sent.filter((line) => line.endsWith('Robin'))).toEqual(['05 Robin', '12 Robin']);
    expect(sent.filter((line) => line.endsWith('Kim'))).toEqual(['05 Kim', '07 Kim', '09 Kim', '11 Kim', '13 Kim']);
  });

  it('wait for whoever is absent, while who stands in has what is to be acted on', async () => {
    mailing = await createMailingSite(
      THREE_BAD_MONTHS,
      '',
      ", digest: { every: day, at: '07:30' }, absent: [{ from: 2026-11-05, to: 2026-11-06, stand_in: mona }] }\n" +
        "  mona: { name: Mona Example, email: mona@example.com, digest: { every: day, at: '07:30' }",
    );
    const { site } = mailing;
    await site.collect('2026-11-03T05:30:00Z');
    await site.sweep('2026-11-03T05:35:00Z');
    await site.sweep('2026-11-04T06:30:00Z');
    expect(await digests()).toEqual([
      '[Plumbline] DIGEST · Example Services · 2026-11-04 → "Kim Example" <kim@example.com>',
    ]);
    await site.sweep('2026-11-05T06:30:00Z');
    const [mona, ...none] = (await mailing.deliver()).filter(({ subject }) => subject?.includes('DIGEST'));
    expect(none).toEqual([]);
    expect(mona?.text).toMatch(/^Hello Mona Example,/);
    expect(mona?.text).toContain('- OFF TRACK');
    expect(mona?.text).toContain('; for Kim Example\n');
    await site.sweep('2026-11-06T06:30:00Z');
    expect(await digests()).toEqual([]);
    site.write({ 'sources/ratings.csv': `${HEADER}${THREE_BAD_MONTHS.replace('3.9', '4.6')}` });
    await site.collect('2026-11-06T11:30:00Z');
    await site.sweep('2026-11-07T06:29:59Z');
    expect(await digests()).toEqual([]);
    await site.sweep('2026-11-07T06:30:00Z');
    expect(await digests()).toEqual([
      '[Plumbline] DIGEST · Example Services · 2026-11-07 → "Kim Example" <kim@example.com>',
      '[Plumbline] DIGEST · Example Services · 2026-11-07 → "Mona Example" <mona@example.com>',
    ]);
  });
});
