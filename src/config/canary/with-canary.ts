import { MEASURE_KINDS } from '#src/domain/alert/settings.js';
import { CANARY, CANARY_MEASURE, CANARY_NAME } from '#src/domain/canary/canary.js';
import type { CollectedMeasure } from '#src/domain/measure/types.js';
import type { AlertPolicy } from '#src/domain/policy/types.js';
import { digestOf } from '../digest.js';
import { pullGroupsOf } from '../resolve/cadence.js';
import type { Connection, Extract, ResolvedConfig, Scorecard, Site } from '../types.js';

const OBJECTIVE = `${CANARY}/whole-way`;
const PERSPECTIVE = `${CANARY}/canary-perspective`;

/**
 * The configuration that runs: with the canary of the site as one more connection, extract, pull group and measure, for which
 * the steps do what they do for any other.
 *
 * What is shown to people, counted and linted is the configuration without it. It has the same revision: the site's setting
 * is part of that.
 */
export function withCanary(config: ResolvedConfig): ResolvedConfig {
  const { site } = config;
  const { canary } = site;
  if (canary === undefined) return config;
  const extract = extractOf(canary, site.timeZone);
  return {
    ...config,
    site: { ...site, alertPolicies: [policyOf(canary), ...(site.alertPolicies ?? [])] },
    connections: [...config.connections, connectionOf(canary)],
    extracts: [...config.extracts, extract],
    pullGroups: [...config.pullGroups, ...pullGroupsOf([extract], site.timeZone)],
    scorecards: [...config.scorecards, scorecardOf(canary)],
    measures: [...config.measures, measureOf(canary, extract, site)],
  };
}

type Canary = NonNullable<Site['canary']>;

const frequencyOf = ({ cadence }: Canary) => (cadence.every === 'day' ? 'daily' : 'weekly');

const connectionOf = ({ person }: Canary): Connection => ({
  id: CANARY,
  connector: CANARY,
  options: {},
  owner: person,
});

/** To one person over its own channels; of a test nobody is reminded, and no manager hears. */
const policyOf = ({ person, channels }: Canary): AlertPolicy => ({
  id: CANARY,
  match: { measures: [CANARY_MEASURE] },
  severity: 'info',
  tell: [person],
  channels,
  escalate: [],
  urgent: false,
});

function extractOf({ cadence }: Canary, timeZone: string): Extract {
  const column = { timeZone, required: true };
  return {
    id: CANARY,
    connection: CANARY,
    source: { every: cadence.every },
    cadence,
    columns: [
      { name: 'day', sourceName: 'day', type: 'date', ...column },
      { name: 'alarms', sourceName: 'alarms', type: 'decimal', ...column },
    ],
    timeColumn: 'day',
    duplicates: { keep: 'all' },
    limits: { maxRows: 1000, maxBytes: 1_000_000, timeoutMs: 60_000 },
  };
}

function scorecardOf(canary: Canary): Scorecard {
  const { person } = canary;
  return {
    address: CANARY,
    name: CANARY_NAME,
    owner: person,
    frequency: frequencyOf(canary),
    perspectives: [{ address: PERSPECTIVE, name: CANARY_NAME, weight: '1' }],
    objectives: [
      { address: OBJECTIVE, name: CANARY_NAME, perspective: PERSPECTIVE, owner: person, weight: '1', drives: [] },
    ],
  };
}

/** After a period: the next run has come. What is late is not told, but it is not late before that, either. */
const DUE_HOURS = { day: 48, week: 14 * 24 } as const;

/** Off track in each second period; of all that an alert could tell of a measure only that is turned on. */
function measureOf(canary: Canary, { id: extract, columns, source }: Extract, { timeZone }: Site): CollectedMeasure {
  const value = {
    extract,
    aggregation: { kind: 'last', column: 'alarms', where: [] },
    scale: '1',
    emptyMeansZero: false,
  } as const;
  const scoring = {
    targets: [],
    bands: [
      { status: 'on_track', basis: 'value', operator: '<', limit: '1', text: '< 1' },
      { status: 'off_track', basis: 'value', operator: 'else', text: 'else' },
    ],
    scoreMap: {
      basis: 'value',
      knots: [
        { at: '0', score: '1' },
        { at: '1', score: '0' },
      ],
    },
  } as const;
  const direction = 'lower-is-better';
  const due = { businessDays: 0, hours: DUE_HOURS[canary.cadence.every], graceDays: 0 };
  const frequency = frequencyOf(canary);
  return {
    address: CANARY_MEASURE,
    id: 'canary',
    name: CANARY_NAME,
    scorecard: CANARY,
    objective: OBJECTIVE,
    owner: canary.person,
    operational: true,
    unit: 'test alarm',
    direction,
    frequency,
    timeZone,
    ...value,
    restatementPeriods: 1,
    valueDigest: digestOf({ frequency, timeZone, ...value, read: { columns, source } }),
    ...scoring,
    weight: '1',
    due,
    offTrackAfter: 1,
    alertSettings: {
      kinds: Object.fromEntries(MEASURE_KINDS.map((kind) => [kind, kind === 'off_track'])),
      pace: false,
    },
    decimals: 0,
    scoreDigest: digestOf({ ...scoring, direction, due }),
  };
}
