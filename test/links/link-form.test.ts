// What is sent by the button of a page, over real sockets: it acts once, and for what its link is for.
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedToken } from '#src/links/token.js';
import { answerLinks } from '#src/worker/answer-links.js';
import { askAt, createLinkedSite, HOST, type LinkedSite, linkIn, SECRET, tokenOf } from './linked-site.js';

let linked: LinkedSite;
let mail: Awaited<ReturnType<LinkedSite['deliver']>>[number] | undefined;
beforeEach(async () => {
  linked = await createLinkedSite();
  await linked.site.collect('2026-11-05T05:30:00Z');
  [mail] = await linked.deliver();
});
afterEach(() => linked.dispose());

const FORM = 'application/x-www-form-urlencoded';
const state = async () => (await linked.site.store.read.alerts({})).map((alert) => alert.state);
const acknowledge = () => linkIn(mail, 'acknowledge');

/** What the server answers to bytes, until it ends the connection. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

describe('the form', () => {
  it('acts once; a second press, and two at once, change nothing and say so', async () => {
    const token = tokenOf(acknowledge());
    const both = await Promise.all([linked.press('acknowledge', { token }), linked.press('acknowledge', { token })]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both.filter(({ body }) => body.includes('Done: this alert is yours'))).toHaveLength(1);
    const third = await linked.press('acknowledge', { token, reason: 'once more' });
    expect(third.body).toContain('This alert is taken over already');
    expect(third.body).toContain('Kim Example did that');
    expect(await linked.history()).toHaveLength(2);
  });

  it('of a snooze that was sent twice does not put off the end', async () => {
    const token = tokenOf(linkIn(mail, 'snooze'));
    await linked.press('snooze', { token, for: '1d' });
    const [first] = await linked.site.store.read.alerts({});
    const again = await linked.press('snooze', { token, for: '1w' });
    expect(again.body).toContain('This alert is silent already');
    expect(await linked.site.store.read.alerts({})).toEqual([first]);
  });

  it('does only what its link is for', async () => {
    expect((await linked.press('snooze', { token: tokenOf(acknowledge()), for: '1d' })).status).toBe(404);
    expect((await linked.press('resolve', { token: tokenOf(acknowledge()) })).status).toBe(404);
    expect(await state()).toEqual(['open']);
  });

  it.each([
    'text/plain',
    'application/json',
    'multipart/form-data; boundary=x',
    '',
    `${FORM}; charset=utf-16`,
    `${FORM},x`,
  ])('is refused as "%s"', async (type) => {
    const body = `token=${tokenOf(acknowledge())}`;
    const answer = await linked.ask('/acknowledge', { method: 'POST', headers: { 'content-type': type }, body });
    expect([answer.status, await state()]).toEqual([415, ['open']]);
  });

  it('is refused with a field twice, without a token, and with one that was changed', async () => {
    const token = tokenOf(acknowledge());
    const send = (body: string) =>
      linked.ask('/acknowledge', { method: 'POST', headers: { 'content-type': FORM }, body });
    for (const body of [
      `token=${token}&token=${token}`,
      '',
      'token=',
      `token=${token}x`,
      `Token=${token}`,
      '%',
      '=&&;',
    ]) {
      expect([body, (await send(body)).status]).toEqual([body, 404]);
    }
    expect(await state()).toEqual(['open']);
  });

  it('may hold a reason of any letters, and shows it as text', async () => {
    const reason = `<script>alert(1)</script>\r\nSet-Cookie: a=b\u0000 שלום ${'ü'.repeat(600)}`;
    await linked.press('acknowledge', { token: tokenOf(acknowledge()), reason });
    const shown = await linked.ask(acknowledge());
    expect(shown.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; Set-Cookie: a=b שלום ü');
    expect(shown.body).not.toContain('<script>');
    expect(shown.headers['set-cookie']).toBeUndefined();
    const [, event] = await linked.history();
    expect(event?.replace('acknowledged kim: ', '')).toHaveLength(500);
  });

  it('that is too long is refused, whether it says so or not', async () => {
    const token = tokenOf(acknowledge());
    const long = `token=${token}&reason=${'x'.repeat(9_000)}`;
    const said = await linked.ask('/acknowledge', { method: 'POST', headers: { 'content-type': FORM }, body: long });
    expect(said.status).toBe(413);
    const chunked = `POST /acknowledge HTTP/1.1\r\nHost: ${HOST}\r\nContent-Type: ${FORM}\r\nTransfer-Encoding: chunked\r\n\r\n${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`;
    expect(await raw(linked.port, chunked)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await state()).toEqual(['open']);
  });

  it('from a room says that others see it, and so does the record', async () => {
    const about = {
      kind: 'off_track',
      subject: 'measure/company/client-rating',
      period: '2026-08',
      sequence: 0,
    } as const;
    const claims = {
      purpose: 'acknowledge',
      ...about,
      person: 'kim',
      expires: 4_000_000_000,
      room: 'team-room',
    } as const;
    const token = signedToken(claims, { siteId: 'example', secret: SECRET });
    expect((await linked.ask(`/acknowledge/${token}`)).body).toContain('Others see this link too');
    await linked.press('acknowledge', { token, reason: 'seen' });
    expect((await linked.history())[1]).toBe('acknowledged kim: seen (by a link in "team-room")');
  });
});

describe('in trouble, the server', () => {
  it('does not start with a secret that is too short, and does not show it', async () => {
    linked.site.write({ 'link-secret': 'short-and-secret\n' });
    const started = answerLinks(linked.site.config(), linked.site.services, {});
    await expect(started).rejects.toMatchObject({ code: 'CONFIG_SHORT_SECRET' });
    await expect(started).rejects.not.toThrow(/short-and-secret/);
  });

  it('says that it cannot now where the store cannot, and then can', async () => {
    await linked.site.store.close();
    const { status, body } = await linked.ask(acknowledge());
    expect(status).toBe(503);
    expect(body).not.toMatch(/sqlite|Error|knex/i);
    expect((await askAt(linked.port, '/healthz')).status).toBe(200);
  });
});
