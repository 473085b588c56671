import { z } from 'zod';
import { expectThat } from '../exam-failure.js';
import type { ExamCheck, ExamSubject } from '../types.js';

/** Fields of a schema that have no description, by dotted path. */
function undescribed(schema: unknown, path: string): string[] {
  const { properties, oneOf, anyOf } = z
    .looseObject({
      properties: z.record(z.string(), z.looseObject({ description: z.string().optional() })).default({}),
      oneOf: z.array(z.unknown()).default([]),
      anyOf: z.array(z.unknown()).default([]),
    })
    .parse(schema);
  return [
    ...Object.entries(properties).flatMap(([name, field]) => (field.description ? [] : [`${path}.${name}`])),
    ...[...oneOf, ...anyOf].flatMap((choice) => undescribed(choice, path)),
  ];
}

function refusal(schema: z.ZodType, value: unknown): readonly string[] | undefined {
  const result = schema.safeParse(value);
  return result.success ? undefined : result.error.issues.flatMap(pathsOf);
}

/** Every place an issue names; an unknown key is named beside the path of its map, a union's issues are inside it. */
function pathsOf(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join('.');
  const keys =
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => (path === '' ? key : `${path}.${key}`)) : [];
  const inside = issue.code === 'invalid_union' ? issue.errors.flat().flatMap(pathsOf) : [];
  return [path, ...keys, ...inside];
}

function expectRefused(schema: z.ZodType, value: unknown, path: string, what: string): void {
  const paths = refusal(schema, value);
  expectThat(paths !== undefined, `${what} ${JSON.stringify(value)} must be refused`);
  expectThat(paths.includes(path), `The refusal of ${JSON.stringify(value)} must name "${path}"`, paths);
}

const SCHEMAS = ['connectionSchema', 'extractSchema'] as const;

export const definitionChecks: readonly ExamCheck[] = [
  {
    name: 'definition-valid',
    asks: 'Has it a name, a summary, and schemas whose every field is described?',
    async run({ connector }: ExamSubject) {
      expectThat(
        connector.name.length > 0 && connector.name.length <= 200,
        'A connector must have a name',
        connector.name,
      );
      expectThat(connector.summary.trim().length > 0, 'A connector must say in a sentence what it reads');
      for (const which of SCHEMAS) {
        const bare = undescribed(z.toJSONSchema(connector[which], { io: 'input', unrepresentable: 'any' }), which);
        expectThat(bare.length === 0, 'Every option must be described', bare);
      }
      for (const capability of Object.values(connector.capabilities)) {
        expectThat(typeof capability === 'boolean', 'Every capability must be true or false', connector.capabilities);
      }
    },
  },
  {
    name: 'broken-options-refused-with-place',
    asks: 'Are options that break the schema refused, with the place?',
    async run({ connector, refusedConnections, refusedExtracts }) {
      expectThat(refusedConnections.length > 0, 'The exam needs at least one connection that must be refused');
      expectThat(refusedExtracts.length > 0, 'The exam needs at least one extract that must be refused');
      for (const { options, path } of refusedConnections) {
        expectRefused(connector.connectionSchema, options, path, 'The connection');
      }
      for (const { source, path } of refusedExtracts) {
        expectRefused(connector.extractSchema, source, path, 'The extract');
      }
    },
  },
  {
    name: 'unknown-options-refused',
    asks: 'Is an option nobody knows refused, so that a slip of the pen is found?',
    async run(subject) {
      const { connector } = subject;
      const situation = await subject.filledWith(['id'], [['1']]);
      try {
        for (const [schema, value] of [
          [connector.connectionSchema, situation.connection],
          [connector.extractSchema, situation.extract],
        ] as const) {
          expectRefused(schema, { ...Object(value), no_such_option: 1 }, 'no_such_option', 'The options');
        }
      } finally {
        await situation.dispose();
      }
    },
  },
  {
    name: 'plan-covers-each-request-once',
    asks: 'Is every extract in exactly one call of the plan, and is the plan the same twice?',
    async run(subject) {
      const { connector } = subject;
      const situation = await subject.filledWith(['id', 'name'], [['1', 'a']]);
      try {
        const options: unknown = connector.extractSchema.parse(situation.extract);
        for (const count of [0, 1, 2, 100]) {
          const requests = Array.from({ length: count }, (_, index) => ({
            extract: `extract-${index}`,
            options,
            columns: ['id', 'name'],
          }));
          const calls = connector.plan(requests);
          const covered = calls.flatMap((call) => call.requests.map((request) => request.extract));
          expectThat(
            JSON.stringify([...covered].sort()) === JSON.stringify(requests.map((each) => each.extract).sort()),
            `A plan of ${count} extracts must hold each of them once`,
            covered,
          );
          expectThat(
            calls.every((call) => Number.isSafeInteger(call.upstreamCalls) && call.upstreamCalls >= 1),
            'Each call must say how many upstream requests it costs, from 1',
            calls.map((call) => call.upstreamCalls),
          );
          expectThat(
            JSON.stringify(connector.plan(requests)) === JSON.stringify(calls),
            'A plan made twice must be the same',
          );
        }
      } finally {
        await situation.dispose();
      }
    },
  },
];
