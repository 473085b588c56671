import { checkUnits } from '#src/domain/formula/check-units.js';
import { neverAValue } from '#src/domain/formula/constant-value.js';
import { namesIn } from '#src/domain/formula/formula-text.js';
import type { MissingPolicy } from '#src/domain/formula/missing-policy.js';
import { parseFormula } from '#src/domain/formula/parse-formula.js';
import type { Derivation, FormulaInput } from '#src/domain/measure/derivation.js';
import type { Frequency, PeriodCalendar } from '#src/domain/period/types.js';
import { isAsFine } from '#src/domain/window/grain-periods.js';
import type { WindowRule } from '#src/domain/window/types.js';
import { isFinerThan } from '#src/domain/window/window-of.js';
import { below, type Place, type ProblemList } from '../problem-list.js';
import { remedyForName } from '../spec/closest-name.js';
import type { FormulaFromSpec, InputSpec, MissingSpec, OverSpec, WindowFromSpec } from '../spec/derivation-spec.js';
import { nameOf } from '../spec/report-issues.js';
import { checkRestated } from './restated.js';

/** What must be known of a measure that others are made of. */
export interface KnownMeasure {
  readonly unit: string;
  readonly frequency: Frequency;
  /** Names of its series; `undefined` when nothing can be said about them. */
  readonly series: ReadonlySet<string> | undefined;
  /** Aggregation, or kind of derivation, of which nothing says how several of its periods become one; else absent. */
  readonly uncombined?: string;
}

/** What a derivation is resolved with. */
export interface DerivationContext {
  /** The measure that gets its value so; also what `series` without a measure means. */
  readonly own: KnownMeasure & {
    readonly address: string;
    readonly scorecard: string;
    readonly calendar?: PeriodCalendar;
  };
  /** Every measure by address, the measure itself too; `undefined` when a file could not be read. */
  readonly measures: ReadonlyMap<string, KnownMeasure | undefined> | undefined;
  readonly problems: ProblemList;
}

/**
 * How a measure gets its value from others, with every measure looked up.
 *
 * A name of the formula is an input of that name, else the measure of the scorecard whose id it is with `-` for `_`.
 *
 * @param place of `from`
 * @returns `undefined` when the formula cannot be read or a measure is unknown, which then has been told
 */
export function resolveDerivation(
  from: FormulaFromSpec | WindowFromSpec,
  place: Place,
  context: DerivationContext,
): Derivation | undefined {
  return 'formula' in from ? resolveFormula(from, place, context) : resolveWindow(from, place, context);
}

/**
 * Addresses of the measures whose values a derivation reads, each once; of children nothing, who they are is not
 * known here.
 */
export function measuresReadBy(derivation: Derivation): readonly string[] {
  if (derivation.kind === 'children') return [];
  const inputs = derivation.kind === 'formula' ? Object.values(derivation.inputs) : [derivation.input];
  // A series is written down or read from an extract: it depends on no value.
  return [...new Set(inputs.flatMap(({ measure, series }) => (series === undefined ? (measure ?? []) : [])))];
}

function resolveWindow(from: WindowFromSpec, place: Place, context: DerivationContext): Derivation | undefined {
  const input = resolveInput(from, undefined, place, context);
  return input && { kind: 'window', input, ...(from.partial === undefined ? {} : { partial: from.partial }) };
}

