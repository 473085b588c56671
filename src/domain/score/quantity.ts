import { plainNumber } from '../measure/plain-number.js';
import { labelAt } from '../measure/value-text.js';
import { canonical, type Decimal, decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { PeriodFacts, Quantity, Unreadable } from './types.js';

/** Outcome of {@link readQuantity}. */
export type QuantityReading =
  | { readonly ok: true; readonly quantity: Quantity }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

/** A series by its name, as a quantity. */
export function seriesQuantity(series: string): Quantity {
  return { terms: [{ series, times: '1' }], plus: '0' };
}

/** How the name of a series looks. */
export const SERIES_NAME = /^[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*$/;

const TEXT_IN_QUOTES = /^(?:'(?<single>[^']*)'|"(?<double>[^"]*)")$/;
const SHAPES = "write a number, a series, or a sum of them: 85, threshold, threshold + 5, 1.1 * target, 'AA-'";

/**
 * Reads a quantity: `85`, `threshold`, `threshold - 5`, `2 * threshold - target`, or a label of the measure in quotes.
 *
 * Plus and minus stand between spaces, since names may hold a dash. A label is the number of its place, from 1.
 */
export function readQuantity(text: string, labels: readonly string[] = []): QuantityReading {
  const trimmed = text.trim();
  const number = plainNumber(trimmed);
  if (number !== undefined) return { ok: true, quantity: number };
  const quoted = TEXT_IN_QUOTES.exec(trimmed)?.groups;
  if (quoted !== undefined || labels.includes(trimmed)) {
    return labelQuantity(quoted?.['single'] ?? quoted?.['double'] ?? trimmed, labels);
  }
  let sum: Quantity = '0';
  for (const [index, part] of trimmed.split(/\s+(?=[+-]\s)/).entries()) {
    const term = termOf(index === 0 ? part : part.slice(1).trim());
    if (term === undefined) return { ok: false, message: `cannot read "${text}" as a quantity`, remedy: SHAPES };
    sum = addQuantities(sum, term, index > 0 && part.startsWith('-') ? '-1' : '1');
  }
  return { ok: true, quantity: sum };
}

function labelQuantity(label: string, labels: readonly string[]): QuantityReading {
  const place = labels.indexOf(label) + 1;
  if (place > 0) return { ok: true, quantity: String(place) };
  const known = labels.map((each) => `'${each}'`).join(', ');
  return labels.length === 0
    ? {
        ok: false,
        message: `"${label}" is a label, but the measure has no labels`,
        remedy: 'add labels: [worst, …, best]',
      }
    : { ok: false, message: `"${label}" is no label of the measure`, remedy: `use one of ${known}` };
}

/** `5`, `target`, `1.1 * target` or `target * 1.1`. */
function termOf(text: string): Quantity | undefined {
  const number = plainNumber(text);
  if (number !== undefined) return number;
  const [left = '', right, ...more] = text.split('*').map((part) => part.trim());
  if (more.length > 0) return undefined;
  if (right === undefined) return SERIES_NAME.test(left) ? seriesQuantity(left) : undefined;
  const [factor, series] = SERIES_NAME.test(left) ? [plainNumber(right), left] : [plainNumber(left), right];
  if (factor === undefined || !SERIES_NAME.test(series)) return undefined;
  return scaled(seriesQuantity(series), factor);
}

/** `left + factor × right`. */
export function addQuantities(left: Quantity, right: Quantity, factor: DecimalText = '1'): Quantity {
  const more = scaled(right, factor);
  const times = new Map<string, Decimal>();
  for (const { series, times: factorOf } of [...termsOf(left), ...termsOf(more)]) {
    times.set(series, (times.get(series) ?? decimal('0')).plus(factorOf));
  }
  const terms = [...times]
    .filter(([, sum]) => !sum.isZero())
    .map(([series, sum]) => ({ series, times: canonical(sum) }));
  const plus = canonical(decimal(plusOf(left)).plus(plusOf(more)));
  return terms.length === 0 ? plus : { terms, plus };
}

/** `factor × quantity`. */
export function scaled(quantity: Quantity, factor: DecimalText): Quantity {
  const product = (number: DecimalText): DecimalText => canonical(decimal(number).times(factor));
  if (typeof quantity === 'string') return product(quantity);
  if (factor === '0') return '0';
  const terms = quantity.terms.map(({ series, times }) => ({ series, times: product(times) }));
  return { terms, plus: product(quantity.plus) };
}

/**
 * `left − right` as a number where it is the same in every period: of two numbers, or of sums of the same series.
 * Otherwise `undefined`.
 */
export function fixedDifference(left: Quantity, right: Quantity): Decimal | undefined {
  const difference = addQuantities(left, right, '-1');
  return typeof difference === 'string' ? decimal(difference) : undefined;
}

/** What to call the place of a label; `undefined` for a number that is the place of none. */
export type LabelText = (place: DecimalText) => string | undefined;

/** Labels as {@link readQuantity} reads them; those that no quotes fit around, or that say "and", stay numbers. */
export function quotedLabels(labels: readonly string[] = []): LabelText {
  return (place) => {
    const label = labelAt(place, labels);
    if (label === undefined || /\sand\s/.test(label)) return undefined;
    return ["'", '"'].filter((quote) => !label.includes(quote)).map((quote) => `${quote}${label}${quote}`)[0];
  };
}

/** A quantity as {@link readQuantity} reads it, the place of a label as its text. */
export function quantityText(quantity: Quantity, labelText?: LabelText): string {
  if (typeof quantity === 'string') return labelText?.(quantity) ?? quantity;
  const terms = quantity.terms.map(({ series, times }) => [times, series] as const);
  const parts = quantity.plus === '0' ? terms : [...terms, [quantity.plus, undefined] as const];
  return parts
    .map(([number, series], index) => {
      const negative = index > 0 && number.startsWith('-');
      const sign = index === 0 ? '' : negative ? ' - ' : ' + ';
      const size = negative ? number.slice(1) : number;
      return `${sign}${series === undefined ? size : size === '1' ? series : `${size} * ${series}`}`;
    })
    .join('');
}

/** A quantity and the number it is in a period: `the threshold (25)`; only the number where it is one. */
export function quantityWords(quantity: Quantity, value: Decimal): string {
  return typeof quantity === 'string' ? canonical(value) : `the ${quantityText(quantity)} (${canonical(value)})`;
}

/** The series a quantity is made of. */
export function seriesOf(quantity: Quantity): readonly string[] {
  return termsOf(quantity).map(({ series }) => series);
}

/** A quantity as the number it is in a period, or why it is none. */
export function quantityIn(
  quantity: Quantity,
  facts: Pick<PeriodFacts, 'series' | 'lacking' | 'period'>,
): { readonly ok: true; readonly value: Decimal } | Unreadable {
  let sum = decimal(plusOf(quantity));
  for (const { series, times } of termsOf(quantity)) {
    const found = facts.series(series);
    if (found === undefined) return withoutSeries(series, facts);
    if (found.kind === 'range') {
      const reason = `the ${series} is the range ${found.low} to ${found.high}, where one number is needed`;
      return { ok: false, status: 'insufficient_data', reason };
    }
    sum = sum.plus(decimal(found.value).times(times));
  }
  return { ok: true, value: sum };
}

/** What to say where a series has no value in a period. */
export function withoutSeries(
  series: string,
  { lacking, period }: Pick<PeriodFacts, 'lacking' | 'period'>,
): Unreadable {
  return { ok: false, status: 'no_target', reason: lacking?.(series) ?? `no ${series} is in force on ${period.start}` };
}

function termsOf(quantity: Quantity): Exclude<Quantity, string>['terms'] {
  return typeof quantity === 'string' ? [] : quantity.terms;
}

function plusOf(quantity: Quantity): DecimalText {
  return typeof quantity === 'string' ? quantity : quantity.plus;
}
