// The link of a message about several alerts: it takes over all of them that are still to be taken over, and no other.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { THREE_BAD_MONTHS } from '../notify/mailing-site.js';
import { createLinkedSite, type LinkedSite, linkIn, TELL_BOTH, tokenOf } from './linked-site.js';

let linked: LinkedSite;
afterEach(() => linked.dispose());

const SCORECARD = 'scorecards/company.yaml';

/** Three measures of one file that did not come with October, and the mail to Kim about them. */
async function lateFile(site = TELL_BOTH) {
  linked = await createLinkedSite({ site });
  const text = readFileSync(join(linked.site.config().folder, SCORECARD), 'utf8');
  const [head = '', one = ''] = text.split('measures:\n');
  const measures = ['returns', 'visits', 'sales'].map((id) =>
    one.replace('client-rating', id).replace('Rating by clients', id),
  );
  linked.site.write({
    [SCORECARD]: `${head}measures:\n${measures.join('')}`,
    'sources/ratings.csv': `day,code,amount\n${THREE_BAD_MONTHS.replaceAll(/4\.2|4\.1/g, '4.6').replace(/2026-10.*\n/, '')}`,
  });
  await linked.site.apply();
  await linked.site.collect('2026-11-09T05:30:00Z');
  const mails = await linked.deliver();
  return mails.filter(({ subject }) => subject?.includes('LATE · 3 measures of extract'));
}

const states = async (): Promise<string[]> =>
  (await linked.site.store.read.alerts({}))
    .filter(({ kind }) => kind === 'late')
    .map(({ subject, state, handledBy = 'nobody' }) => `${subject.split('/').at(-1)} ${state} ${handledBy}`)
    .toSorted();

describe('the link of a joint message', () => {
  it('names all its alerts, takes them over at once, and the others hear of it in one message', async () => {
    const mails = await lateFile();
    expect(mails).toHaveLength(2);
    const kims = mails.find(({ to }) => JSON.stringify(to).includes('kim@'));
    const path = linkIn(kims, 'acknowledge');
    expect(kims?.text).not.toContain('plumbline alerts ack');
    const page = await linked.ask(path);
    expect(page.body).toContain('Take these alerts over?');
    for (const name of ['returns', 'visits', 'sales']) expect(page.body).toContain(`LATE · ${name}`);
    expect((await states()).every((each) => each.endsWith('open nobody'))).toBe(true);

    const done = await linked.press('acknowledge', { token: tokenOf(path), reason: 'the shop sends it tomorrow' });
    expect([done.status, done.body.includes('Done: these alerts are yours')]).toEqual([200, true]);
    expect(await states()).toEqual(['returns', 'sales', 'visits'].map((id) => `${id} acknowledged kim`));
    const told = await linked.deliver();
    expect(told.map(({ subject }) => subject)).toEqual([
      '[Plumbline] LATE ACKNOWLEDGED · 3 measures of extract "ratings" · since 2026-10',
    ]);
    expect(told[0]?.text).toContain('Kim Example has taken this over');

    const again = await linked.press('acknowledge', { token: tokenOf(path) });
    expect([again.status, again.body.includes('There is nothing left to do')]).toEqual([410, true]);
  });

  it('leaves alone what somebody has in hand already, and acts on the rest', async () => {
    const mails = await lateFile();
    const path = linkIn(
      mails.find(({ to }) => JSON.stringify(to).includes('kim@')),
      'snooze',
    );
    const [first] = await linked.site.store.models.openAlerts();
    if (first === undefined) throw new Error('no alert is open');
    const robins = mails.find(({ to }) => JSON.stringify(to).includes('robin@'));
    await linked.press('acknowledge', { token: tokenOf(linkIn(robins, 'acknowledge')), reason: 'mine' });
    const page = await linked.ask(path);
    // What is acknowledged can be silenced still.
    expect(page.body).toContain('Silence these alerts?');
    const done = await linked.press('snooze', { token: tokenOf(path), for: '1d' });
    expect(done.body).toContain('Done: these alerts are silent');
    expect((await states()).every((each) => each.endsWith('snoozed kim'))).toBe(true);
  });

  it('acts on nothing by a token that somebody has changed', async () => {
    const [mail] = await lateFile();
    const token = tokenOf(linkIn(mail, 'acknowledge'));
    const [payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const other = Buffer.from(JSON.stringify([...claims.slice(0, 8), 'another message'])).toString('base64url');
    const answer = await linked.press('acknowledge', { token: `${other}.${signature}` });
    expect(answer.status).toBe(404);
    expect((await states()).every((each) => each.endsWith('open nobody'))).toBe(true);
  });
});
