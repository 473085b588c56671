import type { ResolvedConfig } from '#src/config/types.js';
import { alertSubject } from '#src/domain/alert/alert-key.js';
import type { AlertKind, AlertSubject } from '#src/domain/alert/types.js';
import type { Measure } from '#src/domain/measure/types.js';
import type { CalendarDate } from '#src/domain/period/types.js';
import type { NoScoreState, Status } from '#src/domain/score/types.js';
import type { StoreReader } from '#src/store/types.js';
import { readByStart } from '../../score/stored-series.js';
import { settingsOf } from '../settings-of.js';

/** States that an alert may be about. */
const WANTING = ['late', 'missing', 'no_target'] as const;

/** What else measures are looked at for, by address; and which of them at all where only time has passed. */
interface LookedFor {
  readonly flips: ReadonlyMap<string, unknown>;
  readonly atPace: ReadonlyMap<string, unknown>;
  readonly moved: ReadonlySet<AlertSubject> | undefined;
}

/**
 * What has no period that is overdue or without a target, none off track or at risk that would be told of, none that was
 * turned, and none that would end off track, meets no condition: most measures, on most days.
 */
export async function suspectsAmong(
  reader: StoreReader,
  { site }: ResolvedConfig,
  measures: readonly Measure[],
  horizon: (measure: Measure) => CalendarDate,
  { flips, atPace, moved }: LookedFor,
): Promise<readonly Measure[]> {
  const from = (some: readonly Measure[]) => some.map((measure) => [measure.address, horizon(measure)] as const);
  // A note that is not there is missed when its time has come.
  const among = measures.filter(
    (measure) =>
      moved === undefined ||
      moved.has(alertSubject('measure', measure.address)) ||
      settingsOf(measure, site).isOn('note_missing'),
  );
  const toldOf = (...kinds: readonly AlertKind[]) =>
    among.filter((measure) => kinds.some((kind) => settingsOf(measure, site).isOn(kind)));
  const toldOffTrack = new Set([
    ...toldOf('off_track').filter(({ offTrackAfter }) => offTrackAfter !== 0),
    ...toldOf('worsened', 'improved', 'note_missing'),
  ]);
  const withStatus = (some: readonly Measure[], statuses: readonly (Status | NoScoreState)[]) =>
    readByStart(from(some), (nodes, start) => reader.nodesWithStatus(nodes, statuses, start));
  const suspects = new Set([
    ...(await withStatus(measures, WANTING)),
    ...(await withStatus([...toldOffTrack], ['off_track'])),
    ...(await withStatus(toldOf('worsened', 'improved', 'at_risk'), ['at_risk'])),
  ]);
  return measures.filter(({ address }) => suspects.has(address) || flips.has(address) || atPace.has(address));
}
