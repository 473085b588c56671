import { expectSame, expectThat } from '../exam-failure.js';
import { failureOf, PLENTY, readWhole, requestFor, withSource } from '../reading.js';
import { type ExamCheck, FAULTS, type Fault, isNotApplicable } from '../types.js';

const RETRY_AFTER_MS = 7_000;
/** How long a read may take of a source that never answers, or drips. */
const SHORT_MS = 400;

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

/** One check a fault: reading must end with a failure of its kind, with a remedy. */
const classChecks: readonly ExamCheck[] = faults.map((fault) => ({
  name: `${fault.replaceAll('_', '-')}-in-its-class`,
  asks: ASKS[fault],
  async run(subject) {
    const seed = subject.faulty[fault];
    if (isNotApplicable(seed)) return seed;
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
    return undefined;
  },
}));

export const faultChecks: readonly ExamCheck[] = [
  ...classChecks,
  {
    name: 'retry-after-carried',
    asks: 'Is the time a rate-limited source asks for handed on?',
    async run(subject) {
      const seed = subject.faulty.rate_limited;
      if (isNotApplicable(seed)) return seed;
      await withSource(subject, seed({ retryAfterMs: RETRY_AFTER_MS }), async (source, situation) => {
        const request = requestFor(subject.connector, situation);
        const failure = await failureOf(() => readWhole(source, request), 'Reading a rate-limited source');
        expectSame(failure.retryAfterMs, RETRY_AFTER_MS, 'retryAfterMs of the failure');
      });
      return undefined;
    },
  },
  {
    name: 'remedy-for-each-fault',
    asks: 'Does every fault come with what to do about it, when reading and when checking?',
    async run(subject) {
      for (const fault of faults) {
        const seed = subject.faulty[fault];
        if (isNotApplicable(seed)) continue;
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
      return undefined;
    },
  },
  {
    name: 'no-secret-anywhere',
    asks: 'Is no password, token or key in any message, probe, description or error?',
    async run(subject) {
      const seeds = [
        ['none', () => subject.filledWith(['id', 'name'], [['1', 'a']])] as const,
        ...faults.flatMap((fault) => {
          const seed = subject.faulty[fault];
          return isNotApplicable(seed) ? [] : [[fault, () => seed({ retryAfterMs: RETRY_AFTER_MS })] as const];
        }),
      ];
      for (const [fault, seed] of seeds) {
        await withSource(subject, seed(), async (source, situation) => {
          const said: unknown[] = [];
          const listen = async (work: () => Promise<unknown>): Promise<void> => {
            said.push(await work().catch((error: unknown) => everythingOf(error)));
          };
          const limits = { ...PLENTY, timeoutMs: fault === 'none' ? PLENTY.timeoutMs : SHORT_MS };
          const request = requestFor(subject.connector, situation, { limits });
          await listen(() => readWhole(source, request));
          await listen(() => source.watermark(request));
          if (fault === 'none' || FAULTS[fault] !== 'timeout') {
            await listen(() => source.check(new AbortController().signal));
          }
          const text = JSON.stringify(said);
          const told = (situation.secrets ?? []).filter((secret) => text.includes(JSON.stringify(secret).slice(1, -1)));
          expectThat(told.length === 0, `No secret may be told (fault ${fault}); ${told.length} of them were`);
        });
      }
      return undefined;
    },
  },
];

/** An error with all that a logger might print of it, causes included. */
function everythingOf(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error) || depth > 5) return error;
  const own = Object.fromEntries(Object.getOwnPropertyNames(error).map((name) => [name, Reflect.get(error, name)]));
  return { ...own, name: error.name, cause: everythingOf(error.cause, depth + 1) };
}
