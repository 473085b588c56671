import type { ResolvedConfig } from '#src/config/types.js';
import type { Derivation, FormulaInput } from '#src/domain/measure/derivation.js';
import type { DerivedMeasure } from '#src/domain/measure/types.js';
import { nests } from '#src/domain/period/nesting.js';
import type { Frequency } from '#src/domain/period/types.js';
import type { Combination, WindowRule } from '#src/domain/window/types.js';
import { isFinerThan, SPAN } from '#src/domain/window/window-of.js';
import { counted } from './time-words.js';

/** How a derived measure gets its value: the formula and its inputs, the window, or the units and scorecards below. */
export function derivationSentences(measure: DerivedMeasure, config: ResolvedConfig): readonly string[] {
  const { derivation, unit } = measure;
  const inUnit = unit === '' ? '' : `, in ${unit}`;
  const named = namesOf(config);
  return [
    ...valueSentences(derivation, inUnit, named),
    ...crossingSentences(measure, config, named),
    ...partialSentence(derivation),
  ];
}

/** A measure by its name and address. */
type Named = (address: string | undefined) => string;

function namesOf({ measures, templates }: ResolvedConfig): Named {
  const names = new Map([...(templates?.measures ?? []), ...measures].map(({ address, name }) => [address, name]));
  return (address) => {
    if (address === undefined) return 'this measure';
    const name = names.get(address);
    return name === undefined ? address : `"${name}" (${address})`;
  };
}

function valueSentences(derivation: Derivation, inUnit: string, named: Named): readonly string[] {
  switch (derivation.kind) {
    case 'formula':
      return [
        `The value is ${derivation.text}${inUnit}.`,
        ...Object.entries(derivation.inputs).map(([name, input]) => `In it, ${name} is ${inputWords(input, named)}.`),
      ];
    case 'window':
      return [`The value is ${inputWords(derivation.input, named)}${inUnit}.`];
    case 'children':
      return [
        `The value is made of the measure "${derivation.measure}" in each unit or scorecard below: ${COMBINED[derivation.combine]}${inUnit}.`,
      ];
  }
}

/** That weeks do not nest in months, where some are put together to them: the value is not of the very days then. */
function crossingSentences(measure: DerivedMeasure, { measures }: ResolvedConfig, named: Named): readonly string[] {
  const { derivation, frequency } = measure;
  if (derivation.kind === 'children') return [];
  const inputs = derivation.kind === 'formula' ? Object.values(derivation.inputs) : [derivation.input];
  const sentences = inputs.flatMap(({ measure: address, over }) => {
    const input = measures.find((each) => each.address === address);
    if (input !== undefined && !nests(input, measure)) return [crossing(named(address), input.frequency, frequency)];
    if (over === undefined || over.kind === 'rolling' || !isFinerThan(frequency, over.kind)) return [];
    const span = { ...measure, frequency: SPAN[over.kind] };
    return nests(measure, span) ? [] : [crossing(named(address), frequency, span.frequency)];
  });
  return [...new Set(sentences)];
}

function crossing(name: string, fine: Frequency, coarse: Frequency): string {
  return (
    `The ${fine} periods of ${name} cross the edges of ${coarse} ones: each counts in the one that holds its middle day. ` +
    'A value of the very days is made of a daily measure.'
  );
}

const AT: Readonly<Record<NonNullable<FormulaInput['at']>, string>> = {
  previous: 'a period before',
  last_year: 'the same period a year earlier',
  last_year_restated: 'the same week of the season a year earlier',
};

function inputWords({ measure, series, at, over, combine, missing }: FormulaInput, named: Named): string {
  const what = series === undefined ? named(measure) : `the ${series} of ${named(measure)}`;
  const window = over === undefined ? '' : `, ${windowWords(over)}`;
  const how = combine === undefined ? '' : `, its periods ${COMBINED[combine]}`;
  const when = at === undefined ? '' : `, ${AT[at]}`;
  return `${what}${window}${how}${when}${missingWords(missing)}`;
}

function windowWords(rule: WindowRule): string {
  if (rule.kind === 'rolling') return `the last ${counted(rule.periods, 'period')} together`;
  return rule.kind.replaceAll('_', ' ').replace('half to date', 'half-year to date');
}

function missingWords(missing: FormulaInput['missing']): string {
  if (missing === 'absent') return '';
  if (missing === 'zero') return '; where it has no value, 0 stands in';
  return `; where it has no value, the latest of ${counted(missing.carryForward, 'period')} before stands in`;
}

const COMBINED: Readonly<Record<Combination, string>> = {
  sum: 'added up',
  ratio: 'their numerators added up, divided by their denominators added up',
  mean: 'their mean',
  min: 'the least of them',
  max: 'the greatest of them',
  first: 'the first of them',
  last: 'the last of them',
  none: 'not put together',
};

function partialSentence({ kind, partial }: Derivation): readonly string[] {
  if (partial === 'hide') return ['Where a period or unit that belongs to it has no value, it has none.'];
  return kind === 'formula'
    ? []
    : [
        'Where a period or unit that belongs to it has no value, it is made of the others, marked as partial and not judged.',
      ];
}
