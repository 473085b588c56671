import type { Direction } from '../../measure/types.js';
import { canonical, decimal } from '../../value/decimal.js';
import type { DecimalText } from '../../value/types.js';

/**
 * The value that is `percent` per cent better than a base: above it for `higher-is-better`, below it for
 * `lower-is-better`; the other way round for a negative percentage. `undefined` where the direction has no better.
 *
 * Per cent of the base without its sign, so that better is better for negative bases too: 10 % better than -200 is
 * -180 where higher is better. Of a base of 0 every percentage is 0.
 */
export function betterBy(base: DecimalText, percent: DecimalText, direction: Direction): DecimalText | undefined {
  const change = decimal(base).abs().times(percent).times('0.01');
  switch (direction) {
    case 'higher-is-better':
      return canonical(decimal(base).plus(change));
    case 'lower-is-better':
      return canonical(decimal(base).minus(change));
    case 'in-band':
    case 'exact':
    case 'unscored':
      return undefined;
  }
}
