// From the sweep to the mail, from its link to the page, from its button to the store, and back to the others' mail.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { wordsOfHtml, wordsOfText } from '../notify/letter/words.js';
import { HEADER, THREE_BAD_MONTHS } from '../notify/mailing-site.js';
import { dumpStore } from '../support/store-dump.js';
import { createLinkedSite, type LinkedSite, linkIn, SECRET, TELL_BOTH, tokenOf } from './linked-site.js';

let linked: LinkedSite;
afterEach(() => linked.dispose());

const to = (address: string, mails: Awaited<ReturnType<LinkedSite['deliver']>>) =>
  mails.find(({ to: recipient }) => JSON.stringify(recipient).includes(address));

describe('a link in a mail', () => {
  it('leads to a page, its button takes the alert over, and the others are told who did it and why', async () => {
    linked = await createLinkedSite({ site: TELL_BOTH });
    await linked.site.collect('2026-11-05T05:30:00Z');
    const mails = await linked.deliver();
    expect(mails).toHaveLength(2);
    const mail = to('kim@example.com', mails);
    expect(wordsOfHtml(mail?.html || '')).toEqual(wordsOfText(mail?.text ?? ''));
    expect(mail?.text).not.toContain('plumbline alerts ack');
    const path = linkIn(mail, 'acknowledge');
    expect(path).not.toBe(linkIn(to('robin@example.com', mails), 'acknowledge'));

    const page = await linked.ask(path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Take this alert over?');
    expect(page.body).toContain('OFF TRACK · Rating by clients');
    expect(page.body).toContain('You act in the name of Kim Example, and the history will say so.');
    expect(await linked.history()).toHaveLength(1);

    const [, token = ''] = /name="token" value="([^"]+)"/.exec(page.body) ?? [];
    const [, action = ''] = /action="\/([a-z]+)"/.exec(page.body) ?? [];
    const done = await linked.press(action, { token, reason: 'new staff <are> being trained' });
    expect(done.status).toBe(200);
    expect(done.body).toContain('Done: this alert is yours');
    expect(await linked.history()).toEqual([
      'opened itself: it holds since 2026-08',
      'acknowledged kim: new staff <are> being trained',
    ]);
    expect(await linked.site.store.read.alerts({ state: 'acknowledged' })).toMatchObject([{ handledBy: 'kim' }]);

    const told = await linked.deliver();
    expect(told.map(({ subject }) => subject)).toEqual([
      '[Plumbline] OFF TRACK ACKNOWLEDGED · Rating by clients · since 2026-08',
    ]);
    expect(to('robin@example.com', told)?.text).toContain('Kim Example has taken this over');
    expect(to('robin@example.com', told)?.text).toContain('new staff <are> being trained');
    expect(told[0]?.text).not.toContain('https://');
  });

  it('silences for the time that is chosen, in the name of its reader', async () => {
    linked = await createLinkedSite();
    await linked.site.collect('2026-11-05T05:30:00Z');
    const [mail] = await linked.deliver();
    const path = linkIn(mail, 'snooze');
    expect((await linked.ask(path)).body).toContain('For how long?');
    const token = tokenOf(path);
    const nothing = await linked.press('snooze', { token, for: '10y' });
    expect([nothing.status, (await linked.history()).length]).toEqual([400, 1]);
    const before = Date.now();
    const done = await linked.press('snooze', { token, for: '1w' });
    expect(done.body).toContain('Done: this alert is silent');
    const [alert] = await linked.site.store.read.alerts({ state: 'snoozed' });
    expect(alert?.handledBy).toBe('kim');
    // A week by the calendar, in which summer time may begin or end.
    const hours = (Date.parse(alert?.snoozedUntil ?? '') - before) / 3_600_000;
    expect(Math.abs(hours - 168)).toBeLessThan(1.5);
  });

  it('is for the opening that it was sent for: after that is over it says so', async () => {
    linked = await createLinkedSite();
    await linked.site.collect('2026-11-05T05:30:00Z');
    const [mail] = await linked.deliver();
    const path = linkIn(mail, 'acknowledge');
    linked.site.write({ 'sources/ratings.csv': `${HEADER}${THREE_BAD_MONTHS.replace('3.9', '4.9')}` });
    await linked.site.collect('2026-11-06T05:30:00Z');
    const over = await linked.ask(path);
    expect([over.status, over.body.includes('This alert is over')]).toEqual([410, true]);
    expect(over.body).not.toContain('<form');

    linked.site.write({ 'sources/ratings.csv': `${HEADER}${THREE_BAD_MONTHS}` });
    await linked.site.collect('2026-11-07T05:30:00Z');
    const again = await linked.press('acknowledge', { token: tokenOf(path), reason: 'an old mail' });
    expect(again.status).toBe(410);
    expect(again.body).toContain('It is open again, and the message about that has links of its own.');
    expect((await linked.history()).map((each) => each.split(' ')[0])).toEqual(['opened', 'resolved', 'reopened']);

    const fresh = (await linked.deliver()).find(({ subject }) => subject?.includes('OFF TRACK AGAIN'));
    const done = await linked.press('acknowledge', { token: tokenOf(linkIn(fresh, 'acknowledge')) });
    expect(done.status).toBe(200);
    expect((await linked.history()).at(-1)).toBe('acknowledged kim: no reason given');
  });

  it('acts for nobody who is gone', async () => {
    linked = await createLinkedSite();
    await linked.site.collect('2026-11-05T05:30:00Z');
    const [mail] = await linked.deliver();
    const path = linkIn(mail, 'acknowledge');
    const scorecard = 'scorecards/company.yaml';
    const text = readFileSync(join(linked.site.config().folder, scorecard), 'utf8');
    linked.site.write({
      'people.yaml': 'people: { robin: { name: Robin Example, email: robin@example.com } }\n',
      [scorecard]: text.replaceAll('owner: kim', 'owner: robin'),
    });
    await linked.site.apply();
    for (const answer of [await linked.ask(path), await linked.press('acknowledge', { token: tokenOf(path) })]) {
      expect(answer.status).toBe(403);
    }
    expect(await linked.history()).toHaveLength(1);
  });

  it('stands in no store and no file, nor does what it is signed with', async () => {
    linked = await createLinkedSite();
    await linked.site.collect('2026-11-05T05:30:00Z');
    const [mail] = await linked.deliver();
    const token = tokenOf(linkIn(mail, 'acknowledge'));
    await linked.press('acknowledge', { token });
    const { store } = linked.site.config().site;
    const stored = JSON.stringify(store.client === 'sqlite' ? dumpStore(store.file) : {});
    expect(stored).toContain('OFF TRACK');
    expect(stored).toContain('${file:link-secret}');
    for (const secret of [SECRET, token, token.split('.')[1] ?? '']) expect(stored).not.toContain(secret);
  });
});
