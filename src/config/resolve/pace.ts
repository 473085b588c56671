import type { AlertSettings } from '#src/domain/alert/settings.js';
import type { Measure, OffTrackAfter } from '#src/domain/measure/types.js';
import { paceWay } from '#src/domain/pace/pace-way.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import type { Extract } from '../types.js';

type Asking = Pick<Measure, 'id' | 'direction' | 'frequency'> &
  Parameters<typeof paceWay>[0] & {
    readonly offTrackAfter: OffTrackAfter;
    readonly alertSettings?: AlertSettings;
  };

/** Tells of a measure that itself asks for its pace, and of which that says nothing, or raises nothing. */
export function checkPace(measure: Asking, extract: Extract | undefined, place: Place, problems: ProblemList): void {
  const { id, alertSettings, offTrackAfter } = measure;
  const { pace = false, kinds } = alertSettings ?? {};
  if (pace === false) return;
  const at = below(place, 'alerts', 'pace');
  const asks = `measure "${id}" asks that a period be judged at its pace`;
  if (offTrackAfter === 0 || kinds?.off_track === false) {
    const why = offTrackAfter === 0 ? 'off_track_after is 0' : 'off_track is off';
    const remedy = 'leave pace out, or let off-track periods raise an alert';
    problems.error('CONFIG_PACE', at, `${asks}, but ${why}: it would raise nothing`, remedy);
    return;
  }
  const reading = paceWay(measure, extract ?? {});
  if ('way' in reading) return;
  problems.error('CONFIG_PACE', at, `${asks}, but ${reading.reason}`, reading.remedy);
}
