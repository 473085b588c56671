import { z } from 'zod';
import { canonical, Decimal as ExactDecimal } from '#src/domain/value/decimal.js';

// Numbers arrive as the text that was written (see yaml/plain-value.ts), so every number here is read from text.
// `json` in a schema's meta says how the JSON Schema shows it to editors; `remedy` what a problem advises.

/** The form of every id. */
const ID_PATTERN = /^[a-z][a-z0-9-]*$/;

/** An id: a key, or what another place refers to. */
export const Id = z
  .string()
  .regex(ID_PATTERN, { error: ({ input }) => `${quote(input)} is not an id` })
  .max(100)
  .meta({ remedy: 'use lower-case letters, digits and dashes, starting with a letter: operations-2' });

/** Characters of a decimal: more than any store keeps. */
const MAX_LENGTH = 60;

const PLAIN = /^-?\d+(\.\d+)?$/;

/** Words for people. */
export const Text = z
  .string()
  .max(2000)
  .refine((text) => text.trim() !== '', { error: 'the text is empty' });

/** An exact decimal, read from the text that was written; canonical text as result. */
export const Decimal = z
  .string()
  .transform((text, context) => {
    if (text.length <= MAX_LENGTH && PLAIN.test(text)) return canonical(new ExactDecimal(text));
    context.addIssue({ code: 'custom', message: `${quote(text)} is not a plain decimal number` });
    return z.NEVER;
  })
  .meta({
    json: { type: ['number', 'string'], pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
    remedy: 'write digits with an optional point: 1250.75, without exponent, thousands separator or unit',
  });

/** A decimal above zero. */
export const PositiveDecimal = Decimal.refine((decimal) => decimal !== '0' && !decimal.startsWith('-'), {
  error: ({ input }) => `${String(input)} is not above 0`,
}).meta({ json: { type: ['number', 'string'], exclusiveMinimum: 0 }, remedy: 'write a number above 0' });

/** A decimal from 0 to 1. */
export const Share = Decimal.refine((decimal) => decimal === '1' || decimal === '0' || decimal.startsWith('0.'), {
  error: ({ input }) => `${String(input)} is not between 0 and 1`,
}).meta({ json: { type: ['number', 'string'], minimum: 0, maximum: 1 }, remedy: 'write a number from 0 to 1: 0.8' });

/** A whole number within limits, both included. */
export function wholeNumber(minimum: number, maximum: number): z.ZodType<number, string> {
  const remedy = `write a whole number from ${minimum} to ${maximum}`;
  return z
    .string()
    .transform((text, context) => {
      const isInteger = /^-?\d{1,15}$/.test(text);
      const count = isInteger ? Number.parseInt(text, 10) : Number.NaN;
      if (count >= minimum && count <= maximum) return count;
      const fault = isInteger ? `is not between ${minimum} and ${maximum}` : 'is not a whole number';
      context.addIssue({ code: 'custom', message: `${quote(text)} ${fault}` });
      return z.NEVER;
    })
    .meta({ json: { type: 'integer', minimum, maximum }, remedy });
}

/** Local wall-clock time. */
export const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: ({ input }) => `${quote(input)} is not a time of day` })
  .meta({ remedy: "write hours and minutes in quotes: '06:30'" });

/** An IANA time zone; whether it exists is checked later, with the zone data. */
export const TimeZone = z.string().min(1).meta({ remedy: 'use an IANA name such as Europe/Berlin or UTC' });

/** A day. Whether it exists is checked later. */
export const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: ({ input }) => `${quote(input)} is not a day` })
  .meta({ remedy: 'write YYYY-MM-DD: 2026-12-25' });

/** A day, or all days from one to another, both included. Whether they exist is checked later. */
export const DayOrRange = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/, { error: ({ input }) => `${quote(input)} is not a day` })
  .meta({ remedy: 'write YYYY-MM-DD, or a range: 2026-12-24..2026-12-31' });

/** ISO weekday numbers of the names a file may use. */
export const WEEKDAYS = {
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
  monday: 1,
  tuesday: 2,
  wednesday: 3,
  thursday: 4,
  friday: 5,
  saturday: 6,
  sunday: 7,
} as const;

/** A day of the week, short or in full; ISO number as result. */
export const Weekday = z.enum(Object.keys(WEEKDAYS) as (keyof typeof WEEKDAYS)[]).transform((name) => WEEKDAYS[name]);

/** How often a measure has a value; the same words as in the domain. */
export const Frequency = z.enum(['daily', 'weekly', 'monthly', 'quarterly', 'half-yearly', 'yearly']);

/** A value as shown in a message: quoted and short. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** How secrets are written, for messages and descriptions. */
export const REFERENCE_FORMS = `'\${env:NAME}' or '\${file:PATH}'`;
