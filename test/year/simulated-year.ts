import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { actOnAlert } from '#src/activities/alert/act-on-alert.js';
import type { StepServices } from '#src/activities/context.js';
import type { RunnableSteps } from '#src/activities/steps.js';
import { readConfig } from '#src/config/index.js';
import type { ResolvedConfig } from '#src/config/types.js';
import type { AlertKind } from '#src/domain/alert/kinds.js';
import type { PersonsTransition } from '#src/domain/alert/transitions.js';
import type { Instant } from '#src/domain/period/types.js';
import type { ReportingStore } from '#src/store/types.js';
import { applyToStore } from '#src/worker/apply-config.js';
import { builtInConnectors } from '#src/worker/connectors.js';
import { inProcessRunner, inProcessSteps } from '#src/worker/in-process.js';
import { createServices, openSiteStore } from '#src/worker/services.js';
import { collectRun } from '#src/workflows/collect-run.js';
import { addDays } from '../../demo/company/timeline.js';
import { type SheetsStandIn, startSheetsStandIn } from '../../demo/sheets-stand-in.js';
import { root } from '../../scripts/setup/root.mjs';
import { reply, type SmtpTestServer, startSmtpServer } from '../notify/smtp-test-server.js';
import { makeYearConfig } from './company-config.js';
import { CompanySources } from './company-sources.js';
import { FIGURES, SCRIPT } from './script.js';

const ZONE = 'Europe/Berlin';
const DAYS = { first: '2026-01-01', last: '2026-12-31', historyFrom: '2025-09-29' };

/** A mail as it came, at the time by the simulated clock. */
export interface ReceivedMail {
  /** `2026-06-09 07:00`, local. */
  readonly at: string;
  /** Person id. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export const isDigest = ({ subject }: ReceivedMail): boolean => subject.startsWith('DIGEST');

/** `time person subject`. */
export const mailLine = ({ at, to, subject }: ReceivedMail): string => `${at} ${to} ${subject}`;

/** The instant of a local `2026-06-09 07:00`. */
const instantOf = (local: string): Instant =>
  Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime(ZONE).toInstant().toString();

/** A day before, as Temporal makes missed runs up. */
const instantBefore = (at: Instant): Instant => Temporal.Instant.from(at).subtract({ hours: 24 }).toString();

/** What a day's schedules do at which local time. */
const COLLECTED: Readonly<Record<string, readonly string[]>> = {
  '05:45': ['training-day-0545', 'people-plan-day-0545'],
  '06:30': ['operations-day-0630', 'phones-day-0630'],
  '07:00': ['finance-day-0700'],
};
/** When time is swept and mail delivered: a second after every deadline, when people come, and once in the afternoon. */
const USUAL = ['00:00:01', '07:00', '15:00'];
/** On Mondays, and on Tuesdays after a holiday. */
const WITH_DIGESTS = [...USUAL, '07:30'];
/** On days on which something happens also at each hour of the working day. */
const HOURLY = [
  ...new Set([
    ...WITH_DIGESTS,
    ...Array.from({ length: 12 }, (_, index) => `${String(index + 7).padStart(2, '0')}:00`),
  ]),
];

/** The company, its store and its services, at the time where the clock stands. */
export class SimulatedYear {
  readonly received: ReceivedMail[] = [];
  isMailDown = false;
  #now: Instant = instantOf('2026-01-01 00:00');
  #isRunning = true;
  /** Nominal times of runs that nobody was there for. */
  #missed: { group: string; at: Instant }[] = [];
  #seenMails = 0;
  #steps!: RunnableSteps;
  #config!: ResolvedConfig;
  store!: ReportingStore;
  sources!: CompanySources;
  #services!: StepServices;
  #smtp!: SmtpTestServer;
  #sheets!: SheetsStandIn;
  readonly folder = mkdtempSync(join(tmpdir(), 'plumbline-year-'));
  readonly configFolder = join(this.folder, 'config');

  static async create(): Promise<SimulatedYear> {
    const year = new SimulatedYear();
    await year.#start();
    return year;
  }

