import { z } from 'zod';
import { REFERENCE_FORMS, Text, wholeNumber } from './scalars.js';

/** A host name, an IPv4 address, or an IPv6 one in brackets; then a port. */
const LISTEN = /^(?<host>\[[0-9a-f:.]+\]|[a-z0-9.-]+):(?<port>\d{1,5})$/i;

/** Where the server of links listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** The parts of `127.0.0.1:8085` or `[::1]:8085`; `undefined` where it is none. */
function listenAddress(text: string): ListenAddress | undefined {
  const { host = '', port = '' } = LISTEN.exec(text)?.groups ?? {};
  const number = Number.parseInt(port, 10);
  return number >= 1 && number <= 65_535 ? { host: host.replace(/^\[|\]$/g, ''), port: number } : undefined;
}

const Listen = z
  .string()
  .transform((text, context): ListenAddress => {
    const address = listenAddress(text);
    if (address !== undefined) return address;
    context.addIssue({ code: 'custom', message: `"${text}" is no address to listen at` });
    return z.NEVER;
  })
  .meta({ json: { type: 'string' }, remedy: 'write host and port: 127.0.0.1:8085' });

/** What the host of a link without TLS may be. */
const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/** Whether links may begin with this: over TLS, or on this machine; nothing behind the path. */
function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#\s]/.test(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.includes(hostname));
}

const BaseUrl = z
  .string()
  .refine(isBaseUrl, { error: ({ input }) => `"${String(input)}" is no address that links can begin with` })
  .transform((text) => new URL(text).href.replace(/\/+$/, ''))
  .meta({
    json: { type: 'string' },
    remedy: 'write an https:// address without ? and #: https://plumbline.example.com',
  });

/** Links in messages by which people act. */
export const LinksSpec = z.strictObject({
  base_url: BaseUrl.describe(
    'What people reach the links at, such as https://plumbline.example.com; http:// only on this machine.',
  ),
  signing_secret: Text.meta({ secret: true }).describe(
    `What links are signed with, 32 characters or more, as a reference: ${REFERENCE_FORMS}.`,
  ),
  previous_signing_secret: Text.optional()
    .meta({ secret: true })
    .describe('The former one, while the secret is changed: links signed with it still count. A reference too.'),
  valid_days: wholeNumber(1, 90).default(7).describe('Days that a link counts after its message was sent.'),
  listen: Listen.prefault('127.0.0.1:8085').describe('Host and port that the server of links listens at.'),
});
export type LinksSpec = z.infer<typeof LinksSpec>;
