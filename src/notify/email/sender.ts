import { createTransport } from 'nodemailer';
import type { ChannelSender, DeliveryResult, Message } from '../types.js';
import { deliveryFailure } from './delivery-failure.js';
import { composeMail } from './mail.js';
import { isAddress } from './mailbox.js';
import type { Protection, SmtpSettings } from './smtp-settings.js';

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;

const TLS_OPTIONS = {
  implicit: { secure: true },
  required: { requireTLS: true },
  // Unverified encryption is still better than the plain text that was allowed.
  offered: { opportunisticTLS: true, tls: { rejectUnauthorized: false } },
  none: { ignoreTLS: true },
} as const satisfies Record<Protection, object>;

/** A sender of mails: one connection a message, so that an idle worker holds none. */
export function openEmailSender(settings: SmtpSettings): ChannelSender {
  const { host, port, protection, credentials, from } = settings;
  const transport = createTransport({
    host,
    port,
    ...TLS_OPTIONS[protection],
    // forceAuth: a server that stopped offering a login is a failure, not a reason to send without one.
    ...(credentials ? { auth: { user: credentials.user, pass: credentials.password }, forceAuth: true } : {}),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
  });

  const send = async (message: Message, signal: AbortSignal): Promise<DeliveryResult> => {
    const { id, name, address } = message.recipient;
    if (address === undefined) {
      return { outcome: 'reject', detail: `${name} (${id}) has no mail address in people.yaml.` };
    }
    if (!isAddress(address)) {
      return {
        outcome: 'reject',
        detail: `The address of ${name} (${id}) is "${address}", which is not one mail address.`,
      };
    }
    try {
      const { response } = await transport.sendMail({ ...composeMail(message, address, from), signal });
      return { outcome: 'sent', detail: `${host}:${port} took it for ${address}: ${response}` };
    } catch (error) {
      if (signal.aborted) return { outcome: 'retry', detail: `Stopped before ${host}:${port} had taken the message.` };
      return deliveryFailure(error, settings);
    }
  };

  return { send, close: async () => transport.close() };
}
