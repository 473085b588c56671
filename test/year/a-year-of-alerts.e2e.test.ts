// The demo company lives through 2026. What is to arrive was worked out by hand in expected-mails.ts, before anything was sent.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/root.mjs';
import { EXPECTED_ALERTS, EXPECTED_DIGESTS, EXPECTED_NUMBERS } from './expected-mails.js';
import { FIGURES } from './script.js';
import { isDigest, mailLine, type ReceivedMail, SimulatedYear } from './simulated-year.js';
import { yearDocument } from './year-document.js';

let year: SimulatedYear;
beforeAll(async () => {
  year = await SimulatedYear.create();
  await year.live();
  // Some minutes; on a machine that has other work, many.
}, 2_400_000);
afterAll(() => year.dispose());

/** Mails that arrive at one moment come in no order that matters. */
const linesOf = (mails: readonly ReceivedMail[]): readonly string[] => mails.map(mailLine).toSorted();
const alerts = (): readonly ReceivedMail[] => year.received.filter((mail) => !isDigest(mail));

describe('a year of alerts', () => {
  it.each(EXPECTED_ALERTS)('$cause: sends what it should, to whom it should, when it should', ({ mails }) => {
    const subjects = new Set(mails.map(subjectOf));
    const about = linesOf(alerts()).filter((line) => subjects.has(subjectOf(line)));
    expect(about).toEqual(mails.toSorted());
  });

  it('sends nothing else about alerts', () => {
    expect(linesOf(alerts())).toEqual(EXPECTED_ALERTS.flatMap(({ mails }) => mails).toSorted());
  });

  it.each(Object.entries(EXPECTED_DIGESTS))(
    'sends %s a digest when there is something to say, and then only',
    (person, times) => {
      const sent = year.received.filter((mail) => isDigest(mail) && mail.to === person).map(({ at }) => at);
      expect(sent).toEqual([...times].toSorted());
    },
  );

  it('sends so many messages to each person', () => {
    const numbers = Object.keys(EXPECTED_NUMBERS).map((person) => {
      const own = year.received.filter(({ to }) => to === person);
      return [person, { alerts: own.filter((mail) => !isDigest(mail)).length, digests: own.filter(isDigest).length }];
    });
    expect(Object.fromEntries(numbers)).toEqual(EXPECTED_NUMBERS);
  });

  it('sends nothing on holidays, at weekends and at night', () => {
    const outOfHours = year.received.filter(({ at }) => {
      const [day = '', time = ''] = at.split(' ');
      return !FIGURES.isWorked(day) || time < '07:00' || time >= '19:00';
    });
    expect(linesOf(outOfHours)).toEqual([]);
  });

  it('leaves no message waiting and loses none', async () => {
    const states = (await year.store.models.outboxRecords(1_000)).map(({ state }) => state);
    // Those of the telephone lines were told in two mails.
    expect(states.filter((state) => state !== 'sent')).toEqual(Array.from({ length: 24 }, () => 'summarised'));
    expect(states.filter((state) => state === 'sent')).toHaveLength(year.received.length);
  });

  it('is told in docs/a-year-of-alerts.md as it was', async () => {
    const file = join(root, 'docs/a-year-of-alerts.md');
    if (process.env['UPDATE_GENERATED'] === '1') await writeFile(file, yearDocument(year.received));
    expect(await readFile(file, 'utf8')).toBe(yearDocument(year.received));
  });
});

/** What a line is about: kind and name, whatever has become of it. */
function subjectOf(line: string): string {
  const [, name = '', since = ''] = line.split(' · ');
  return `${name} ${since}`;
}
