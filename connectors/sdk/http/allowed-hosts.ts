import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** Whether a host is one of the list; `*.example.com` is every host below example.com. */
export function isListed(host: string, list: readonly string[]): boolean {
  const plain = plainHost(host);
  return list
    .map(plainHost)
    .some((entry) => (entry.startsWith('*.') ? plain.endsWith(entry.slice(1)) : plain === entry));
}

/** Whether somebody has written the very host down: no pattern, and no list that was not written. */
export function isNamed(host: string, lists: readonly (readonly string[] | undefined)[]): boolean {
  return lists.some((list) =>
    isListed(
      host,
      (list ?? []).filter((entry) => !entry.startsWith('*.')),
    ),
  );
}

/**
 * Refuses a host that the site does not reach, before anything is sent to it.
 *
 * @param host as a url or a setting has it
 * @param action what was about to be done, for the message: `Reading "files"`
 * @throws PlumblineError `config` SOURCE_HOST_REFUSED
 */
export function assertReachedHost(
  host: string,
  { allowHosts }: { readonly allowHosts?: readonly string[] },
  action: string,
): void {
  if (allowHosts === undefined || isListed(host, allowHosts)) return;
  throw new PlumblineError(
    'config',
    'SOURCE_HOST_REFUSED',
    `${action} leads to "${host}". The site reaches only: ${allowHosts.join(', ')}.`,
    { remedy: 'Correct the connection, or name the host in "network: { allow_hosts }" of site.yaml.' },
  );
}

/** Without the dot that ends a name in full, and the brackets that an address of IPv6 has in a url. */
function plainHost(host: string): string {
  return host.toLowerCase().replace(/\.$|^\[|\]$/g, '');
}
