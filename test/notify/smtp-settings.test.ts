import { describe, expect, it } from 'vitest';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import { parseMailbox } from '#src/notify/email/mailbox.js';
import { smtpSettings } from '#src/notify/email/smtp-settings.js';

const from = 'Plumbline <plumbline@example.com>';

describe('smtpSettings()', () => {
  it.each([
    ['smtp://mail.example.com', undefined, 'required'],
    ['smtp://mail.example.com', false, 'offered'],
    ['smtp://127.0.0.1', undefined, 'none'],
    ['smtp://127.0.0.9', undefined, 'none'],
    ['smtp://localhost', undefined, 'none'],
    ['smtp://[::1]', undefined, 'none'],
    ['smtp://localhost', true, 'required'],
    ['smtp://127.0.0.1.example.com', undefined, 'required'],
    ['smtp://localhost.example.com', undefined, 'required'],
    ['smtps://mail.example.com', undefined, 'implicit'],
    ['smtps://localhost', false, 'implicit'],
  ])('protects %s with require_tls %s as "%s"', (url, requireTls, protection) => {
    const options = requireTls === undefined ? { url, from } : { url, from, require_tls: requireTls };
    expect(smtpSettings(options).protection).toBe(protection);
  });

  it('takes the port of the scheme when none is written', () => {
    expect(smtpSettings({ url: 'smtp://mail.example.com', from }).port).toBe(587);
    expect(smtpSettings({ url: 'smtps://mail.example.com', from }).port).toBe(465);
    expect(smtpSettings({ url: 'smtp://mail.example.com:25', from }).port).toBe(25);
  });

  it.each([
    ['mail.example.com', 'is not a URL'],
    ['https://u:topsecret@mail.example.com', 'does not begin with'],
    ['smtp://u:topsecret@mail.example.com/path', 'after the port'],
    ['smtp://u:topsecret@mail.example.com?pool=true', 'after the port'],
    ['smtp://u:topsecret%@mail.example.com', 'a % in user or password'],
  ])('refuses %s without quoting it', (url, words) => {
    const failure = failureOf(() => smtpSettings({ url, from }));
    expect(failure).toMatchObject({
      kind: 'config',
      code: 'CHANNEL_URL_INVALID',
      message: expect.stringContaining(words),
    });
    expect(JSON.stringify(failure)).not.toContain('topsecret');
  });

  it.each(['Plumbline', 'Plumbline <>', 'a@b, c@d', 'Plumbline <a@b>\nBcc: c@d'])(
    'refuses %j as a sender',
    (sender) => {
      expect(failureOf(() => smtpSettings({ url: 'smtp://localhost', from: sender }))).toMatchObject({
        code: 'CHANNEL_SENDER_INVALID',
      });
    },
  );
});

describe('parseMailbox()', () => {
  it('takes a name with an address, quoted or not, and an address alone', () => {
    expect(parseMailbox('Plumb Line <a@example.com>')).toEqual({ name: 'Plumb Line', address: 'a@example.com' });
    expect(parseMailbox('"Line, Plumb" <a@example.com>')).toEqual({ name: 'Line, Plumb', address: 'a@example.com' });
    expect(parseMailbox('a@example.com')).toEqual({ name: '', address: 'a@example.com' });
  });
});

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return toFailure(error);
  }
}
