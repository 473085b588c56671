import type { Period } from '../period/types.js';
import type { Target, TargetVersion } from './types.js';

/**
 * The target a period is held to: of the versions that begin on or before the period's first day the newest.
 *
 * A version that begins inside a period holds from the next one on, so no period is judged by two targets.
 * `undefined` before the first version, and for a period that starts when the newest one has expired: an older one
 * does not come back. Of two versions of one day the later in the list counts.
 */
export function targetInForce(versions: readonly TargetVersion[], period: Pick<Period, 'start'>): Target | undefined {
  const version = newestVersion(versions, period);
  return version === undefined || hasExpired(version, period) ? undefined : version.target;
}

/** The version that {@link targetInForce} takes, expired or not; `undefined` before the first. */
export function newestVersion(
  versions: readonly TargetVersion[],
  period: Pick<Period, 'start'>,
): TargetVersion | undefined {
  let found: TargetVersion | undefined;
  for (const version of versions) {
    if (version.from <= period.start && (found === undefined || version.from >= found.from)) found = version;
  }
  return found;
}

/** Whether a version holds no more when a period starts. */
export function hasExpired({ until }: TargetVersion, period: Pick<Period, 'start'>): boolean {
  return until !== undefined && until <= period.start;
}

/** A target as text: `85`, `72..82`; with a unit `85 days`, and `85 %` for percent. */
export function targetText(target: Target, unit?: string): string {
  const text = target.kind === 'value' ? target.value : `${target.low}..${target.high}`;
  return unit === undefined ? text : withUnit(text, unit);
}

/** A number's text with its unit behind it; the unit `percent` is shown as `%`. */
export function withUnit(text: string, unit: string): string {
  if (unit === '') return text;
  return `${text} ${unit === 'percent' ? '%' : unit}`;
}
