import { type LookupAddress, lookup as resolveName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { type Reach, reachOf } from './addresses.js';

/** Which addresses a request may reach. */
export interface AddressRule {
  /** Also those of a private network, and this machine. */
  readonly allowPrivate: boolean;
  /** Unencrypted: this machine and nothing else. */
  readonly onlyLoopback: boolean;
  /** Unencrypted: never out of the own network. */
  readonly onlyPrivate?: boolean;
  /** The error for an address that it may not reach. */
  readonly refuse: (host: string, address: string) => Error;
}

/** Answers all addresses of a name; `node:dns`, unless a test brings its own. */
export type ResolveName = (
  name: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A lookup for `net.connect` that refuses names which lead where they must not. It answers the very addresses that it
 * has looked at, so a name cannot change its mind between the check and the connection.
 */
export function guardedLookup(rule: AddressRule, resolve: ResolveName = resolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const refused = addresses.find(({ address }) => !isAllowed(reachOf(address), rule));
      if (refused !== undefined) return callback(rule.refuse(hostname, refused.address), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

/** For a url whose host is an address itself, which is connected to without a lookup. */
export function assertAddress(hostname: string, rule: AddressRule): void {
  const address = bareAddress(hostname);
  if (isIP(address) !== 0 && !isAllowed(reachOf(address), rule)) throw rule.refuse(hostname, address);
}

function isAllowed(reach: Reach, rule: AddressRule): boolean {
  switch (reach) {
    case 'loopback':
      return rule.allowPrivate;
    case 'private':
      return rule.allowPrivate && !rule.onlyLoopback;
    case 'public':
      return !rule.onlyLoopback && rule.onlyPrivate !== true;
    case 'nobody':
      return false;
  }
}

/** Whether a host of a url can only mean this machine. */
export function isLoopbackName(hostname: string): boolean {
  const address = bareAddress(hostname);
  if (isIP(address) === 4) return address.startsWith('127.');
  return address === '::1' || address === 'localhost';
}

/** A url's host without the brackets of IPv6. */
function bareAddress(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

const WORDS = {
  public: 'a public address',
  private: 'a private address',
  loopback: 'a loopback address',
  nobody: 'a link-local or reserved address',
} as const satisfies Record<Reach, string>;

/** What a refused address is, in words. */
export function addressWords(address: string): string {
  return WORDS[reachOf(address)];
}
