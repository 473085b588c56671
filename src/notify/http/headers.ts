import { z } from 'zod';
import { problemOfHeader } from '#connectors/sdk/http/header-names.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** The name of a header that a channel may add. */
export const HeaderName = z.string().refine((name) => problemOfHeader(name) === undefined);

/**
 * Headers with their secrets filled in, as they can travel.
 *
 * @throws PlumblineError `CHANNEL_HEADER_INVALID`, which names the header and not its value
 */
export function checkedHeaders(
  channel: string,
  headers: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) continue;
    throw new PlumblineError(
      'config',
      'CHANNEL_HEADER_INVALID',
      `Cannot open the channel "${channel}": the value of its header "${name}" has characters that no header can carry.`,
      { remedy: 'Correct the secret that it refers to; a line end in its file is a usual cause.' },
    );
  }
  return headers;
}

/** What of headers must not be shown: each value, and of `Bearer …` or `Basic …` what stands behind the word. */
export function secretsOfHeaders(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(headers).flatMap((value) => [value, ...value.split(' ').slice(1)]);
}
