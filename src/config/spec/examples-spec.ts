import { z } from 'zod';
import { canonical, Decimal as ExactDecimal } from '#src/domain/value/decimal.js';
import { exactlyOne } from './exactly-one.js';
import { Day, Decimal, Id, quote, Text } from './scalars.js';
import { UnitId } from './units-spec.js';

const PLAIN = /^-?\d{1,40}(\.(\d{1,20}))?$/;

/** A number that is compared with: how many decimals were written says how closely. */
const ExpectedNumber = z
  .string()
  .transform((text, context) => {
    const match = PLAIN.exec(text);
    if (match !== null) return { value: canonical(new ExactDecimal(text)), places: match[2]?.length ?? 0 };
    context.addIssue({ code: 'custom', message: `${quote(text)} is not a plain decimal number` });
    return z.NEVER;
  })
  .meta({
    json: { type: ['number', 'string'], pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
    remedy: 'write digits with an optional point: 66.7',
  });
export type ExpectedNumber = z.infer<typeof ExpectedNumber>;

/** A cell as the source gives it: text, or nothing for a blank one. */
const CellSpec = z
  .unknown()
  .transform((cell, context): string | null => {
    if (cell === null || typeof cell === 'string') return cell;
    if (typeof cell === 'boolean') return String(cell);
    context.addIssue({ code: 'custom', message: 'a cell is a text' });
    return z.NEVER;
  })
  .meta({
    json: { type: ['string', 'number', 'boolean', 'null'] },
    remedy: 'write the text of the cell, or nothing for a blank one',
  });

/** A period's id; which there are is checked with the calendar of its measure. */
const PeriodId = z
  .string()
  .regex(/^[A-Za-z0-9/._-]{1,40}$/, { error: ({ input }) => `"${String(input)}" is no id of a period` })
  .meta({
    json: { type: ['string', 'integer'] },
    remedy: 'write a period such as 2026-01, 2026-W12, 2026-Q1 or 2026',
  });

const SidesSpec = z.strictObject({
  numerator: Decimal.describe('What is above the line, not scaled.'),
  denominator: Decimal.describe('What is below.'),
});

/** A value, or the two sides of a ratio, which windows need. */
const GivenValue = z.union([Decimal, SidesSpec]);
export type GivenValue = z.infer<typeof GivenValue>;

const RangeSpec = z.strictObject({
  low: Decimal.describe('Lowest good value, for in-band.'),
  high: Decimal.describe('Highest good value, for in-band.'),
});

/** A number or a range for the period of the example, or several by period. */
const GivenSeries = z.union([Decimal, RangeSpec, z.record(PeriodId, z.union([Decimal, RangeSpec]))]);
export type GivenSeries = z.infer<typeof GivenSeries>;

const ExpectSpec = z
  .strictObject({
    value: z
      .union([z.literal('none'), ExpectedNumber])
      .optional()
      .describe('The value, compared with as many decimals as are written, at least those the measure shows; or none.'),
    reason: Text.optional().describe('Words that the reason for no value or no score holds.'),
    score: ExpectedNumber.optional().describe('The score as people see it, 0 to 100.'),
    points: ExpectedNumber.optional().describe('The score in the points of the score map.'),
    status: z
      .enum([
        'on_track',
        'at_risk',
        'off_track',
        'no_target',
        'insufficient_data',
        'missing',
        'not_expected',
        'unscored',
      ])
      .optional()
      .describe('The status, or why there is none.'),
    band: Text.optional().describe('Label of the band.'),
  })
  .refine((expect) => Object.values(expect).some((each) => each !== undefined), {
    error: 'nothing is expected',
    params: { remedy: 'add value:, score:, status:, band: or points:' },
  });
export type ExpectSpec = z.infer<typeof ExpectSpec>;

const oneTime = exactlyOne(['period', 'date']);

/** One example of a measure: what is given, and what comes of it. */
export const ExampleSpec = z
  .strictObject({
    name: Text.max(200).optional().describe('What it shows, for people.'),
    measure: z
      .string()
      .regex(/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/, { error: 'not a measure' })
      .meta({ remedy: 'write the id of a measure of this scorecard' })
      .describe('Measure it is an example of: its id, or its address.'),
    unit: UnitId.optional().describe('With for_each: the unit that it is about; the first one listed when left out.'),
    rows: z
      .array(z.record(z.string(), CellSpec))
      .max(1000)
      .optional()
      .describe("Rows of the measure's extract: by the names of its columns, the text that the source gives."),
    given: z
      .record(z.string().max(300), z.record(PeriodId, GivenValue))
      .optional()
      .describe('Values by measure and period: { profit: { 2026-03: 100 } }. What a derived measure is made of.'),
    series: z
      .record(Id, GivenSeries)
      .optional()
      .describe('Series that are given here, whatever the measure says of them: { baseline: 40 }.'),
    target: GivenSeries.optional().describe('The target, given here.'),
    period: PeriodId.optional().describe('Period that is looked at: 2026-03.'),
    date: Day.optional().describe('Instead: a day of that period.'),
    expect: ExpectSpec.describe('What comes of it.'),
  })
  .refine(oneTime.check, oneTime.message);
export type ExampleSpec = z.infer<typeof ExampleSpec>;
