// The exam itself is examined: a good connector passes every check, and for each check there is one that is bad in just
// that way, and fails it by what the check expects; the others it passes.
import { describe, expect, it } from 'vitest';
import { titleOf } from '#connectors/kit/exam.js';
import { ask, EXAM, type ExamCheck, ExamFailure, type ExamSubject, examineConnector } from '#connectors/kit/index.js';
import type { Allowance, Situation } from '#connectors/kit/types.js';
import { FURTHER_FLAWS, memorySubject } from './memory-connector.js';

const allowance: Allowance = { abortMs: 3_000, memoryBytes: 96 * 1024 * 1024 };
/** Enough where a handle is left on purpose. */
const impatient: Allowance = { ...allowance, abortMs: 500 };

examineConnector(memorySubject(), { title: 'memory, without a flaw', allowance });

const FLAWS: readonly { readonly flaw: string; readonly check: string }[] = [
  ...EXAM.map(({ name }) => ({ flaw: name, check: name })),
  ...Object.entries(FURTHER_FLAWS).map(([flaw, check]) => ({ flaw, check })),
];

/** Flaws that are just this: the connector throws where it should have answered. */
const THROWS: readonly string[] = ['empty-source-gives-no-rows', 'reads-side-by-side', 'slots-given-back'];

/** Other checks that a flaw cannot but fail as well. */
const FAILS_TOO: Readonly<Record<string, readonly string[]>> = {
  // A batch that does not add up is none that can be read.
  'balance-holds': ['rejects-explain-themselves'],
  // It cancels as well as leaves.
  'abort-between-rows-leaves-nothing': ['slots-given-back'],
};

/** These wait, for a source that is silent or for what may be left: asked for their own flaws alone. */
const WAITS = /-leaves-nothing$|^(?:silent|slow-drip)-in-its-class$|^remedy-for|^no-secret|^slow-reader|^time-cap/;

function checkNamed(name: string): ExamCheck {
  const check = EXAM.find((each) => each.name === name);
  if (check === undefined) throw new RangeError(`There is no check "${name}"`);
  return check;
}

async function failureIn(check: ExamCheck, subject: ExamSubject): Promise<ExamFailure | undefined> {
  try {
    await ask(check, subject, impatient);
    return undefined;
  } catch (error) {
    if (error instanceof ExamFailure) return error;
    throw error;
  }
}

describe('a connector with one flaw', () => {
  it.each(FLAWS)('fails $check by what it expects: $flaw', async ({ flaw, check }) => {
    const failure = await failureIn(checkNamed(check), memorySubject(flaw));
    expect(failure).toBeInstanceOf(ExamFailure);
    expect(failure?.cause === undefined ? 'by expectation' : 'by throwing', failure?.message).toBe(
      THROWS.includes(flaw) ? 'by throwing' : 'by expectation',
    );
  });

  it.each(FLAWS)('passes what the flaw has nothing to do with: $flaw', async ({ flaw, check }) => {
    const failed: string[] = [];
    for (const other of EXAM) {
      if (other.name === check || WAITS.test(other.name)) continue;
      if ((await failureIn(other, memorySubject(flaw))) !== undefined) failed.push(other.name);
    }
    expect(failed).toEqual(FAILS_TOO[flaw] ?? []);
  });
});

