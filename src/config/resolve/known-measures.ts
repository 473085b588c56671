import { combinationOf } from '#src/domain/window/combine.js';
import { digestOf } from '../digest.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Specs } from '../spec/read-specs.js';
import type { KnownMeasure } from './derivation.js';
import { writtenKind } from './values-over-time.js';

/**
 * What derived measures have to know of those they are made of, by address, malformed ones without anything; `undefined` when a
 * file could not be read.
 */
export type KnownMeasures =
  | ReadonlyMap<string, (KnownMeasure & { readonly seriesDigest: string }) | undefined>
  | undefined;

/** All measures of a folder: of a malformed one it is known that it is there, so that no name is called unknown for it. */
export function knownMeasures({ scorecards }: Specs): KnownMeasures {
  return new Map(
    scorecards.flatMap(({ head, measures }) => {
      const address = (id: string): string => `${head?.id ?? ''}/${id}`;
      const named = [...(measures.ids ?? [])].map((id) => [address(id), undefined] as const);
      return [...named, ...measures.entries.map(({ id, spec }) => [address(id), known(spec)] as const)];
    }),
  );
}

function known({ unit, frequency, targets, series, from }: MeasureSpec) {
  const kind = writtenKind(from);
  return {
    unit,
    frequency,
    series: new Set(['target', ...Object.keys(series ?? {})]),
    seriesDigest: digestOf([targets, series ?? {}]),
    ...(combinationOf(kind) === 'none' && !['window', 'children'].includes(kind) ? { uncombined: kind } : {}),
  };
}
