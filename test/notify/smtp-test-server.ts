// A mail server in this process: real SMTP over loopback, with the mail it took parsed.
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface SmtpTestServer {
  readonly port: number;
  readonly mails: readonly ParsedMail[];
  /** As they came over the wire. */
  readonly raw: readonly string[];
  readonly recipients: readonly string[];
  stop(): Promise<void>;
}

/** An error that the server sends as this SMTP reply. */
export function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

export async function startSmtpServer(options: SMTPServerOptions = {}): Promise<SmtpTestServer> {
  const mails: ParsedMail[] = [];
  const raw: string[] = [];
  const recipients: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks);
        raw.push(source.toString('latin1'));
        recipients.push(...session.envelope.rcptTo.map(({ address }) => address));
        simpleParser(source).then(
          (mail) => {
            mails.push(mail);
            done();
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
    ...options,
  });
  // A client that breaks off, as some tests make it do, is no failure of the server.
  server.on('error', () => undefined);
  const port = await new Promise<number>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return { port, mails, raw, recipients, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
