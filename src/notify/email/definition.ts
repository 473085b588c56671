import { z } from 'zod';
import type { ChannelDefinition } from '../channel-definition.js';
import { assertSiteHost } from '../http/allowed-hosts.js';
import { smtpSettings } from './smtp-settings.js';

export const emailOptions = z.strictObject({
  url: z
    .string()
    .min(1)
    .meta({ secret: true })
    .describe(
      'smtp://[user:password@]host[:587] or smtps://[user:password@]host[:465]; credentials only as references.',
    ),
  from: z.string().min(1).describe("Sender: 'Plumbline <plumbline@example.com>'."),
  require_tls: z
    .boolean()
    .optional()
    .describe('Refuse to send over an unencrypted connection. Default: true, false when the host is this machine.'),
});
export type EmailOptions = z.infer<typeof emailOptions>;

/** Mail over SMTP, one message a person and transition. */
export const emailChannel: ChannelDefinition<EmailOptions> = {
  kind: 'email',
  options: emailOptions,
  async open(options, context) {
    const settings = smtpSettings(options);
    assertSiteHost(settings.host, context);
    // Only who sends mail pays for loading the mailer.
    const { openEmailSender } = await import('./sender.js');
    return openEmailSender(settings);
  },
};
