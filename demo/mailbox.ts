import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  /** For `PLUMBLINE_SMTP_URL`. */
  readonly url: string;
  readonly folder: string;
  /** Files received so far, in order. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it receives as `.eml` files: a stand-in for the company's own. */
export async function openMailbox(folder: string): Promise<Mailbox> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const file = join(folder, `${String(received.length + 1).padStart(3, '0')}.eml`);
        writeFileSync(file, Buffer.concat(chunks));
        received.push(file);
        done();
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    folder,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
