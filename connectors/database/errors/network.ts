import type { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import { type Cast, failure, NO_TLS, TLS_UNTRUSTED, UNREACHABLE } from './cast.js';

/** By the code of the driver or the network. */
const BY_CODE = new Map<string, Cast>([
  ...[
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'],
    ...['PROTOCOL_CONNECTION_LOST', 'PROTOCOL_SEQUENCE_TIMEOUT', 'ERR_STREAM_PREMATURE_CLOSE', 'ECONNABORTED'],
  ].map((code): [string, Cast] => [code, UNREACHABLE]),
  ['HANDSHAKE_NO_SSL_SUPPORT', NO_TLS],
  ...[
    ...[
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_HAS_EXPIRED',
    ],
    ...['UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ...['CERT_NOT_YET_VALID', 'HANDSHAKE_SSL_ERROR', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED'],
  ].map((code): [string, Cast] => [code, TLS_UNTRUSTED]),
]);

/** What went wrong between here and a server, by the code of the network, of TLS or of the driver. */
export function networkCast(code: string): Cast | undefined {
  return BY_CODE.get(code) ?? (/^ERR_(SSL|TLS|OSSL)_|^EPROTO$/.test(code) ? TLS_UNTRUSTED : undefined);
}

/** The server closed the connection without a word: it stopped, or somebody killed the connection. */
export function connectionLost(place: string): PlumblineError {
  return failure(UNREACHABLE, place, 'the server closed the connection', undefined);
}
