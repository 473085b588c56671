import { describe, expect, it } from 'vitest';
import { canaryValue } from '#src/domain/canary/canary.js';
import { periodContaining } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';

const days = Array.from({ length: 800 }, (_, day) => addDays('2026-01-01', day));

describe('canaryValue()', () => {
  it('turns with each day', () => {
    for (const day of days) expect(canaryValue(day, 'day')).not.toBe(canaryValue(addDays(day, 1), 'day'));
  });

  it('is one in an ISO week, and turns with each, over years of 53 too', () => {
    for (const day of days) {
      const { start } = periodContaining(day, 'weekly');
      expect(canaryValue(day, 'week')).toBe(canaryValue(start, 'week'));
      expect(canaryValue(addDays(start, 7), 'week')).not.toBe(canaryValue(start, 'week'));
    }
  });
});
