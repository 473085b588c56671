import type { Target } from '../target/types.js';
import type { SeriesReading } from './context.js';

/** Readings of series in one period as scoring asks for them: the values, and what those without one lack. */
export function askedSeries(read: (name: string) => SeriesReading): {
  readonly series: (name: string) => Target | undefined;
  readonly lacking: (name: string) => string | undefined;
} {
  return {
    series(name) {
      const reading = read(name);
      return reading.ok ? reading.target : undefined;
    },
    lacking(name) {
      const reading = read(name);
      return reading.ok ? undefined : reading.lacking;
    },
  };
}
