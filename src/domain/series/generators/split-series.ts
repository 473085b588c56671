import type { Period } from '../../period/types.js';
import { decimal } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';
import type { SeriesContext, SeriesReading } from '../context.js';
import { coarserThan, countedTo, periodsCountedTo, yearBefore } from '../series-calendar.js';
import type { SeriesSource, SplitTotal } from '../types.js';
import { type Part, splitTotal } from './split-total.js';
import { type Table, tableOf } from './tables.js';

type Split = Extract<SeriesSource, { kind: 'split' }>;

/**
 * The part of a coarser period's total that falls to a period.
 *
 * Weeks take part in the year of their Thursday, so a year of 53 weeks has 53 parts. The shape of last year is that
 * of the measure's own values a year before; while one of those is missing there is no part at all, since each
 * would change when it comes in.
 */
export function splitAt(name: string, source: Split, period: Period, context: SeriesContext): SeriesReading {
  for (const frequency of coarserThan(context.grain)) {
    const coarse = countedTo(period, context.grain, frequency);
    const total = source.totals[coarse.id];
    if (total === undefined) continue;
    const table = tableOf(context, `${name}/${coarse.id}`, () => splitTable(source, total, coarse, context));
    if ('reason' in table) return { ok: false, reason: table.reason };
    const value = table.get(period.id);
    if (value === undefined) continue;
    const rule = source.fixed[period.id] === undefined ? `its part of ${total.total}` : `fixed within ${total.total}`;
    return { ok: true, target: { kind: 'value', value }, from: `${rule} for ${coarse.id}` };
  }
  return { ok: false, reason: `there is no total to split for ${period.id}` };
}

function splitTable({ fixed, places }: Split, total: SplitTotal, coarse: Period, context: SeriesContext): Table {
  const periods = periodsCountedTo(coarse, context.grain);
  const parts: Part[] = [];
  for (const [index, period] of periods.entries()) {
    const given = fixed[period.id];
    const weight = given === undefined ? weightOf(total, index, period, context) : '0';
    if (typeof weight !== 'string') return weight;
    parts.push(given === undefined ? { weight } : { fixed: given });
  }
  const shares = splitTotal(total.total, parts, places);
  if (shares === undefined) return { reason: `no period of ${coarse.id} can take what is left of ${total.total}` };
  return new Map(periods.map(({ id }, index) => [id, shares[index] ?? '0']));
}

function weightOf(
  { shape }: SplitTotal,
  index: number,
  period: Period,
  context: SeriesContext,
): DecimalText | { readonly reason: string } {
  switch (shape.kind) {
    case 'even':
      return '1';
    case 'weights':
      return shape.weights[index] ?? { reason: `there is no weight for ${period.id}` };
    case 'last_year': {
      const before = yearBefore(period, context.grain);
      const value = context.own(before);
      if (value === undefined) return { reason: `it has the shape of last year, and ${before.id} has no value` };
      if (!decimal(value).isNegative()) return value;
      return { reason: `it has the shape of last year, and ${before.id} is ${value}, which is no share` };
    }
  }
}
