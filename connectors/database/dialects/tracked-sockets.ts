import type { Socket } from 'node:net';

/** Longest that connections are given to say goodbye. */
const GOODBYE_MS = 500;

/** The sockets of a source, so that closing it leaves none, not even one to a server that never answers. */
export interface TrackedSockets {
  track(socket: Socket): Socket;
  /** Waits a moment for `goodbye`, and closes what is left. */
  closeAfter(goodbye: Promise<unknown>): Promise<void>;
}

export function trackedSockets(): TrackedSockets {
  const open = new Set<Socket>();
  return {
    track(socket) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      return socket;
    },
    async closeAfter(goodbye) {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, GOODBYE_MS);
      });
      try {
        await Promise.race([goodbye, patience]);
      } finally {
        clearTimeout(timer);
        for (const socket of open) socket.destroy();
      }
    },
  };
}
