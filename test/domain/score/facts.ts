import type { PeriodFacts } from '#src/domain/score/types.js';
import type { Target } from '#src/domain/target/types.js';
import { decimal } from '#src/domain/value/decimal.js';

/** What a value of 2026-03 is judged by; a series of one number may be written as that number. */
export function factsOf(
  value: string,
  series: Readonly<Record<string, string | Target>> = {},
  more: Partial<PeriodFacts> = {},
): PeriodFacts {
  return {
    value: decimal(value),
    direction: 'higher-is-better',
    period: { start: '2026-03-01', end: '2026-04-01' },
    series: (name) => {
      const found = Object.hasOwn(series, name) ? series[name] : undefined;
      return typeof found === 'string' ? { kind: 'value', value: found } : found;
    },
    ...more,
  };
}
