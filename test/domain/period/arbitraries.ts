import fc from 'fast-check';
import { FREQUENCIES } from '#src/domain/period/period.js';
import { addDays } from '#src/domain/period/period-instants.js';

/** Days of the years 1000 to 9000: far from the edges of the calendar. */
export const anyDate: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 2_921_939 })
  .map((days) => addDays('1000-01-01', days));

export const anyFrequency = fc.constantFrom(...FREQUENCIES);

export const anyZone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'Pacific/Kiritimati',
);
