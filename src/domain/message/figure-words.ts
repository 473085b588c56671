import type { PeriodFigures } from './types.js';

/** `4.0 stars against a target of 4.5, off track` */
export function figureWords({ valueText, targetText, status }: PeriodFigures): string {
  const value = valueText ?? 'no value';
  const against = valueText === undefined || targetText === undefined ? '' : ` against a target of ${targetText}`;
  return `${value}${against}, ${status.replaceAll('_', ' ')}`;
}

/** The same with its period before it: as conditions say it in their details. */
export function figureLine(figures: PeriodFigures): string {
  return `${figures.period}: ${figureWords(figures)}`;
}
