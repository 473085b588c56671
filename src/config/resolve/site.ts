import { resolve } from 'node:path';
import { isCalendarDate } from '#src/domain/period/calendar-date.js';
import { isTimeZone } from '#src/domain/period/period-instants.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { holdsReference } from '../secrets.js';
import type { Entry } from '../spec/read-specs.js';
import { REFERENCE_FORMS } from '../spec/scalars.js';
import type { SiteSpec, StoreSpec } from '../spec/site-spec.js';
import type { ChannelConfig, Site, StoreConfig } from '../types.js';
import { checkReference, type ResolveContext, type SiteDefaults } from './context.js';
import { resolveRollUp } from './roll-up.js';

const BUSINESS_DAYS = 5;
const GRACE_DAYS = 3;
const OFF_TRACK_AFTER = 3;
const WEEK = [1, 2, 3, 4, 5, 6, 7];

/** What measures and extracts fall back on; without a usable site, stand-ins that let the rest be checked. */
export function siteDefaults(site: Entry<SiteSpec> | undefined): SiteDefaults {
  const timeZone = site?.spec.time_zone ?? 'UTC';
  return {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    due: {
      businessDays: site?.spec.due?.business_days ?? BUSINESS_DAYS,
      graceDays: site?.spec.due?.grace_days ?? GRACE_DAYS,
    },
    offTrackAfter: site?.spec.alerts?.off_track_after ?? OFF_TRACK_AFTER,
  };
}

/** The site with absolute paths and every default filled in. */
export function resolveSite({ spec, place }: Entry<SiteSpec>, folder: string, context: ResolveContext): Site {
  const { problems, specs } = context;
  checkTimeZone(spec.time_zone, below(place, 'time_zone'), problems);
  checkReference('operator', spec.operator, specs.people.ids, below(place, 'operator'), problems);
  checkHolidays(spec.holidays, below(place, 'holidays'), problems);
  return {
    id: spec.id,
    name: spec.name,
    timeZone: spec.time_zone,
    calendar: {
      weekend: WEEK.filter((day) => !spec.working_week.some((worked) => worked === day)),
      holidays: [...new Set(spec.holidays)].sort(),
    },
    store: resolveStore(spec.store, below(place, 'store'), folder, problems),
    taskQueue: spec.task_queue ?? `plumbline-${spec.id}`,
    channels: resolveChannels(spec, place, problems),
    rollUp: resolveRollUp([{ spec: spec.roll_up, place: below(place, 'roll_up') }], problems),
    operator: spec.operator,
    historyMonths: spec.history_months,
    sweepMinutes: spec.sweep_minutes,
    deliverMinutes: spec.deliver_minutes,
  };
}

/** Tells when a zone is not in the time zone database. */
export function checkTimeZone(timeZone: string, place: Place, problems: ProblemList): void {
  if (isTimeZone(timeZone)) return;
  const message = `there is no time zone "${timeZone}"`;
  problems.error('CONFIG_UNKNOWN_TIME_ZONE', place, message, 'use an IANA name such as Europe/Berlin or UTC');
}

/** Tells of a text that should be a secret's reference and is the secret. Does not show it. */
export function reportLiteralSecret(what: string, place: Place, problems: ProblemList): void {
  const remedy = `put it into the environment or a file, and write ${REFERENCE_FORMS} here`;
  problems.error('CONFIG_LITERAL_SECRET', place, `${what} is written out in the file`, remedy);
}

function checkHolidays(holidays: readonly string[], place: Place, problems: ProblemList): void {
  for (const [index, day] of holidays.entries()) {
    if (isCalendarDate(day)) continue;
    const remedy = 'write a day that exists as YYYY-MM-DD';
    problems.error('CONFIG_INVALID_DATE', below(place, index), `the calendar has no day "${day}"`, remedy);
  }
}

function resolveStore(store: StoreSpec, place: Place, folder: string, problems: ProblemList): StoreConfig {
  if (store.client === 'sqlite') return { client: 'sqlite', file: resolve(folder, store.file) };
  if (!holdsReference(store.password)) {
    reportLiteralSecret('the password of the store', below(place, 'password'), problems);
  }
  return store;
}

function resolveChannels({ channels }: SiteSpec, place: Place, problems: ProblemList): readonly ChannelConfig[] {
  return Object.entries(channels).map(([id, { kind, ...options }]) => {
    if ('url' in options && holdsLiteralPassword(options.url)) {
      reportLiteralSecret(`the mail password in channels.${id}.url`, below(place, 'channels', id, 'url'), problems);
    }
    return { id, kind, options };
  });
}

/** `smtp://user:word@host` where the word is no reference. */
function holdsLiteralPassword(url: string): boolean {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(url)?.[1] ?? url;
  const userInfo = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
  const colon = userInfo.replace(/\$\{(env|file):/g, (start) => ' '.repeat(start.length)).indexOf(':');
  const password = colon < 0 ? '' : userInfo.slice(colon + 1);
  return password !== '' && !holdsReference(password);
}
