import { type LookupAddress, lookup as resolveName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { type Reach, reachOf } from './addresses.js';
import { bareAddress } from './base-url.js';

/** Which addresses a connection may reach. */
export interface AddressRule {
  /** Also those of a private network, and this machine. */
  readonly allowPrivate: boolean;
  /** Unencrypted: this machine and nothing else. */
  readonly onlyLoopback: boolean;
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
      if (refused !== undefined) return callback(addressRefused(hostname, refused.address, rule), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

/** For a url whose host is an address itself, which is connected to without a lookup. */
export function assertAddress(hostname: string, rule: AddressRule): void {
  const address = bareAddress(hostname);
  if (isIP(address) !== 0 && !isAllowed(reachOf(address), rule)) throw addressRefused(hostname, address, rule);
}

function isAllowed(reach: Reach, rule: AddressRule): boolean {
  switch (reach) {
    case 'loopback':
      return rule.allowPrivate;
    case 'private':
      return rule.allowPrivate && !rule.onlyLoopback;
    case 'public':
      return !rule.onlyLoopback;
    case 'nobody':
      return false;
  }
}

function addressRefused(host: string, address: string, rule: AddressRule): PlumblineError {
  const reach = reachOf(address);
  const what = reach === 'public' ? 'which is not this machine' : `a ${WORDS[reach]} address`;
  const remedy = rule.onlyLoopback
    ? 'Use https://, or set "allow_private: true" if the server runs on this machine.'
    : 'Correct "url:" of the connection, or set "allow_private: true" if the server really is in your own network.';
  return new PlumblineError(
    'config',
    'SOURCE_ADDRESS_REFUSED',
    `Connecting to "${host}": its address is ${address}, ${what}`,
    {
      remedy: reach === 'nobody' ? 'Correct "url:" of the connection; such addresses are never connected to.' : remedy,
    },
  );
}

const WORDS = { private: 'private', loopback: 'loopback', nobody: 'link-local or reserved' } as const;