function resolveFormula(from: FormulaFromSpec, place: Place, context: DerivationContext): Derivation | undefined {
  const { problems, own } = context;
  const at = below(place, 'formula');
  const reading = parseFormula(from.formula);
  if (!reading.ok) {
    for (const { position, piece, message, remedy } of reading.problems) {
      const where = piece === '' ? 'at its end' : `character ${position + 1}`;
      problems.error('CONFIG_BAD_FORMULA', at, `${nameOf(at)}: the formula, ${where}: ${message}`, remedy);
    }
  }
  const inputs: [string, FormulaInput | undefined][] = Object.entries(from.inputs ?? {}).map(([name, spec]) => [
    name,
    resolveInput(spec, from.missing, below(place, 'inputs', name), context),
  ]);
  if (!reading.ok) return undefined;
  const declared = new Set(inputs.map(([name]) => name));
  const names = namesIn(reading.formula);
  for (const name of declared) if (!names.includes(name)) reportUnused(name, place, problems);
  for (const name of names) {
    if (!declared.has(name)) inputs.push([name, resolveName(name, from, at, declared, context)]);
  }
  const known = inputs.flatMap(([name, input]) => (input === undefined ? [] : [[name, input] as const]));
  if (known.length < inputs.length) return undefined;
  const byName = Object.fromEntries(known);
  const unitWord = (name: string): string | undefined => unitOfInput(byName[name], context);
  for (const problem of checkUnits(reading.formula, unitWord, own.unit)) {
    const remedy = 'convert one of them in the formula, or correct the unit of the measure';
    problems.error('CONFIG_FORMULA_UNITS', at, `${nameOf(at)}: ${problem}`, remedy);
  }
  const never = neverAValue(reading.formula);
  if (never !== undefined) {
    const message = `${nameOf(at)}: the formula never has a value: ${never.message}`;
    problems.error('CONFIG_BAD_FORMULA', at, message, 'correct the part that is the same in every period');
  }
  const partial = from.partial === undefined ? {} : { partial: from.partial };
  return { kind: 'formula', formula: reading.formula, text: from.formula, inputs: byName, ...partial };
}

function unitOfInput(input: FormulaInput | undefined, { measures, own }: DerivationContext): string | undefined {
  if (input === undefined) return undefined;
  return input.measure === undefined ? own.unit : measures?.get(input.measure)?.unit;
}

/** A name that is no declared input: a measure of the scorecard. */
function resolveName(
  name: string,
  { missing }: FormulaFromSpec,
  place: Place,
  declared: ReadonlySet<string>,
  context: DerivationContext,
): FormulaInput | undefined {
  const { own, measures, problems } = context;
  const address = `${own.scorecard}/${name.replaceAll('_', '-')}`;
  if (measures === undefined || measures.has(address)) {
    return checked({ measure: address, missing: policyOf(missing) }, place, context);
  }
  const prefix = `${own.scorecard}/`;
  const ids = [...measures.keys()]
    .filter((known) => known.startsWith(prefix))
    .map((known) => known.slice(prefix.length));
  const candidates = [...declared, ...ids.filter((id) => !id.includes('/')).map((id) => id.replaceAll('-', '_'))];
  const message = `${nameOf(place)}: "${name}" is neither an input nor a measure of this scorecard`;
  // `renewal-rate` reads as a difference; the name of the measure begins alike.
  const dashed = ids.find((id) => id.startsWith(`${name}-`));
  const remedy =
    dashed === undefined
      ? remedyForName(name, candidates, 'declare it under inputs')
      : `for the measure "${dashed}" write ${dashed.replaceAll('-', '_')}: a dash subtracts`;
  problems.error('CONFIG_UNKNOWN_MEASURE', place, message, remedy);
  return undefined;
}

function resolveInput(
  spec: InputSpec | WindowFromSpec,
  missing: MissingSpec | undefined,
  place: Place,
  context: DerivationContext,
): FormulaInput | undefined {
  const { measures, own, problems } = context;
  const { measure, series, over, combine } = spec;
  const address = measure === undefined || measure.includes('/') ? measure : `${own.scorecard}/${measure}`;
  if (measure !== undefined && address !== undefined && measures !== undefined && !measures.has(address)) {
    const at = below(place, 'measure');
    const known = measure.includes('/')
      ? measures.keys()
      : [...measures.keys()].flatMap((each) =>
          each.startsWith(`${own.scorecard}/`) ? each.slice(own.scorecard.length + 1) : [],
        );
    const message = `${nameOf(at)}: there is no measure "${measure}"`;
    problems.error('CONFIG_UNKNOWN_MEASURE', at, message, remedyForName(measure, known, 'define the measure first'));
    return undefined;
  }
  if ('at' in spec && spec.at === 'last_year_restated') checkRestated(own, below(place, 'at'), problems);
  return checked(
    {
      ...(address === undefined ? {} : { measure: address }),
      ...(series === undefined ? {} : { series }),
      ...('at' in spec && spec.at !== undefined ? { at: spec.at } : {}),
      ...(over === undefined ? {} : { over: ruleOf(over) }),
      ...(combine === undefined ? {} : { combine }),
      missing: policyOf(spec.missing ?? missing),
    },
    place,
    context,
  );
}