  async #start(): Promise<void> {
    this.#smtp = await startSmtpServer({
      onConnect: (_session, done) => done(this.isMailDown ? reply(421, 'Down for maintenance') : undefined),
    });
    cpSync(join(root, 'config'), this.configFolder, { recursive: true });
    makeYearConfig(this.configFolder, this.#smtp.port);
    this.sources = await CompanySources.create(join(this.folder, 'sources'), FIGURES);
    const history: string[] = [];
    for (let day = DAYS.historyFrom; day < DAYS.first; day = addDays(day, 1)) history.push(day);
    this.sources.addDays(history);
    this.#sheets = await startSheetsStandIn(join(this.folder, 'sources'), [this.sources.spreadsheet()]);
    const read = await this.#read();
    this.store = await openSiteStore(read.site.store, read.folder, {});
    await this.apply();
    const services = createServices(this.store, { env: {}, logLevel: 'silent', folder: read.folder });
    this.#services = { ...services, now: () => this.#now };
    // A day goes by between two calls of a budget: nobody waits for it by the clock of this machine.
    this.#steps = inProcessSteps(this.#services, new AbortController().signal, async () => undefined);
  }

  async #read(): Promise<ResolvedConfig> {
    const { config, problems } = await readConfig(this.configFolder, builtInConnectors);
    if (config === undefined) throw new Error(`the configuration of the year is broken: ${JSON.stringify(problems)}`);
    return config;
  }

  async apply(): Promise<void> {
    this.#config = await this.#read();
    await applyToStore(this.store, this.#config, this.#now);
  }

  stopWorkers(): void {
    this.#isRunning = false;
  }

  /** The first thing that comes back is a sweep: the worst order. Then the missed runs are made up, as Temporal does for a day. */
  async startWorkers(): Promise<void> {
    this.#isRunning = true;
    await this.#sweepAndDeliver();
    const missed = this.#missed.filter(({ at }) => at >= instantBefore(this.#now));
    this.#missed = [];
    for (const { group, at } of missed) await this.#collect(group, at);
  }

  async note(author: string, node: string, periodId: string, text: string): Promise<void> {
    await this.store.write((writer) => writer.addNote({ node, periodId, text, author, writtenAt: this.#now }));
  }

  async act(
    author: string,
    kind: AlertKind,
    measure: string,
    transition: PersonsTransition,
    reason: string,
    until?: string,
  ): Promise<void> {
    const open = await this.store.read.alerts({ state: 'open' });
    const alert = open.find((each) => each.kind === kind && each.subject === `measure/${measure}`);
    if (alert === undefined) throw new Error(`there is no open alert ${kind} of ${measure} at ${this.#now}`);
    const telling = {
      config: this.#config,
      recordedAt: this.#now,
      composeAlert: this.#services.composeAlert,
    };
    const when = until === undefined ? {} : { until: instantOf(until) };
    await actOnAlert(this.store, telling, { alert, author, transition, reason, at: this.#now, ...when });
  }

  /** Lives through the whole year. */
  async live(): Promise<void> {
    const script = SCRIPT.map((event) => ({ at: event.at.slice(0, 16), run: event.happens }));
    for (let day = DAYS.first; day <= DAYS.last; day = addDays(day, 1)) {
      const scripted = script.filter(({ at, run }) => run !== undefined && at.startsWith(day));
      const hasDigests = Temporal.PlainDate.from(day).dayOfWeek <= 2;
      const swept = scripted.length > 0 ? HOURLY : hasDigests ? WITH_DIGESTS : USUAL;
      const times = [...new Set([...swept, ...Object.keys(COLLECTED)])];
      const moments = [
        ...scripted.map(({ at, run }) => ({ time: at.slice(11), run })),
        ...times.map((time) => ({ time, run: undefined })),
      ].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.run === undefined ? 1 : -1));
      for (const { time, run } of moments) {
        this.#now = instantOf(`${day} ${time}`);
        if (run !== undefined) await run(this);
        else await this.#tick(time, swept.includes(time));
      }
      this.sources.addDays([day]);
    }
  }

  async #tick(time: string, isSwept: boolean): Promise<void> {
    for (const group of COLLECTED[time] ?? []) {
      if (this.#isRunning) await this.#collect(group, this.#now);
      else this.#missed.push({ group, at: this.#now });
    }
    if (this.#isRunning && isSwept) await this.#sweepAndDeliver();
  }

  async #collect(group: string, logicalTime: Instant): Promise<void> {
    const request = { group, configRevision: this.#config.revision, logicalTime, trigger: 'schedule' } as const;
    await collectRun(this.#steps, inProcessRunner, request);
  }

  async #sweepAndDeliver(): Promise<void> {
    const configRevision = this.#config.revision;
    await this.#steps.sweepFreshness({ configRevision, logicalTime: this.#now, scheduled: true });
    await this.#steps.deliverOutbox({ configRevision, scheduled: true });
    const at = Temporal.Instant.from(this.#now).toZonedDateTimeISO(ZONE).toPlainDateTime().toString();
    for (const { subject = '', text = '', to } of this.#smtp.mails.slice(this.#seenMails)) {
      const address = Array.isArray(to) ? to[0]?.value[0]?.address : to?.value[0]?.address;
      const person = address?.split('@')[0] ?? '';
      this.received.push({
        at: at.slice(0, 16).replace('T', ' '),
        to: person,
        subject: subject.replace('[Plumbline] ', ''),
        text,
      });
    }
    this.#seenMails = this.#smtp.mails.length;
  }

  async dispose(): Promise<void> {
    await this.store.close();
    await this.#sheets.close();
    await this.#smtp.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
