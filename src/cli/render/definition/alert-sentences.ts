import type { Extract, ResolvedConfig } from '#src/config/types.js';
import { MEASURE_KINDS, ON_BY_DEFAULT, settingsInForce } from '#src/domain/alert/settings.js';
import type { AlertKind } from '#src/domain/alert/types.js';
import { isCollected, type Measure, type OffTrackAfter } from '#src/domain/measure/types.js';
import { paceWay } from '#src/domain/pace/pace-way.js';
import type { PaceRule } from '#src/domain/pace/types.js';
import { counted } from '../time-words.js';

/** When a measure raises an alert: after how many off-track periods, and what else is on or off that usually is not. */
export function alertSentences(measure: Measure, { site, extracts }: ResolvedConfig): readonly string[] {
  const { isOn, atRiskAfter, noteAfterDays, pace } = settingsInForce(measure.alertSettings, site.alertSettings);
  const also: Readonly<Partial<Record<AlertKind, string>>> = {
    worsened: 'Its owner is told when a period is worse than the one before.',
    improved: 'Its owner is told when a period is better than the one before.',
    at_risk: `Its owner is told after ${counted(atRiskAfter, 'period')} in a row at risk.`,
    note_missing: `A note on an off-track period is asked for ${counted(noteAfterDays, 'day')} after it was due.`,
  };
  const off = MEASURE_KINDS.filter((kind) => kind !== 'off_track' && ON_BY_DEFAULT.includes(kind) && !isOn(kind));
  return [
    offTrackSentence(isOn('off_track') ? measure.offTrackAfter : 0),
    ...(pace === undefined || !isOn('off_track') ? [] : paceSentences(measure, extracts, pace)),
    ...MEASURE_KINDS.filter(isOn).flatMap((kind) => also[kind] ?? []),
    ...(off.length === 0 ? [] : [`Nobody is told of it as: ${off.map((kind) => kind.replace('_', ' ')).join(', ')}.`]),
  ];
}

function offTrackSentence(after: OffTrackAfter): string {
  if (after === 0) return 'No number of off-track periods raises an alert.';
  if (typeof after === 'number') return `Its owner is told after ${counted(after, 'off-track period')} in a row.`;
  return `Its owner is told when ${after.periods} of its last ${counted(after.of, 'period')} with a score are off track.`;
}

function paceSentences(measure: Measure, extracts: readonly Extract[], pace: PaceRule): readonly string[] {
  const extract = isCollected(measure) ? extracts.find(({ id }) => id === measure.extract) : undefined;
  if (measure.offTrackAfter === 0 || 'reason' in paceWay(measure, extract ?? {})) return [];
  const days = pace.countedIn === 'days' ? 'days' : 'working days';
  return [
    `A period that is not over counts, too, as it would end at its present pace, when ${pace.fromPercent} % of its ${days} were read.`,
  ];
}
