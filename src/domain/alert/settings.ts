import type { PaceRule } from '../pace/types.js';
import { ALERT_KIND_NAMES, type AlertKind } from './kinds.js';

/** Kinds that are turned on or off, where they are said to be. */
export type AlertSwitches = Readonly<Partial<Record<AlertKind, boolean>>>;

/** More rejected rows than this raise an alert: so many, or so many of a hundred that were seen. */
export type RejectsOver = { readonly rows: number } | { readonly percent: number };

/** What of alerts a site, a measure or an extract says itself; what is nearest counts. */
export interface AlertSettings {
  readonly kinds?: AlertSwitches;
  /** Newest closed periods in a row that are at risk. */
  readonly atRiskAfter?: number;
  /** Days after the due time of an off-track period until a note on it is missed. */
  readonly noteAfterDays?: number;
  readonly rejectsOver?: RejectsOver;
  /** How a period that is not over is judged at its pace; `false`: not at all. */
  readonly pace?: PaceRule | false;
}

/** {@link AlertSettings} in force, with nothing left out. */
export interface SettingsInForce {
  readonly isOn: (kind: AlertKind) => boolean;
  readonly atRiskAfter: number;
  readonly noteAfterDays: number;
  readonly rejectsOver: RejectsOver;
  /** Absent: a period that is not over raises nothing. */
  readonly pace?: PaceRule;
}

/** News that not everybody wants: silent unless asked for. */
const OFF_UNLESS_ASKED: ReadonlySet<AlertKind> = new Set(['worsened', 'improved', 'at_risk', 'note_missing']);

/** The kinds that are told where nothing is said. */
export const ON_BY_DEFAULT: readonly AlertKind[] = ALERT_KIND_NAMES.filter((kind) => !OFF_UNLESS_ASKED.has(kind));

/** The kinds that a measure can turn on or off. */
export const MEASURE_KINDS = [
  'missing',
  'off_track',
  'worsened',
  'restated',
  'target_missing',
  'at_risk',
  'note_missing',
  'late',
  'improved',
] as const satisfies readonly AlertKind[];

/** The kinds that an extract can turn on or off. */
export const EXTRACT_KINDS = ['capture_missed', 'rejects'] as const satisfies readonly AlertKind[];

/** What holds for a measure or an extract: of each setting the first that is said. */
export function settingsInForce(...nearestFirst: readonly (AlertSettings | undefined)[]): SettingsInForce {
  const said = nearestFirst.filter((each) => each !== undefined);
  const first = <K extends keyof AlertSettings>(name: K): AlertSettings[K] | undefined =>
    said.find((each) => each[name] !== undefined)?.[name];
  const pace = first('pace') ?? false;
  return {
    isOn: (kind) => said.find(({ kinds }) => kinds?.[kind] !== undefined)?.kinds?.[kind] ?? !OFF_UNLESS_ASKED.has(kind),
    atRiskAfter: first('atRiskAfter') ?? 3,
    noteAfterDays: first('noteAfterDays') ?? 5,
    rejectsOver: first('rejectsOver') ?? { rows: 0 },
    ...(pace === false ? {} : { pace }),
  };
}
