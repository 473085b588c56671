import type { Extract } from '../types.js';

/** What an extract says of `:since` in its source, whichever text of it is the query. */
export function sinceOfSource(source: unknown): Pick<Extract, 'since'> {
  if (!namesParameter(source, 'since')) return {};
  return { since: { wholePeriods: returnsWholePeriods(source), endsWithPeriod: namesParameter(source, 'period_end') } };
}

function namesParameter(source: unknown, name: string): boolean {
  if (typeof source === 'string') return new RegExp(`(?<![\\w:]):${name}\\b`, 'i').test(source);
  return (
    typeof source === 'object' && source !== null && Object.values(source).some((part) => namesParameter(part, name))
  );
}

function returnsWholePeriods(source: unknown): boolean {
  if (typeof source !== 'object' || source === null || !('watermark' in source)) return false;
  const { watermark } = source;
  return (
    typeof watermark === 'object' &&
    watermark !== null &&
    'returns' in watermark &&
    watermark.returns === 'whole_periods'
  );
}
