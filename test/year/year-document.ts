import { EXPECTED_ALERTS } from './expected-mails.js';
import { SCRIPT } from './script.js';
import { isDigest, mailLine, type ReceivedMail } from './simulated-year.js';

const HEAD = `# A year of alerts

What does Plumbline send in a year, to whom, and why? This page is written by a test that lives through 2026 with the
[demo company](../demo/company/README.md): a clock that is set by hand, real steps, a real store, mail to a real SMTP server. What is
to arrive was worked out by hand before, message by message, and is compared with what arrives. Write the page anew with
\`UPDATE_GENERATED=1 npx vitest run --project servers test/year\`.

## What is simulated

- The configuration of the demo, with a telephone system as a fifth source that has twelve daily measures: 29 measures in all.
- Each source is read at its own time each day, at the weekend too. Its data are few rows in the formats of the demo, and grow day by day.
- Time is swept and mail delivered at 00:00:01, when every deadline has just passed, at 07:00 and 15:00, on Mondays at 07:30, and each hour
  from 07:00 to 18:00 on days on which somebody does something.
- Policies are those of the demo. Everybody works from 07:00 to 19:00 on working days and gets mail then only. Whoever owns what an alert is about is told; after 2
  working days the owner of the objective, after 5 the manager. Reminders come after 3 working days, then after 7 each; a note stops them. Corrections and
  rejected rows are told once. Everybody has a digest on Mondays at 07:30, when something is new, or still open after 28 days.
- Sweeps and deliveries are watched: ten hours without one are told.
`;

/** The page, from what arrived. */
export function yearDocument(received: readonly ReceivedMail[]): string {
  return [
    HEAD,
    '## How many messages each person got\n',
    table(['who', 'about alerts', 'digests'], perPerson(received)),
    '## What happened\n',
    table(
      ['when', 'what'],
      SCRIPT.map(({ at, what }) => [at, what]),
    ),
    "## What was sent, and why\n\nAll times are the company's own. What is not listed was not sent.\n",
    ...EXPECTED_ALERTS.map(({ cause, why, mails }) => {
      // Those of one moment arrive in any order.
      const sent = mails.flatMap((line) => received.filter((mail) => mailLine(mail) === line));
      return [`### ${cause}\n`, table(['when', 'to', 'subject'], sent.map(rowOf)), `${why}\n`].join('\n');
    }),
    '## Digests\n',
    table(['who', 'on'], digestsOf(received)),
    'On Mondays at 07:30; where that is a holiday, or somebody is absent, on the first day that is worked. In all other weeks nothing was new.\n',
  ].join('\n');
}

const rowOf = ({ at, to, subject }: ReceivedMail): readonly string[] => [at, to, subject];

function perPerson(received: readonly ReceivedMail[]): readonly (readonly string[])[] {
  const count = (person: string, digest: boolean): string =>
    String(received.filter((mail) => mail.to === person && isDigest(mail) === digest).length);
  return peopleIn(received).map((person) => [person, count(person, false), count(person, true)]);
}

function digestsOf(received: readonly ReceivedMail[]): readonly (readonly string[])[] {
  return peopleIn(received).map((person) => {
    const days = received.filter((mail) => mail.to === person && isDigest(mail)).map(({ at }) => at.slice(5, 10));
    return [person, days.join(', ')];
  });
}

const PEOPLE = ['amara', 'farid', 'ines', 'jonas', 'lena', 'mei', 'omar', 'priya', 'tomasz'];

function peopleIn(received: readonly ReceivedMail[]): readonly string[] {
  return [...new Set([...PEOPLE, ...received.map(({ to }) => to)])].toSorted();
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
