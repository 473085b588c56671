// A site that mails: real collection, sweep, store and delivery, to a real SMTP server in this process.
import { createSmallSite, extractOf, extractsFile, type SmallSite, scorecardFile } from '../support/small-site.js';
import { type SmtpTestServer, startSmtpServer } from './smtp-test-server.js';

export interface MailingSite {
  readonly site: SmallSite;
  readonly server: SmtpTestServer;
  /** Delivers what waits; returns the mails that came since the last time. */
  deliver(): Promise<SmtpTestServer['mails']>;
  dispose(): Promise<void>;
}

const RATING = `  - id: client-rating
    name: Rating by clients
    objective: grow
    owner: kim
    unit: stars
    decimals: 1
    direction: higher-is-better
    frequency: monthly
    from: { extract: ratings, avg: amount }
    targets: [{ from: 2020-01, value: 4.5 }]
    bands: { on_track: '>= 100% of target', at_risk: '>= 97% of target' }
    due: { business_days: 5, grace_days: 3 }
`;

export const HEADER = 'day,code,amount\n';

/** A monthly measure, "Rating by clients", with a target of 4.5 stars, from `sources/ratings.csv`. */
export async function createMailingSite(ratings: string, site = '', people = ''): Promise<MailingSite> {
  const server = await startSmtpServer();
  const made = await createSmallSite({
    'site.yaml': `id: example
name: Example Services
time_zone: Europe/Berlin
store: { client: sqlite, file: data/store.sqlite }
operator: robin
channels: { mail: { kind: email, url: 'smtp://127.0.0.1:${server.port}', from: Plumbline <plumbline@example.com> } }
${site}`,
    'people.yaml': `people:
  robin: { name: Robin Example, email: robin@example.com }
  kim: { name: Kim Example, email: kim@example.com${people} }
`,
    'extracts/all.yaml': extractsFile(extractOf('ratings')),
    'scorecards/company.yaml': scorecardFile(RATING),
    'sources/ratings.csv': `${HEADER}${ratings}`,
  });
  let seen = 0;
  return {
    site: made,
    server,
    async deliver() {
      await made.steps.deliverOutbox({ configRevision: made.config().revision });
      const mails = server.mails.slice(seen);
      seen = server.mails.length;
      return mails;
    },
    async dispose() {
      await made.dispose();
      await server.stop();
    },
  };
}

/** Ratings of three months, all off track. */
export const THREE_BAD_MONTHS = '2026-08-10,a,4.2\n2026-09-10,a,4.1\n2026-10-10,a,3.9\n';
