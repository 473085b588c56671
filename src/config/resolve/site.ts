import { resolve } from 'node:path';
import type { AlertKind } from '#src/domain/alert/kinds.js';
import { isTimeZone } from '#src/domain/period/period-instants.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { holdsReference } from '../secrets.js';
import { channelSecrets } from '../spec/channel-spec.js';
import type { Entry } from '../spec/read-specs.js';
import { nameOf, valueAt } from '../spec/report-issues.js';
import type { SiteSpec, StoreSpec } from '../spec/site-spec.js';
import type { ChannelConfig, Site, StoreConfig } from '../types.js';
import { resolveAlertSettings } from './alert-settings.js';
import { resolveCanary } from './canary.js';
import { checkReference, type ResolveContext, type SiteDefaults } from './context.js';
import { checkDue } from './due-rule.js';
import { resolveLinks } from './links.js';
import { reportLiteralSecret } from './literal-secret.js';
import type { SiteCalendars } from './period-calendars.js';
import { resolvePolicies } from './policies.js';
import { resolveRollUp } from './roll-up.js';
import { resolveWatch } from './watch.js';
import { resolveWorkingCalendar } from './working-calendars.js';

const OFF_TRACK_AFTER = 3;

/** What measures and extracts fall back on; without a usable site, stand-ins that let the rest be checked. */
export function siteDefaults(site: Entry<SiteSpec> | undefined, calendars: SiteCalendars): SiteDefaults {
  const timeZone = site?.spec.time_zone ?? 'UTC';
  return {
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
    offTrackAfter: site?.spec.alerts?.off_track_after ?? OFF_TRACK_AFTER,
    calendars,
  };
}

/** The site with absolute paths and every default filled in. */
export function resolveSite(
  { spec, place }: Entry<SiteSpec>,
  folder: string,
  { byId }: SiteCalendars,
  context: ResolveContext,
): Site {
  const { problems, specs, publicHolidays } = context;
  checkTimeZone(spec.time_zone, below(place, 'time_zone'), problems);
  const zone = spec.canary?.time_zone;
  if (zone !== undefined) checkTimeZone(zone, below(place, 'canary', 'time_zone'), problems);
  checkReference('operator', spec.operator, specs.people.ids, below(place, 'operator'), problems);
  checkDue({ spec: spec.due, place }, context);
  const workingCalendars = Object.entries(spec.working_calendars).map(
    ([id, each]) =>
      [id, resolveWorkingCalendar(each, below(place, 'working_calendars', id), publicHolidays, problems)] as const,
  );
  return {
    id: spec.id,
    name: spec.name,
    timeZone: spec.time_zone,
    calendar: resolveWorkingCalendar(spec, place, publicHolidays, problems),
    ...(workingCalendars.length === 0 ? {} : { workingCalendars: Object.fromEntries(workingCalendars) }),
    ...(byId.size === 0 ? {} : { periodCalendars: Object.fromEntries(byId) }),
    store: resolveStore(spec.store, below(place, 'store'), folder, problems),
    taskQueue: spec.task_queue ?? `plumbline-${spec.id}`,
    channels: resolveChannels(spec, place, problems),
    rollUp: resolveRollUp([{ spec: spec.roll_up, place: below(place, 'roll_up') }], problems),
    operator: spec.operator,
    ...alertTiming(spec.alerts),
    ...resolveAlertSettings(spec.alerts),
    ...(spec.network === undefined ? {} : { allowHosts: spec.network.allow_hosts }),
    ...resolveLinks(spec.links, below(place, 'links'), problems),
    ...resolveWatch(spec, place, problems),
    ...resolveCanary(spec, place, context),
    ...resolvePolicies(spec, place, context),
    ...(spec.alerts?.max_per_hour === undefined ? {} : { maxPerHour: spec.alerts.max_per_hour }),
    historyMonths: spec.history_months,
    sweepMinutes: spec.sweep_minutes,
    deliverMinutes: spec.deliver_minutes,
  };
}

/** Absent where nothing is set, so that digests from before there were such times stay. */
function alertTiming(alerts: SiteSpec['alerts']): Pick<Site, 'alertTiming'> {
  const pendingMs = inMilliseconds(alerts?.pending_minutes);
  const holdMs = inMilliseconds(alerts?.hold_minutes);
  const isSet = Object.keys(pendingMs).length + Object.keys(holdMs).length > 0;
  return isSet ? { alertTiming: { pendingMs, holdMs } } : {};
}

function inMilliseconds(
  minutes: Readonly<Partial<Record<AlertKind, number>>> = {},
): Partial<Record<AlertKind, number>> {
  return Object.fromEntries(Object.entries(minutes).map(([kind, each]) => [kind, each * 60_000]));
}

/** Tells when a zone is not in the time zone database. */
export function checkTimeZone(timeZone: string, place: Place, problems: ProblemList): void {
  if (isTimeZone(timeZone)) return;
  const message = `there is no time zone "${timeZone}"`;
  problems.error('CONFIG_UNKNOWN_TIME_ZONE', place, message, 'use an IANA name such as Europe/Berlin or UTC');
}

function resolveStore(store: StoreSpec, place: Place, folder: string, problems: ProblemList): StoreConfig {
  if (store.client === 'sqlite') return { client: 'sqlite', file: resolve(folder, store.file) };
  if (!holdsReference(store.password)) {
    reportLiteralSecret('the password of the store', below(place, 'password'), problems);
  }
  return store;
}

function resolveChannels({ channels }: SiteSpec, place: Place, problems: ProblemList): readonly ChannelConfig[] {
  return Object.entries(channels).map(([id, channel]) => {
    const at = below(place, 'channels', id);
    if ('url' in channel && channel.url !== undefined && holdsLiteralPassword(channel.url)) {
      reportLiteralSecret(`the password in channels.${id}.url`, below(at, 'url'), problems);
    }
    for (const path of channelSecrets(channel)) {
      const secret = valueAt(channel, path);
      const where = below(at, ...path);
      if (typeof secret !== 'string' || !holdsReference(secret)) reportLiteralSecret(nameOf(where), where, problems);
    }
    const { kind, ...options } = channel;
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
