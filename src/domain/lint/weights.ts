import { ExactSum } from '../measure/exact-sum.js';
import { decimal } from '../value/decimal.js';
import type { DecimalText } from '../value/types.js';
import type { LintFinding, LintSubject } from './types.js';

interface Weighted {
  readonly address: string;
  readonly weight: DecimalText;
}

/**
 * Whether the weights of siblings that are meant as parts of 100 or of 1 add up to it.
 *
 * Any weights have a meaning, since they are renormalised; but those that come within a tenth of 100, or of 1, and miss
 * it are most likely a slip. Equal weights are none, whatever they add up to. Told of the parent.
 */
export function weightFindings(subject: LintSubject): readonly LintFinding[] {
  const { perspectives, objectives, measures } = subject;
  return [
    ...sumFinding(subject.address, perspectives),
    ...perspectives.flatMap(({ address }) =>
      sumFinding(
        address,
        objectives.filter(({ perspective }) => perspective === address),
      ),
    ),
    ...objectives.flatMap(({ address }) =>
      sumFinding(
        address,
        measures.filter(({ objective }) => objective === address),
      ),
    ),
  ];
}

function sumFinding(parent: string, children: readonly Weighted[]): readonly LintFinding[] {
  if (new Set(children.map(({ weight }) => weight)).size < 2) return [];
  const sum = new ExactSum();
  for (const { weight } of children) sum.add(weight);
  const total = sum.total();
  const whole = ['100', '1'].find((each) =>
    decimal(total).minus(each).abs().lessThanOrEqualTo(decimal(each).times('0.1')),
  );
  if (whole === undefined || whole === total) return [];
  const weights = children.map(({ weight }) => weight).join(' + ');
  const message = `the weights below it, ${weights}, add up to ${total} and not to ${whole}`;
  const remedy = `let them add up to ${whole}, or write plain proportions such as 3, 2, 1`;
  return [{ rule: 'weights_sum', subject: parent, message, remedy }];
}
