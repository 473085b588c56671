import { createConnection, createServer, type Socket } from 'node:net';

/** What becomes of the answer to a marked query: its connection is closed, nothing comes, or a byte at a time. */
export type DoorFault = 'cut_off' | 'silent' | 'slow_drip';

/** A door of this machine to a server behind it. */
export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

/** Bytes of a marked answer that come through before its connection is closed. */
const CUT_AFTER = 64 * 1024;
const DRIP_MS = 20;

/**
 * Lets everything through until a query that holds `marker` goes by; from then on the fault happens, to that connection
 * and to those that come after it.
 */
export async function openDoor(
  { host, port }: { readonly host: string; readonly port: number },
  marker: string,
  fault: DoorFault,
): Promise<Door> {
  const sockets = new Set<Socket>();
  let isFaulty = false;

  const door = createServer((inner) => {
    const outer = createConnection({ host, port });
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        (socket === inner ? outer : inner).destroy();
      });
    }
    inner.on('data', (asked: Buffer) => {
      isFaulty ||= asked.includes(marker);
      if (!isFaulty || fault !== 'silent') outer.write(asked);
    });
    const drip = dripping(inner, outer);
    let passed = 0;
    outer.on('data', (answer: Buffer) => {
      if (!isFaulty) inner.write(answer);
      else if (fault === 'slow_drip') drip(answer);
      else if (fault === 'cut_off') {
        passed += answer.length;
        inner.write(answer);
        if (passed > CUT_AFTER) inner.end();
      }
    });
  });

  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => door.close(resolve));
    },
  };
}

/** Hands on a byte at a time; what comes meanwhile stays where it is. */
function dripping(inner: Socket, outer: Socket): (answer: Buffer) => void {
  let rest = Buffer.alloc(0);
  let timer: NodeJS.Timeout | undefined;
  inner.on('close', () => clearInterval(timer));
  return (answer) => {
    rest = Buffer.concat([rest, answer]);
    outer.pause();
    timer ??= setInterval(() => {
      inner.write(rest.subarray(0, 1));
      rest = rest.subarray(1);
      if (rest.length === 0) outer.resume();
    }, DRIP_MS);
  };
}
