import { expectSame, expectThat } from '../exam-failure.js';
import { failureOf, PLENTY, readWhole, requestFor, SHORT_MS, withSource } from '../reading.js';
import { type ExamCheck, type ExamSubject, FAULTS, type Fault, isNotApplicable, type NotApplicable } from '../types.js';

export const RETRY_AFTER_MS = 7_000;

const faults = Object.keys(FAULTS).filter((name): name is Fault => name in FAULTS);

const ASKS: Readonly<Record<Fault, string>> = {
  wrong_credentials: 'Is a refused login an auth failure, with who must act?',
  no_right: 'Is a missing right a permission failure?',
  not_there: 'Is a source that is gone a not_found failure?',
  rate_limited: 'Is "too many requests" (429) a rate_limited failure?',
  unavailable: 'Is a source that is down for now (503) a transient failure?',
  cut_off: 'Is an answer that is cut in the middle a transient failure, and never taken for the whole?',
  silent: 'Is a source that does not answer a time-out?',
  slow_drip: 'Is a source that answers a byte at a time a time-out?',
};

type Seed = Exclude<ExamSubject['faulty'][Fault], NotApplicable>;

/** The faults that can happen to this kind of source. @throws ExamFailure when there is none */
export function seededFaults(subject: ExamSubject): readonly (readonly [Fault, Seed])[] {
  const seeded = faults.flatMap((fault) => {
    const seed = subject.faulty[fault];
    return isNotApplicable(seed) ? [] : [[fault, seed] as const];
  });
  expectThat(seeded.length > 0, 'Something must be able to go wrong with the source: it can at least be gone');
  return seeded;
}

const outside = (subject: ExamSubject, fault: Fault): NotApplicable | undefined => {
  const seed = subject.faulty[fault];
  return isNotApplicable(seed) ? seed : undefined;
};

/** One check a fault: reading must end with a failure of its kind, with a remedy. */
const classChecks: readonly ExamCheck[] = faults.map((fault) => ({
  name: `${fault.replaceAll('_', '-')}-in-its-class`,
  asks: ASKS[fault],
  doesNotApply: (subject) => outside(subject, fault),
  async run(subject) {
    const seed = subject.faulty[fault];
    if (isNotApplicable(seed)) return;
    await withSource(subject, seed({ retryAfterMs: RETRY_AFTER_MS }), async (source, situation) => {
      const isTimed = FAULTS[fault] === 'timeout';
      const limits = isTimed ? { ...PLENTY, timeoutMs: SHORT_MS } : PLENTY;
      const request = requestFor(subject.connector, situation, { limits });
      const failure = await failureOf(() => readWhole(source, request), `Reading a source with the fault ${fault}`);
      expectSame(
        failure.kind,
        FAULTS[fault],
        `The kind of failure for ${fault} (it was ${failure.code}: ${failure.message})`,
      );
    });
  },
}));

export const faultChecks: readonly ExamCheck[] = [
  ...classChecks,
  {
    name: 'retry-after-carried',
    asks: 'Is the time a rate-limited source asks for handed on?',
    doesNotApply: (subject) => outside(subject, 'rate_limited'),
    async run(subject) {
      const seed = subject.faulty.rate_limited;
      if (isNotApplicable(seed)) return;
      await withSource(subject, seed({ retryAfterMs: RETRY_AFTER_MS }), async (source, situation) => {
        const request = requestFor(subject.connector, situation);
        const failure = await failureOf(() => readWhole(source, request), 'Reading a rate-limited source');
        expectSame(failure.retryAfterMs, RETRY_AFTER_MS, 'retryAfterMs of the failure');
      });
    },
  },
  {
    name: 'remedy-for-each-fault',
    asks: 'Does every fault come with what to do about it, when reading and when checking?',
    async run(subject) {
      for (const [fault, seed] of seededFaults(subject)) {
        await withSource(subject, seed({ retryAfterMs: RETRY_AFTER_MS }), async (source, situation) => {
          const limits = FAULTS[fault] === 'timeout' ? { ...PLENTY, timeoutMs: SHORT_MS } : PLENTY;
          const request = requestFor(subject.connector, situation, { limits });
          const failure = await failureOf(() => readWhole(source, request), `Reading with the fault ${fault}`);
          expectThat(
            (failure.remedy ?? '').trim() !== '',
            `The failure for ${fault} must have a remedy`,
            failure.message,
          );
          if (FAULTS[fault] === 'timeout') return;
          const probes = await source.check(new AbortController().signal);
          const bare = probes.filter((probe) => probe.outcome !== 'ok' && (probe.remedy ?? '').trim() === '');
          expectThat(bare.length === 0, `A probe that is not ok must have a remedy (fault ${fault})`, bare);
        });
      }
    },
  },
];
