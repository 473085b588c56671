import { canonical, decimal } from '../../value/decimal.js';
import { type LabelText, quantityText } from '../quantity.js';
import type { Band, Basis, Quantity } from '../types.js';

/** A band in the words that `parseBand` reads, whichever way it was written; limits that are places of labels by their text. */
export function bandText({ basis, operator, limit = '0', also }: Band, labelText?: LabelText): string {
  if (operator === 'else') return 'else';
  if (also === undefined && operator === '<=') {
    const within = withinText(basis, quantityText(limit));
    if (within !== undefined) return within;
  }
  const subject = subjectText(basis);
  const left = subject === 'value' ? '' : `${subject} `;
  const first = limitText(basis, limit, labelText);
  if (also === undefined) return `${left}${operator} ${first}`;
  const second = limitText(basis, also.limit, labelText);
  return operator === '>=' && also.operator === '<='
    ? `${left}between ${first} and ${second}`
    : `${left}${operator} ${first} and ${also.operator} ${second}`;
}

function withinText(basis: Basis, limit: string): string | undefined {
  if (basis === 'distance_from_target') return `within ${limit} of target`;
  if (typeof basis === 'string') return undefined;
  if (basis.kind === 'distance_from') return `within ${limit} of ${basis.series}`;
  return basis.kind === 'distance_percent_of' ? `within ${limit}% of ${basis.series}` : undefined;
}

/** The left side of a comparison; `value` is left unsaid, and stands for a percentage too, which the limit tells. */
export function subjectText(basis: Basis): string {
  if (basis === 'percent_of_target') return 'value';
  if (basis === 'distance_from_target') return 'distance from target';
  if (typeof basis === 'string') return basis;
  switch (basis.kind) {
    case 'percent_of':
      return 'value';
    case 'progress':
    case 'expected_progress':
      return 'progress';
    case 'distance_from':
      return `distance from ${basis.series}`;
    case 'variance_from':
      return `variance from ${basis.series}`;
    case 'distance_percent_of':
    case 'variance_percent_of':
      return `${basis.kind.replaceAll('_', ' ')} ${basis.series}`;
  }
}

function limitText(basis: Basis, limit: Quantity, labelText: LabelText | undefined): string {
  if (basis === 'value') return quantityText(limit, labelText);
  const text = quantityText(limit);
  if (basis === 'percent_of_target') return `${text}% of target`;
  if (typeof basis === 'string') return text;
  if (basis.kind === 'percent_of') return `${text}% of ${basis.series}`;
  if (basis.kind !== 'progress' && basis.kind !== 'expected_progress') return text;
  const percent = canonical(decimal(text).times(100));
  return basis.kind === 'progress' ? `${percent}%` : `${percent}% of expected`;
}
