import { isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

/** Longest that stopping a query on the server is waited for, so that an abort ends within a second. */
const CANCEL_MS = 700;

/** Numbers that open a conversation other than a session. */
const CANCEL_REQUEST = 80_877_102;
const TLS_REQUEST = 80_877_103;

/** What the server gave the session to be cancelled by; the driver's types leave it out. */
export function cancelKey(client: object): Buffer | undefined {
  if (!('processID' in client) || typeof client.processID !== 'number') return undefined;
  if (!('secretKey' in client) || typeof client.secretKey !== 'number') return undefined;
  const key = Buffer.alloc(8);
  key.writeInt32BE(client.processID, 0);
  key.writeInt32BE(client.secretKey, 4);
  return key;
}

/**
 * Asks the server to stop what a session does, by the protocol's own request: it needs no free connection there, and
 * poolers pass it on. Best effort: the server's time limit is the second net.
 */
export function cancelOnServer(
  socket: Socket,
  host: string,
  tls: ConnectionOptions | undefined,
  key: Buffer,
): Promise<void> {
  const request = message(CANCEL_REQUEST, key);
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve();
    };
    const timer = setTimeout(done, CANCEL_MS);
    socket.once('error', done);
    socket.once('close', done);
    // The server answers by closing the connection.
    if (tls === undefined) {
      socket.once('connect', () => socket.resume().write(request));
      return;
    }
    const name = isIP(host) === 0 ? { servername: host } : {};
    socket.once('connect', () => socket.write(message(TLS_REQUEST)));
    socket.once('data', () => {
      const secure = connectTls({ ...tls, socket, host, ...name }, () => secure.resume().write(request));
      secure.once('error', done);
      secure.once('close', done);
    });
  });
}

function message(number: number, rest: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + rest.length, 0);
  head.writeInt32BE(number, 4);
  return Buffer.concat([head, rest]);
}
