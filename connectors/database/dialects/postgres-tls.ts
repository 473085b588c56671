import type { ConnectionOptions } from 'node:tls';
import type { ServerTls } from './server-tls.js';

/** What the modes mean to the runtime, which checks certificate and name unless it is told not to. */
export function postgresTls({ mode, ca, cert, key }: ServerTls): ConnectionOptions {
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    rejectUnauthorized: mode !== 'require',
    ...(mode === 'verify-identity' ? {} : { checkServerIdentity: () => undefined }),
  };
}
