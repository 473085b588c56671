import { reachOf } from '#connectors/sdk/http/addresses.js';
import { addressWords } from '#connectors/sdk/http/guarded-lookup.js';
import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** A server of files at an address that its connection may not reach. */
export function addressRefused(host: string, address: string, onlyLoopback: boolean): PlumblineError {
  const remedy = onlyLoopback
    ? 'Use https://, or set "allow_private: true" if the server runs on this machine.'
    : 'Correct "url:" of the connection, or set "allow_private: true" if the server really is in your own network.';
  return new PlumblineError(
    'config',
    'SOURCE_ADDRESS_REFUSED',
    `Connecting to "${host}": its address is ${address}, ${addressWords(address)}`,
    {
      remedy:
        reachOf(address) === 'nobody'
          ? 'Correct "url:" of the connection; such addresses are never connected to.'
          : remedy,
    },
  );
}