/** The good connector, brought by somebody who makes it easy for it. */
const SUBJECTS: readonly {
  readonly what: string;
  readonly check: string;
  readonly says: RegExp;
  readonly change: (subject: ExamSubject) => Partial<ExamSubject>;
}[] = [
  {
    what: 'names no secrets and gives no reason',
    check: 'no-secret-anywhere',
    says: /must name its secrets/,
    change: (subject) => filled(subject, { secrets: [] }),
  },
  {
    what: 'names a secret too short to be found',
    check: 'no-secret-anywhere',
    says: /letters or more/,
    change: (subject) => filled(subject, { secrets: ['x'] }),
  },
  {
    what: 'says why it has no secrets, in a word',
    check: 'no-secret-anywhere',
    says: /4 words or more/,
    change: () => ({ noSecrets: 'none' }),
  },
  {
    what: 'says it has no secrets, and has one',
    check: 'secrets-marked',
    says: /may not name one/,
    change: () => ({ noSecrets: 'memory asks for no login' }),
  },
  {
    what: 'says it has no secrets, and gives a password',
    check: 'secrets-marked',
    says: /must be in `secrets`; found \["login"\]/,
    change: (subject) => ({ ...filled(subject, { secrets: [] }), noSecrets: 'memory asks for no login' }),
  },
  {
    what: 'names secrets that it does not use',
    check: 'secrets-marked',
    says: /must stand in the connection/,
    change: (subject) => filled(subject, { secrets: ['another secret'] }),
  },
  {
    what: 'reads few rows and gives no reason',
    check: 'many-rows-in-bounded-memory',
    says: /has 20 rows, not 1000000/,
    change: () => ({ manyRows: { count: 20, because: 'slow' } }),
  },
  {
    what: 'reads few rows slowly and gives no reason',
    check: 'slow-reader-is-waited-for',
    says: /has 20 rows, not 1000000/,
    change: () => ({ manyRows: { count: 20, because: '' } }),
  },
  {
    what: 'has bad rows none of which is rejected',
    check: 'balance-holds',
    says: /one that is rejected/,
    change: (subject) => ({ withBadRows: () => subject.filledWith(['id'], [['1']]) }),
  },
  {
    what: 'has rejects at no place',
    check: 'rejects-explain-themselves',
    says: /place of a reject must not be empty/,
    change: ({ withBadRows }) => ({
      withBadRows: async () => ({
        ...(await (typeof withBadRows === 'function' ? withBadRows() : Promise.reject(withBadRows))),
        rejectedAt: ['shelf:1', ' '],
      }),
    }),
  },
  {
    what: 'names no places',
    check: 'locators-point-at-the-place',
    says: /place of at least one row/,
    change: (subject) => filled(subject, { places: new Map() }),
  },
  {
    what: 'names an empty place',
    check: 'locators-point-at-the-place',
    says: /must not be empty/,
    change: (subject) => filled(subject, { places: new Map([[0, '']]) }),
  },
  {
    what: 'cannot change what it holds',
    check: 'other-content-other-digest',
    says: /needs `refill`/,
    change: (subject) => filledWithout(subject, 'refill'),
  },
  {
    what: 'changes nothing when it is told to',
    check: 'other-content-other-digest',
    says: /rows after the source was filled anew/,
    change: (subject) => filled(subject, { refill: async () => {} }),
  },
  {
    what: 'cannot move, and gives no reason',
    check: 'watermark-moves-with-the-source',
    says: /say in `noWatermark` why/,
    change: (subject) => filledWithout(subject, 'move'),
  },
  {
    what: 'knows no fault at all',
    check: 'remedy-for-each-fault',
    says: /able to go wrong/,
    change: ({ faulty }) => {
      const never = { notApplicable: 'nothing ever goes wrong here' };
      return {
        faulty: {
          ...faulty,
          wrong_credentials: never,
          no_right: never,
          not_there: never,
          rate_limited: never,
          unavailable: never,
          cut_off: never,
          silent: never,
          slow_drip: never,
        },
      };
    },
  },
];

function filled({ filledWith }: ExamSubject, change: Partial<Situation>): Partial<ExamSubject> {
  return { filledWith: async (columns, rows) => ({ ...(await filledWith(columns, rows)), ...change }) };
}

function filledWithout({ filledWith }: ExamSubject, what: 'refill' | 'move'): Partial<ExamSubject> {
  return {
    filledWith: async (columns, rows) => {
      const situation = { ...(await filledWith(columns, rows)) };
      delete situation[what];
      return situation;
    },
  };
}

describe('a subject that makes it easy', () => {
  it.each(SUBJECTS)('fails $check when it $what', async ({ check, says, change }) => {
    const subject = memorySubject();
    const failure = await failureIn(checkNamed(check), { ...subject, ...change(subject) });
    expect(failure?.message).toMatch(says);
    expect(failure?.cause).toBeUndefined();
  });
});

describe('a check that does not apply', () => {
  const saying = (notApplicable: string): ExamSubject => {
    const subject = memorySubject();
    return { ...subject, faulty: { ...subject.faulty, no_right: { notApplicable } } };
  };
  const check = checkNamed('no-right-in-its-class');

  it('is not asked when the subject says why', async () => {
    await expect(ask(check, saying('memory has no rights'), allowance)).resolves.toEqual({
      notApplicable: 'memory has no rights',
    });
  });

  it.each(['', ' ', 'no', 'it does not', '- - - - -'])('fails when the reason is %j', async (reason) => {
    await expect(ask(check, saying(reason), allowance)).rejects.toThrow(/4 words or more/);
  });

  it('has a title that says so, and why', () => {
    expect(titleOf(check, saying('memory has no rights'))).toBe(
      'no-right-in-its-class: does not apply: memory has no rights',
    );
    expect(titleOf(check, memorySubject())).toBe('no-right-in-its-class: Is a missing right a permission failure?');
  });

  it('is not one that is asked of fewer rows, whose title tells how many', () => {
    expect(titleOf(checkNamed('many-rows-in-bounded-memory'), memorySubject())).toMatch(
      /flat\? \(here 20000 rows: .+\)$/,
    );
  });
});

describe('the exam', () => {
  it('has at least twenty questions, each of another name', () => {
    expect(EXAM.length).toBeGreaterThanOrEqual(20);
    expect(new Set(EXAM.map((check) => check.name)).size).toBe(EXAM.length);
  });

  it('leaves the console and the outputs as they were', async () => {
    const before = [console.log, process.stdout.write, process.stderr.write];
    await ask(checkNamed('no-secret-anywhere'), memorySubject(), allowance);
    expect([console.log, process.stdout.write, process.stderr.write]).toEqual(before);
  });
});
