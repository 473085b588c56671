import { combinationOf } from '#src/domain/window/combine.js';
import { digestOf } from '../digest.js';
import type { Specs } from '../spec/read-specs.js';
import type { KnownMeasure } from './derivation.js';
import { writtenKind } from './values-over-time.js';

/** What derived measures have to know of those they are made of, by address; `undefined` when a file could not be read. */
export type KnownMeasures = ReadonlyMap<string, KnownMeasure & { readonly seriesDigest: string }> | undefined;

/** All well-formed measures of a folder. */
export function knownMeasures({ scorecards }: Specs): KnownMeasures {
  return new Map(
    scorecards.flatMap(({ head, measures }) =>
      measures.entries.map(({ id, spec }) => {
        const { unit, frequency, targets, series } = spec;
        const names = new Set(['target', ...Object.keys(series ?? {})]);
        const kind = writtenKind(spec.from);
        const known = {
          unit,
          frequency,
          series: names,
          seriesDigest: digestOf([targets, series ?? {}]),
          ...(combinationOf(kind) === 'none' && !['window', 'children'].includes(kind) ? { uncombined: kind } : {}),
        };
        return [`${head?.id ?? ''}/${id}`, known] as const;
      }),
    ),
  );
}
