// Worked cases with known answers from products, standards and statistical practice, each as configuration and rows
// that are collected for real. What is documented somewhere as wrong is shown not to come out.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decimal } from '#src/domain/value/decimal.js';
import { BANDS } from './examples/bands.js';
import { CALENDARS } from './examples/calendars.js';
import { DEADLINES } from './examples/deadlines.js';
import { LINTS } from './examples/lints.js';
import type { Method, Outcome } from './examples/method.js';
import { ROLL_UPS } from './examples/roll-ups.js';
import { SCORES } from './examples/scores.js';
import { TARGETS } from './examples/targets.js';
import { VALUES } from './examples/values.js';

interface WorkedCase {
  readonly id: string;
  readonly m: string;
  readonly in: unknown;
  readonly out: unknown;
  readonly tol?: number;
  readonly kind: 'doc' | 'rule' | 'src' | 'std' | 'bug';
  readonly note?: string;
}

const METHODS: Readonly<Record<string, Method>> = {
  ...SCORES,
  ...BANDS,
  ...VALUES,
  ...TARGETS,
  ...ROLL_UPS,
  ...CALENDARS,
  ...DEADLINES,
  ...LINTS,
};

/** What comes out where something else would be a known mistake. */
const INSTEAD: Readonly<Record<string, Outcome>> = {
  // Two rows of 2 ÷ 4 and 2 ÷ 100 are 4 ÷ 104: neither 0.52 nor 0.26.
  W06: '0.03846153846153846154',
  W07: '0.03846153846153846154',
  // Beaten by 250 % of itself, a target of -2 is met to 350 %.
  W23: ['350'],
  // Not cut off before it meets a limit.
  W69: '89.9',
  // Weeks of seven days, whichever month they lie in.
  W70: ['2025-12-29', '2026-01-05', '2026-01-05', '2026-01-12', '2026-01-12', '2026-01-19', '2026-01-19', '2026-01-26'],
  // From 0 there is no change in percent, and to 0 it is all of it: never the difference instead.
  W73: ['10', '-100', null],
};

const FIGURE = /^-?\d+(\.\d+)?$/;

const data = process.env['PLUMBLINE_TEST_DATA'];
const file = data === undefined ? undefined : join(data, '..', 'examples', 'scoring.jsonl');
const cases: readonly WorkedCase[] =
  file === undefined || !existsSync(file)
    ? []
    : readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));

if (data === undefined)
  process.stderr.write('PLUMBLINE_TEST_DATA names no folder: tests on worked cases are left out.\n');

describe.skipIf(data === undefined)('worked cases', () => {
  it('are all there, and configuration can say each of them', () => {
    expect(cases).toHaveLength(61);
    expect([...new Set(cases.map(({ m }) => m))].filter((method) => METHODS[method] === undefined)).toEqual([]);
  });

  it('have no method that no case is of', () => {
    const asked = new Set(cases.map(({ m }) => m));
    expect(Object.keys(METHODS).filter((method) => !asked.has(method))).toEqual([]);
  });

  const right = cases.filter(({ kind }) => kind !== 'bug');
  it.for(right.map((each) => [each.id, each.m, each] as const))('%s (%s) comes out as known', async ([, , each]) => {
    const outcome = await outcomeOf(each);
    expect(agreeing(outcome, each.out, each.tol)).toEqual(each.out);
  });

  const wrong = cases.filter(({ kind }) => kind === 'bug');
  it.for(wrong.map((each) => [each.id, each.m, each] as const))('%s (%s) is not repeated', async ([, , each]) => {
    const outcome = await outcomeOf(each);
    expect(agreeing(outcome, each.out, each.tol)).not.toEqual(each.out);
    expect(outcome).toEqual(INSTEAD[each.id]);
  });
});

function outcomeOf({ m, in: given }: WorkedCase): Promise<Outcome> {
  const method = METHODS[m];
  if (method === undefined) throw new Error(`configuration does not say what ${m} is`);
  return method(given as never);
}

/** The outcome, with each figure that is near enough to the known one written as that; others stay decimal texts. */
function agreeing(outcome: Outcome, known: unknown, tolerance = 0): unknown {
  if (Array.isArray(outcome)) {
    return outcome.map((each, index) => agreeing(each, Array.isArray(known) ? known[index] : undefined, tolerance));
  }
  if (outcome !== null && typeof outcome === 'object') {
    const entries = Object.entries(outcome as Readonly<Record<string, Outcome>>);
    const fields = (known ?? {}) as Readonly<Record<string, unknown>>;
    return Object.fromEntries(entries.map(([key, each]) => [key, agreeing(each, fields[key], tolerance)]));
  }
  if (typeof known !== 'number' || typeof outcome !== 'string' || !FIGURE.test(outcome)) return outcome;
  return decimal(outcome).minus(String(known)).abs().lessThanOrEqualTo(String(tolerance)) ? known : outcome;
}
