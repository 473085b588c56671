import { BLANK_BOOLEAN, isBlankAt } from '../../value/columns/column-vector.js';
import { dayKey, NO_DAY } from '../../value/columns/day-key.js';
import { nanosOfDay } from '../../value/columns/instant-vector.js';
import type { ColumnSpec } from '../../value/types.js';
import { prepareLiteral } from '../filter-literal.js';
import type { Condition } from '../types.js';
import { type ConditionSieve, HOLDS, keepWhere, type Operator, wrongVector } from './condition-sieve.js';
import { decimalSieve } from './decimal-sieve.js';
import { textSieve } from './text-sieve.js';

/** @throws PlumblineError `BUG_UNFIT_LITERAL` (defect) */
export function compileCondition(condition: Condition, column: Pick<ColumnSpec, 'type' | 'order'>): ConditionSieve {
  if (condition.value === null) return blankSieve(condition.operator === '=');
  const literal = prepareLiteral(condition, column);
  const { operator } = condition;
  if (typeof literal === 'boolean') return booleanSieve(operator, literal);
  switch (column.type) {
    case 'decimal':
    case 'integer':
    case 'ordinal':
      return decimalSieve(operator, literal);
    case 'date':
      return daySieve(operator, literal);
    case 'datetime':
      return instantSieve(operator, literal);
    case 'text':
    case 'boolean':
      return textSieve(operator, literal);
  }
}

function blankSieve(wanted: boolean): ConditionSieve {
  return (vector, rows, count, kept) => keepWhere(rows, count, kept, (row) => isBlankAt(vector, row) === wanted);
}

function booleanSieve(operator: Operator, literal: boolean): ConditionSieve {
  const holds = HOLDS[operator];
  const value = literal ? 1 : 0;
  return (vector, rows, count, kept) => {
    if (vector.kind !== 'boolean') throw wrongVector(vector, 'booleans');
    const { values } = vector;
    return keepWhere(rows, count, kept, (row) => {
      const cell = values[row] ?? BLANK_BOOLEAN;
      return cell !== BLANK_BOOLEAN && holds(cell - value);
    });
  };
}

function daySieve(operator: Operator, literal: string): ConditionSieve {
  const holds = HOLDS[operator];
  const value = dayKey(literal);
  return (vector, rows, count, kept) => {
    if (vector.kind !== 'date') throw wrongVector(vector, 'days');
    const { days } = vector;
    return keepWhere(rows, count, kept, (row) => {
      const day = days[row] ?? NO_DAY;
      return day !== NO_DAY && holds(day - value);
    });
  };
}

function instantSieve(operator: Operator, literal: string): ConditionSieve {
  const holds = HOLDS[operator];
  const [day, nanos] = [dayKey(literal), nanosOfDay(literal)];
  return (vector, rows, count, kept) => {
    if (vector.kind !== 'datetime') throw wrongVector(vector, 'times');
    return keepWhere(rows, count, kept, (row) => {
      const cell = vector.days[row] ?? NO_DAY;
      return cell !== NO_DAY && holds(cell - day || (vector.nanos[row] ?? 0) - nanos);
    });
  };
}
