// Deliverers as processes of their own, a mail server in this one: what is killed, locked out or unreachable at any moment
// loses nothing, and what is sent twice has the same Message-ID.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverOutbox } from '#src/activities/deliver/deliver-outbox.js';
import type { DeliverySummary } from '#src/activities/types.js';
import { freePort } from '#src/temporal/free-port.js';
import { createServices } from '#src/worker/services.js';
import { plumbline, type RunningProcess, start } from '../support/command-line.js';
import {
  createSmallSite,
  extractOf,
  extractsFile,
  measureOf,
  type SmallSite,
  scorecardFile,
} from '../support/small-site.js';

const SITE = `id: small
name: Small site
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
channels:
  mail: { kind: email, url: '\${env:SMTP_URL}', from: plumbline@example.com }
`;

/** What the mail server does at two moments, and the ids of the mails it has taken, in order. */
interface PostOffice {
  atGreeting: () => Promise<void>;
  /** The whole mail is there; the answer is not. */
  atMail: () => void;
  readonly taken: string[];
  open(): Promise<void>;
  close(): Promise<void>;
}

let site: SmallSite;
let post: PostOffice;
let env: Readonly<Record<string, string>>;

beforeEach(async () => {
  site = await createSmallSite({
    'site.yaml': SITE,
    'people.yaml': 'people: { robin: { name: Robin, email: robin@example.com } }\n',
    'extracts/all.yaml': extractsFile(extractOf('sales')),
    'scorecards/company.yaml': scorecardFile(measureOf('sales', 'sales', 'monthly')),
    'sources/sales.csv': 'day,code,amount\n2026-01-05,a,120\n',
  });
  const port = await freePort();
  post = postOffice(port);
  env = { SMTP_URL: `smtp://127.0.0.1:${port}` };
});
afterEach(async () => {
  await post.close();
  await site.dispose();
});

function postOffice(port: number): PostOffice {
  let server: SMTPServer | undefined;
  const office: PostOffice = {
    atGreeting: async () => undefined,
    atMail: () => undefined,
    taken: [],
    open: () =>
      new Promise((resolve) => {
        server = new SMTPServer({
          authOptional: true,
          disabledCommands: ['STARTTLS', 'AUTH'],
          logger: false,
          onConnect: (_session, done) => void office.atGreeting().then(() => done()),
          onData: (stream, _session, done) => {
            const chunks: Buffer[] = [];
            stream.on('data', (chunk: Buffer) => chunks.push(chunk));
            stream.on('end', () => {
              void simpleParser(Buffer.concat(chunks)).then(({ messageId = '' }) => {
                office.taken.push(messageId);
                office.atMail();
                done();
              });
            });
          },
        });
        // A client that is killed breaks off.
        server.on('error', () => undefined);
        server.listen(port, '127.0.0.1', resolve);
      }),
    close: () => new Promise((resolve) => (server === undefined ? resolve() : server.close(() => resolve()))),
  };
  return office;
}

/** Messages of as many alerts, as a step that was committed leaves them. */
async function write(count: number, createdAt = new Date().toISOString()): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `m-${String(index).padStart(3, '0')}`);
  await site.store.write((writer) =>
    writer.enqueue(
      ids.map((messageId) => ({
        ...{ messageId, threadId: messageId, channel: 'mail', subject: 'Sales is late', text: 'since October' },
        ...{ recipientId: 'robin', recipientName: 'Robin', recipientAddress: 'robin@example.com', createdAt },
      })),
    ),
  );
}

const round = (): RunningProcess => start(['run', '--once', '--config', site.config().folder], env);
const wholeRound = () => plumbline(['run', '--once', '--config', site.config().folder], env);

/** The next delivery, in this process, so long after now. */
function deliverIn(minutes: number): Promise<DeliverySummary> {
  const services = createServices(site.store, { env, logLevel: 'silent', folder: site.config().folder });
  const now = () => new Date(Date.now() + minutes * 60_000).toISOString();
  const attempt = { signal: new AbortController().signal, last: false };
  return deliverOutbox({ ...services, now }, { configRevision: site.config().revision }, attempt);
}

const states = async (): Promise<string[]> =>
  (await site.store.models.outboxRecords(1_000)).map(({ state }) => state).toSorted();
const sent = (count: number): string[] => Array.from({ length: count }, () => 'sent');

