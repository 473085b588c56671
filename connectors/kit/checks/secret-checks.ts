import { expectThat } from '../exam-failure.js';
import { secretMarksOf, textsOfOptions } from '../marked-options.js';
import { formsOf, overhear, textsIn } from '../overhearing.js';
import { OPEN_CONTEXT, PLENTY, readWhole, requestFor, SHORT_MS, withSource } from '../reading.js';
import { type ExamCheck, type ExamSubject, FAULTS, type Fault, type Situation, unlessAbsent } from '../types.js';
import { discoverRequest } from './discovery-checks.js';
import { RETRY_AFTER_MS, seededFaults } from './fault-checks.js';

/** A shorter one could stand anywhere by chance. */
const SHORTEST_SECRET = 6;

/** A healthy source, and one for each fault that can happen. */
function situationsOf(subject: ExamSubject): readonly (readonly [Fault | 'none', () => Promise<Situation>])[] {
  return [
    ['none', () => subject.filledWith(['id', 'name'], [['1', 'a']])],
    ...seededFaults(subject).map(([fault, seed]) => [fault, () => seed({ retryAfterMs: RETRY_AFTER_MS })] as const),
  ];
}

/** @throws ExamFailure where a situation names none, or one that could not be found again */
function secretsOf(situation: Situation): readonly string[] {
  const secrets = situation.secrets ?? [];
  expectThat(
    secrets.length > 0,
    'A situation must name its secrets, or the subject say in `noSecrets` why it has none',
  );
  const isLong = secrets.every((secret) => secret.length >= SHORTEST_SECRET);
  expectThat(isLong, `A secret of the exam must have ${SHORTEST_SECRET} letters or more`);
  return secrets;
}

export const secretChecks: readonly ExamCheck[] = [
  {
    name: 'secrets-marked',
    asks: 'Is every option that holds a secret marked as one, so that only a reference may stand there?',
    async run(subject) {
      const isMarked = secretMarksOf(subject.connector.connectionSchema);
      const names = (found: readonly { readonly path: readonly string[] }[]) => found.map(({ path }) => path.join('.'));
      for (const [, seed] of situationsOf(subject)) {
        const situation = await seed();
        try {
          const texts = textsOfOptions(situation.connection);
          const secrets = subject.noSecrets === undefined ? secretsOf(situation) : (situation.secrets ?? []);
          const isSecret = ({ text }: { readonly text: string }) => secrets.some((secret) => text.includes(secret));
          const [secret, other] = [texts.filter(isSecret), texts.filter((each) => !isSecret(each))];
          if (subject.noSecrets === undefined)
            expectThat(secret.length > 0, 'The secrets must stand in the connection');
          else expectThat(secrets.length === 0, 'A subject that says it has no secrets may not name one');
          const bare = secret.filter(({ path }) => !isMarked(path));
          expectThat(bare.length === 0, 'What holds a secret must have `.meta({ secret: true })`', names(bare));
          const unnamed = other.filter(({ path }) => isMarked(path));
          expectThat(unnamed.length === 0, 'What stands where a secret belongs must be in `secrets`', names(unnamed));
        } finally {
          await situation.dispose();
        }
      }
    },
  },
  {
    name: 'no-secret-anywhere',
    asks: 'Is no password, token or key in any message, probe, description, error, or line that is printed?',
    doesNotApply: (subject) => unlessAbsent(subject.noSecrets),
    async run(subject) {
      for (const [fault, seed] of situationsOf(subject)) {
        const said: unknown[] = [];
        const secrets: string[] = [];
        const printed = await overhear(() =>
          withSource(subject, seed(), async (source, situation) => {
            secrets.push(...secretsOf(situation));
            const listen = async (work: () => Promise<unknown>): Promise<void> => {
              said.push(await work().catch((error: unknown) => error));
            };
            const isTimed = fault !== 'none' && FAULTS[fault] === 'timeout';
            const limits = isTimed ? { ...PLENTY, timeoutMs: SHORT_MS } : PLENTY;
            const request = requestFor(subject.connector, situation, { limits });
            await listen(() => readWhole(source, request));
            await listen(() => source.watermark(request));
            if (isTimed) return;
            await listen(() => source.check(new AbortController().signal));
            await listen(() => source.discover(discoverRequest(subject, situation)));
            const options: unknown = subject.connector.connectionSchema.parse(situation.connection);
            await listen(async () => subject.connector.quota?.(options, OPEN_CONTEXT));
          }),
        );
        const texts = [...textsIn(said), ...printed];
        const told = secrets.filter((secret) =>
          formsOf(secret).some((form) => texts.some((text) => text.includes(form))),
        );
        expectThat(told.length === 0, `No secret may be told (fault ${fault}); ${told.length} of them were`);
      }
    },
  },
];
