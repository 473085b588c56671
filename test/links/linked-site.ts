// A site whose mails have links: real collection, store and delivery to a real SMTP server, and the real server of links.
import { request } from 'node:http';
import type { RunningLinkServer } from '#src/links/link-server.js';
import { answerLinks } from '#src/worker/answer-links.js';
import { createMailingSite, type MailingSite, THREE_BAD_MONTHS } from '../notify/mailing-site.js';

export const HOST = 'plumbline.example.com';
export const SECRET = 'a-secret-of-the-links-that-nobody-knows';

const LINKS = `links: { base_url: 'https://${HOST}', signing_secret: '\${file:link-secret}' }\n`;
/** Robin is told as well, and so hears of what Kim does. */
export const TELL_BOTH = 'alerts: { policies: [{ id: both, tell: [owner, robin] }] }\n';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LinkedSite extends MailingSite {
  readonly server: MailingSite['server'];
  readonly port: number;
  /** Asks the server for a path as the proxy in front of it does. */
  ask(path: string, asking?: Asking): Promise<Answer>;
  /** Sends the form of a page. */
  press(purpose: string, fields: Readonly<Record<string, string>>): Promise<Answer>;
  /** `transition author: reason` of the alert about the rating, oldest first. */
  history(): Promise<string[]>;
}

export async function createLinkedSite(
  more: { readonly site?: string; readonly people?: string } = {},
): Promise<LinkedSite> {
  const mailing = await createMailingSite(THREE_BAD_MONTHS, `${LINKS}${more.site ?? ''}`, more.people);
  const { site } = mailing;
  site.write({ 'link-secret': `${SECRET}\n` });
  const running = await serverOf(mailing);
  const ask: LinkedSite['ask'] = (path, asking) => askAt(running.port, path, asking);
  return {
    ...mailing,
    port: running.port,
    ask,
    press: (purpose, fields) =>
      ask(`/${purpose}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
    history: async () =>
      (await site.store.models.alertHistory(10))
        .filter(({ kind }) => kind === 'off_track')
        .flatMap(({ history }) => history)
        .map(({ transition, author = 'itself', reason }) => `${transition} ${author}: ${reason}`),
    dispose: async () => {
      await running.stop();
      await mailing.dispose();
    },
  };
}

async function serverOf({ site }: MailingSite): Promise<RunningLinkServer> {
  const config = site.config();
  const { links } = config.site;
  if (links === undefined) throw new Error('the site has no links');
  const listen = { host: '127.0.0.1', port: 0 };
  const running = await answerLinks(
    { ...config, site: { ...config.site, links: { ...links, listen } } },
    site.services,
    {},
  );
  if (running === undefined) throw new Error('no server was started');
  return running;
}

/** One request over a connection of its own. */
export function askAt(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Asking = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, path, method, agent: false, headers: { host: HOST, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The path of the link in a mail that does this. */
export function linkIn(mail: { text?: string | undefined } | undefined, purpose: 'acknowledge' | 'snooze'): string {
  const [, path] = new RegExp(`https://${HOST}(/${purpose}/[\\w.-]+)`).exec(mail?.text ?? '') ?? [];
  if (path === undefined) throw new Error(`no link to ${purpose} in: ${mail?.text}`);
  return path;
}

export const tokenOf = (path: string): string => path.split('/').at(-1) ?? '';
