import { LEVELS } from './levels.js';
import { CLIENTS } from './names.js';
import { decimalText } from './plain-text.js';
import { createRandom, splitTotal } from './random.js';
import { column, type OperationsTable, type SqlValue } from './table.js';
import { addMonths, dayOfMonth, monthOf, type Timeline } from './timeline.js';

const TERM_MONTHS = 12;

/**
 * Service contracts of one year each. Those that end in the collected history were signed up to a year before it, so each
 * month has contracts that are signed and contracts that end; `renewed` is known from the end on.
 */
export function contracts(timeline: Timeline, seed: number): OperationsTable {
  const random = createRandom(seed, 'contracts');
  const rows: SqlValue[][] = [];
  const oldest = timeline.months[0]?.first ?? timeline.today;
  for (let offset = -TERM_MONTHS; offset < timeline.months.length; offset += 1) {
    const signedIn = monthOf(oldest, offset, timeline.today);
    const endsAgo = signedIn.monthsAgo - TERM_MONTHS;
    const count = random.int(19, 23);
    const values = splitTotal(random, LEVELS.signedContractsEuros(signedIn.monthsAgo) * 100, count);
    const lost = count - Math.ceil((count * LEVELS.renewedPermille(endsAgo)) / 1000);
    const lostOnes = new Set(random.indices(lost, count));
    values.forEach((value, index) => {
      const signedOn = dayOfMonth(signedIn, random.int(1, 28));
      const endedOn = addMonths(signedOn, TERM_MONTHS);
      const client = random.pick(CLIENTS);
      if (signedOn > timeline.yesterday) return;
      const renewed = endedOn > timeline.yesterday ? null : lostOnes.has(index) ? 0 : 1;
      rows.push([
        `C-${signedIn.id.replace('-', '')}-${index + 1}`,
        client,
        signedOn,
        endedOn,
        decimalText(value),
        renewed,
      ]);
    });
  }
  return {
    name: 'contracts',
    columns: [
      column.key('contract_no', 20),
      column.text('client', 80),
      column.date('signed_on'),
      column.date('ended_on'),
      column.decimal('annual_value'),
      column.flag('renewed'),
    ],
    rows,
  };
}
