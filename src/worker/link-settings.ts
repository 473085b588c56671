import { resolveSecrets } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { LinkSettings } from '#src/links/message-links.js';

/** Bytes that a signature of SHA-256 is worth. */
const SHORTEST_SECRET = 32;

/**
 * What the links of a site are made and read with; `undefined` where it has none.
 *
 * @throws PlumblineError `config` CONFIG_SECRET_MISSING, CONFIG_SHORT_SECRET; neither shows a secret
 */
export async function linkSettings(
  { site, folder }: Pick<ResolvedConfig, 'site' | 'folder'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<LinkSettings | undefined> {
  if (site.links === undefined) return undefined;
  const { baseUrl, validDays, signing } = site.links;
  const secretOf = async (reference: string, field: string): Promise<string> =>
    longEnough(await resolveSecrets(reference, env, folder), field);
  const secret = await secretOf(signing.secret, 'signing_secret');
  const { previousSecret: former } = signing;
  const previous = former === undefined ? {} : { previousSecret: await secretOf(former, 'previous_signing_secret') };
  return { baseUrl, validDays, keys: { siteId: site.id, secret, ...previous } };
}

function longEnough(secret: unknown, field: string): string {
  if (typeof secret === 'string' && Buffer.byteLength(secret) >= SHORTEST_SECRET) return secret;
  throw new PlumblineError(
    'config',
    'CONFIG_SHORT_SECRET',
    `Cannot sign links: links.${field} of site.yaml stands for less than ${SHORTEST_SECRET} characters.`,
    { remedy: 'Set it to what "openssl rand -base64 32" prints.' },
  );
}
