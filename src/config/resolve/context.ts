import type { ConnectorRegistry } from '#connectors/sdk/types.js';
import type { OffTrackAfter } from '#src/domain/measure/types.js';
import type { Place, ProblemList } from '../problem-list.js';
import type { PublicHolidays } from '../public-holidays.js';
import { remedyForName } from '../spec/closest-name.js';
import type { Specs } from '../spec/read-specs.js';
import { nameOf } from '../spec/report-issues.js';
import type { SiteCalendars } from './period-calendars.js';

/** What the site gives to everything that does not say it itself. */
export interface SiteDefaults {
  readonly timeZone: string;
  readonly offTrackAfter: OffTrackAfter;
  readonly calendars: SiteCalendars;
}

/** What every step of resolving works with. */
export interface ResolveContext {
  readonly publicHolidays: PublicHolidays;
  readonly specs: Specs;
  readonly registry: ConnectorRegistry;
  readonly problems: ProblemList;
}

/** Kinds of thing that a name can refer to. */
const UNKNOWN = {
  owner: 'CONFIG_UNKNOWN_OWNER',
  manager: 'CONFIG_UNKNOWN_MANAGER',
  operator: 'CONFIG_UNKNOWN_OPERATOR',
  recipient: 'CONFIG_UNKNOWN_RECIPIENT',
  'stand-in': 'CONFIG_UNKNOWN_STAND_IN',
  channel: 'CONFIG_UNKNOWN_CHANNEL',
  connection: 'CONFIG_UNKNOWN_CONNECTION',
  connector: 'CONFIG_UNKNOWN_CONNECTOR',
  extract: 'CONFIG_UNKNOWN_EXTRACT',
  column: 'CONFIG_UNKNOWN_COLUMN',
  objective: 'CONFIG_UNKNOWN_OBJECTIVE',
  perspective: 'CONFIG_UNKNOWN_PERSPECTIVE',
  units: 'CONFIG_UNKNOWN_UNITS',
  unit: 'CONFIG_UNKNOWN_UNIT',
  scorecard: 'CONFIG_UNKNOWN_SCORECARD',
  series: 'CONFIG_UNKNOWN_SERIES',
  calendar: 'CONFIG_UNKNOWN_CALENDAR',
  'working calendar': 'CONFIG_UNKNOWN_CALENDAR',
} as const;

/** What a message calls them, where that is another word. */
const NOUNS: Readonly<Partial<Record<keyof typeof UNKNOWN, string>>> = {
  owner: 'person',
  manager: 'person',
  operator: 'person',
  recipient: 'person',
  'stand-in': 'person',
  units: 'unit set',
};

/**
 * Tells when a name refers to nothing, with the name that was probably meant.
 *
 * @param known names there are; `undefined` when a file could not be read and nothing can be said
 * @returns whether there is such a thing, as far as is known
 */
export function checkReference(
  kind: keyof typeof UNKNOWN,
  written: string,
  known: ReadonlySet<string> | undefined,
  place: Place,
  problems: ProblemList,
): boolean {
  if (known === undefined || known.has(written)) return true;
  const noun = NOUNS[kind] ?? kind;
  const isPerson = noun === 'person';
  const named = remedyForName(written, known, isPerson ? 'add the person to people.yaml' : `define a ${noun} first`);
  const remedy = kind === 'connector' ? `${named}; one of your own has to be allowed in connectors.yaml` : named;
  const message = `${nameOf(place)}: there is no ${noun} "${written}"`;
  problems.error(UNKNOWN[kind], place, message, remedy);
  return false;
}
