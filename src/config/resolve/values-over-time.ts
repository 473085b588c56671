import { namesIn } from '#src/domain/formula/formula-text.js';
import { parseFormula } from '#src/domain/formula/parse-formula.js';
import { addsUpOverTime } from '#src/domain/series/series-over.js';
import { isFinerThan } from '#src/domain/window/window-of.js';
import type {
  ChildrenFromSpec,
  FormulaFromSpec,
  InputSpec,
  OverSpec,
  WindowFromSpec,
} from '../spec/derivation-spec.js';
import type { MeasureSpec } from '../spec/measure-spec.js';
import type { Specs } from '../spec/read-specs.js';

/** What the values of a measure are, seen over several of its periods. */
export interface ValuesOverTime {
  /**
   * Aggregation that they go by: of a lift or a sum of children that of the measure it is made of, unless it says
   * another itself; `formula` of a formula, `window` where the values overlap.
   */
  readonly kind: string;
  /** Each value takes several periods of the measure together, so values of neighbours overlap. */
  readonly windowed: boolean;
}

const AGGREGATIONS = [
  'sum',
  'avg',
  'weighted_avg',
  'first',
  'last',
  'min',
  'max',
  'median',
  'percentile',
  'count_distinct',
  'ratio',
  'cumulative',
] as const;

const UNKNOWN: ValuesOverTime = { kind: 'formula', windowed: false };

/** What the values of the measure at an address are over time, as far as the specs tell. */
export function valuesOverTime(address: string, specs: Specs): ValuesOverTime {
  return valuesOf(address, specs, []);
}

/** The aggregation that a measure is written with, or what it is derived by: `formula`, `window` or `children`. */
export function writtenKind(from: MeasureSpec['from']): string {
  if ('extract' in from) return AGGREGATIONS.find((kind) => from[kind] !== undefined) ?? 'count';
  if ('formula' in from) return 'formula';
  return 'children' in from ? 'children' : 'window';
}

function valuesOf(address: string, specs: Specs, trail: readonly string[]): ValuesOverTime {
  const spec = specOf(address, specs);
  // Measures made of each other in a circle are told elsewhere.
  if (spec === undefined || trail.includes(address)) return UNKNOWN;
  const { from, frequency } = spec;
  const scorecard = address.slice(0, address.indexOf('/'));
  const at = (measure: string): ValuesOverTime =>
    valuesOf(measure.includes('/') ? measure : `${scorecard}/${measure}`, specs, [...trail, address]);
  if ('extract' in from) return { kind: writtenKind(from), windowed: false };
  if ('formula' in from) return ofFormula(from, frequency, at);
  if ('children' in from) return ofChildren(from, scorecard, specs, [...trail, address]);
  return ofWindow(from, frequency, at);
}

function ofWindow(
  { measure, over, combine, series }: WindowFromSpec,
  frequency: MeasureSpec['frequency'],
  at: (measure: string) => ValuesOverTime,
): ValuesOverTime {
  const below = at(measure);
  if (overlaps(over, frequency) || (series === undefined && below.windowed)) return { kind: 'window', windowed: true };
  return { kind: combine ?? below.kind, windowed: false };
}

/** A sum of sums adds up; a mean or a greatest value of them does not. */
function ofChildren(
  { children, combine }: ChildrenFromSpec,
  scorecard: string,
  specs: Specs,
  trail: readonly string[],
): ValuesOverTime {
  const found = nearestBelow(scorecard, children, specs).map((address) => valuesOf(address, specs, trail));
  if (found.some(({ windowed }) => windowed)) return { kind: 'window', windowed: true };
  const kinds = new Set(found.map(({ kind }) => kind));
  if (combine !== 'sum') return { kind: combine, windowed: false };
  // Of several kinds the one that does not add up decides; of none nothing is known.
  const kind = [...kinds].find((each) => !addsUpOverTime(each)) ?? [...kinds][0];
  return { kind: kind ?? 'children', windowed: false };
}

function ofFormula(
  { formula, inputs = {} }: FormulaFromSpec,
  frequency: MeasureSpec['frequency'],
  at: (measure: string) => ValuesOverTime,
): ValuesOverTime {
  const reading = parseFormula(formula);
  const names = reading.ok ? namesIn(reading.formula).filter((name) => !Object.hasOwn(inputs, name)) : [];
  const overlapping = (input: InputSpec): boolean =>
    overlaps(input.over, frequency) ||
    (input.measure !== undefined && input.series === undefined && at(input.measure).windowed);
  const windowed =
    Object.values(inputs).some(overlapping) || names.some((name) => at(name.replaceAll('_', '-')).windowed);
  return { kind: 'formula', windowed };
}

/** A quarter to date of quarters is the quarter alone. */
function overlaps(over: OverSpec | undefined, frequency: MeasureSpec['frequency']): boolean {
  if (over === undefined) return false;
  return typeof over !== 'string' || isFinerThan(frequency, over);
}

function nearestBelow(scorecard: string, id: string, specs: Specs, passed: readonly string[] = []): string[] {
  // Parents in a circle are told elsewhere.
  if (passed.includes(scorecard)) return [];
  return specs.scorecards.flatMap(({ head }) => {
    if (head?.spec.parent !== scorecard) return [];
    const address = `${head.id}/${id}`;
    return specOf(address, specs) === undefined ? nearestBelow(head.id, id, specs, [...passed, scorecard]) : [address];
  });
}

function specOf(address: string, { scorecards }: Specs): MeasureSpec | undefined {
  const slash = address.indexOf('/');
  const owner = scorecards.find(({ head }) => head?.id === address.slice(0, slash));
  return owner?.measures.entries.find(({ id }) => id === address.slice(slash + 1))?.spec;
}
