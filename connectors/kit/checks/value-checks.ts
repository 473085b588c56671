import type { RawCell } from '#connectors/sdk/types.js';
import { expectSame } from '../exam-failure.js';
import { GOLDEN_VALUES } from '../exam-rows.js';
import { readWhole, requestFor, withSource } from '../reading.js';
import type { ExamCheck } from '../types.js';

export const valueChecks: readonly ExamCheck[] = [
  {
    name: 'golden-values-keep-every-digit',
    asks: 'Do decimals of 38 digits, 2^63, old dates and odd texts arrive letter by letter?',
    async run(subject) {
      const names = Object.keys(GOLDEN_VALUES);
      const rows = names.map((name, index) => [String(index), GOLDEN_VALUES[name] ?? '']);
      await withSource(subject, subject.filledWith(['id', 'value'], rows), async (source, situation) => {
        const whole = await readWhole(source, requestFor(subject.connector, situation));
        expectSame(whole.rows.length, names.length, 'The number of rows');
        for (const [index, name] of names.entries()) {
          const expected = subject.givesFor?.get(GOLDEN_VALUES[name] ?? '') ?? GOLDEN_VALUES[name];
          expectSame(whole.rows[index]?.[1], expected, `The cell that holds ${name}`);
        }
      });
    },
  },
  {
    name: 'null-blank-and-empty-stay-apart',
    asks: 'Are null, white space and empty text told apart, as far as the source itself can?',
    async run(subject) {
      const cells: readonly RawCell[] = [null, '', '  ', '0'];
      const rows = cells.map((cell, index) => [String(index), cell]);
      await withSource(subject, subject.filledWith(['id', 'value'], rows), async (source, situation) => {
        const whole = await readWhole(source, requestFor(subject.connector, situation));
        const expected = cells.map((cell) =>
          subject.givesFor?.has(cell) ? (subject.givesFor.get(cell) ?? null) : cell,
        );
        expectSame(
          whole.rows.map((row) => row[1]),
          expected,
          'The cells null, empty, white space and zero',
        );
      });
    },
  },
];
