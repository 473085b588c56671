import { z } from 'zod';
import { checkDatePattern, compileDatePattern, isSerialPattern } from '#src/domain/value/date-pattern.js';
import { problemOfDatePattern } from '../files/date-pattern.js';
import { cellPlace, MAX_LINES } from './cell-place.js';

const cell = z.string().superRefine((text, context) => {
  const place = cellPlace(text);
  const message =
    place === undefined
      ? 'must be a place such as B1: the column in capital letters, then the line of the file'
      : place.line > MAX_LINES
        ? `must be in the first ${MAX_LINES} lines of the file`
        : undefined;
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const WAYS = ['cell', 'after', 'date_in_name'] as const;

const asOfObject = z
  .strictObject({
    cell: cell.optional().describe('Cell that holds the date, such as B1; lines are those of the file.'),
    after: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe(
        `Beginning of the line that holds the date, such as 'Stand:'; what follows it is the date. Looked for in the first ${MAX_LINES} lines and at the end of the file.`,
      ),
    date_in_name: z
      .string()
      .min(1)
      .superRefine((text, context) => {
        const problem = problemOfDatePattern(text);
        if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
      })
      .optional()
      .describe("How the names are built: 'sales-{yyyy}-{MM}-{dd}.csv'. A month or a year stands for its last day."),
    pattern: z
      .string()
      .superRefine((pattern, context) => {
        const message = problemOf(pattern);
        if (message !== undefined) context.addIssue({ code: 'custom', message });
      })
      .optional()
      .describe(
        'How the date of a cell or line is written: dd.MM.yyyy, serial, … Default: YYYY-MM-DD, or a time with its zone.',
      ),
  })
  .superRefine((asOf, context) => {
    const said = WAYS.filter((way) => asOf[way] !== undefined);
    if (said.length !== 1) {
      const message = said.length === 0 ? `needs one of ${WAYS.join(', ')}` : `has ${said.join(' and ')}: keep one`;
      context.addIssue({ code: 'custom', message });
    }
    if (asOf.date_in_name !== undefined && asOf.pattern !== undefined) {
      context.addIssue({ code: 'custom', path: ['pattern'], message: 'is about a cell or a line, not a name' });
    }
  });

/** Where a file says what day its figures stand for. */
export const asOfSchema = z
  .union([cell, asOfObject])
  .describe(
    'What says how far the data goes: a cell such as B1, or { cell, after or date_in_name, pattern }. Of several files the latest counts. With evidence: as_of.',
  );
export type AsOfRule = z.infer<typeof asOfSchema>;

function problemOf(pattern: string): string | undefined {
  const wrong = checkDatePattern(pattern, 'date');
  if (wrong !== undefined) return `is no date pattern: ${wrong}`;
  const compiled = isSerialPattern(pattern) ? undefined : compileDatePattern(pattern, 'date');
  const hasDay =
    compiled === undefined || (typeof compiled !== 'string' && compiled.expression.source.includes('<day>'));
  return hasDay ? undefined : 'has no day: the figures stand for a day, such as the last of a month';
}