/** The input; what its measure cannot give is told. */
function checked(input: FormulaInput, place: Place, { own, measures, problems }: DerivationContext): FormulaInput {
  const known = input.measure === undefined ? own : measures?.get(input.measure);
  if (known === undefined) return input;
  const name = input.measure ?? own.address;
  if (input.series !== undefined && known.series !== undefined && !known.series.has(input.series)) {
    const message = `${nameOf(place)}: the measure "${name}" has no series "${input.series}"`;
    const remedy = remedyForName(input.series, known.series, 'give the measure such a series first');
    problems.error('CONFIG_UNKNOWN_SERIES', below(place, 'series'), message, remedy);
  }
  if (!isAsFine(known, own)) {
    const message = `${nameOf(place)}: "${name}" is ${known.frequency}, and its values cannot be split into ${own.frequency} ones`;
    const remedy = `report this measure ${known.frequency} or less often, or take a finer input`;
    problems.error('CONFIG_COARSER_INPUT', place, message, remedy);
  } else if (input.series === undefined && input.combine === undefined && known.uncombined !== undefined) {
    if (takesSeveral(input, known, own)) reportUncombined(name, known.uncombined, input, place, problems);
  }
  return input;
}

/** Whether a value is made of several periods of the input: over a window, or as it is reported more often. */
function takesSeveral({ over }: FormulaInput, known: KnownMeasure, own: KnownMeasure): boolean {
  if (known.frequency !== own.frequency || over?.kind === 'rolling') return true;
  return over !== undefined && isFinerThan(own.frequency, over.kind);
}

function reportUncombined(
  name: string,
  kind: string,
  { over }: FormulaInput,
  place: Place,
  problems: ProblemList,
): void {
  const message = `${nameOf(place)}: "${name}" is a ${kind.replace('_', ' ')}, and nothing says how several periods of it become one`;
  const inner = over === undefined ? 'measure: …' : `measure: …, over: ${overText(over)}`;
  const remedy =
    kind === 'formula'
      ? `take its inputs together and compute with them here: formula: 100 * a / b, inputs: { a: { ${inner} }, b: { ${inner} } }`
      : 'take the periods from the rows: a measure of the extract that is reported as seldom; or say combine: mean, min or max';
  problems.error('CONFIG_WINDOW_COMBINE', below(place, over === undefined ? 'measure' : 'over'), message, remedy);
}

function overText(over: WindowRule): string {
  return over.kind === 'rolling' ? `{ rolling: ${over.periods} }` : over.kind;
}

function reportUnused(name: string, place: Place, problems: ProblemList): void {
  const at: Place = { ...below(place, 'inputs', name), at: 'key' };
  const message = `${nameOf(place)}: the formula does not use the input "${name}"`;
  problems.error('CONFIG_UNUSED_INPUT', at, message, 'use it, or remove it');
}

function policyOf(spec: MissingSpec | undefined): MissingPolicy {
  if (spec === undefined) return 'absent';
  return typeof spec === 'string' ? spec : { carryForward: spec.carry_forward };
}

function ruleOf(spec: OverSpec): WindowRule {
  return typeof spec === 'string' ? { kind: spec } : { kind: 'rolling', periods: spec.rolling };
}