/** Starts a round and kills it at the first time that the hook is come to. */
async function killedAt(moment: 'atGreeting' | 'atMail'): Promise<void> {
  const doomed = round();
  await new Promise<void>((resolve) => {
    const kill = (): void => {
      doomed.child.kill('SIGKILL');
      resolve();
    };
    // Where it kills at the greeting, none is given: the process is gone before it could send a byte.
    if (moment === 'atMail') post.atMail = kill;
    else post.atGreeting = () => new Promise(() => kill());
  });
  await doomed.end('SIGKILL');
  post.atGreeting = async () => undefined;
  post.atMail = () => undefined;
}

describe('a deliverer that is killed', () => {
  it('between commit and send leaves the message to the next, which sends it once', async () => {
    await write(1);
    await post.open();
    await killedAt('atGreeting');
    expect(post.taken).toEqual([]);
    const ofTheMessage = () => post.taken.filter((id) => id.includes('m-000'));
    await deliverIn(1);
    expect(ofTheMessage()).toEqual([]);
    await deliverIn(3);
    expect(ofTheMessage()).toHaveLength(1);
    expect(new Set(await states())).toEqual(new Set(['sent']));
  });

  it('between send and mark has the next send it again, with the same Message-ID', async () => {
    await write(1);
    await post.open();
    await killedAt('atMail');
    expect(post.taken).toHaveLength(1);
    const [first] = post.taken;
    await deliverIn(3);
    expect(post.taken.filter((id) => id === first)).toHaveLength(2);
    const messages = await site.store.models.outboxRecords(100);
    expect(new Set(post.taken).size).toBe(messages.length);
    expect(post.taken).toHaveLength(messages.length + 1);
    expect(new Set(await states())).toEqual(new Set(['sent']));
  });

  it('between the commit of an alert and its send loses neither, and the alert is told once', async () => {
    site.write({ 'sources/sales.csv': 'not,what,it,was\n1,2,3,4\n' });
    await post.open();
    await killedAt('atGreeting');
    const alerts = await site.store.read.alerts({});
    expect(alerts.map(({ kind, state }) => [kind, state])).toEqual([['source_failed', 'open']]);
    expect(await states()).toEqual(['pending']);
    await deliverIn(3);
    const again = await wholeRound();
    expect(again.code).toBe(4);
    expect(post.taken).toHaveLength(1);
    expect(await states()).toEqual(['sent']);
  });
});

describe('a channel that is down for hours', () => {
  it('gets every message once when it is back, and until then nobody is asked more than the back-off allows', async () => {
    await write(20);
    for (let minutes = 0; minutes < 360; minutes += 5) await deliverIn(minutes);
    expect(post.taken).toEqual([]);
    // After 1, 2, 4 … minutes, then hourly.
    const attempts = (await site.store.models.outboxRecords(100)).map((message) => message.attempts);
    expect(Math.max(...attempts)).toBeLessThanOrEqual(12);
    expect(Math.max(...attempts)).toBeGreaterThan(6);
    await post.open();
    for (let minutes = 360; minutes <= 480; minutes += 5) await deliverIn(minutes);
    expect(post.taken).toHaveLength(20);
    expect(new Set(post.taken).size).toBe(20);
    expect(await states()).toEqual(sent(20));
  });
});

describe('two deliverers at once', () => {
  it('send each message once', async () => {
    await write(60);
    await post.open();
    const ended = await Promise.all([wholeRound(), wholeRound()]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const messages = await site.store.models.outboxRecords(1_000);
    expect(messages.length).toBeGreaterThanOrEqual(60);
    expect(post.taken).toHaveLength(messages.length);
    expect(new Set(post.taken).size).toBe(messages.length);
    expect(new Set(await states())).toEqual(new Set(['sent']));
  });
});

describe('a store that somebody else has locked', () => {
  it('is waited for: what was sent is marked, and nothing is sent twice', async () => {
    await write(5);
    await post.open();
    const other = new Database(join(site.config().folder, 'data/store.sqlite'));
    let released: Promise<void> | undefined;
    post.atMail = () => {
      if (released !== undefined) return;
      other.exec('begin immediate');
      released = delay(3_000).then(() => void other.exec('rollback'));
    };
    const { stdout } = await wholeRound();
    await released;
    other.close();
    const messages = await site.store.models.outboxRecords(100);
    expect(stdout).toContain(`Messages: ${messages.length} sent, 0 to be tried again, 0 given up.`);
    expect(post.taken).toHaveLength(messages.length);
    expect(new Set(post.taken).size).toBe(messages.length);
  });
});
