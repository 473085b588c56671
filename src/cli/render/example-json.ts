import type { ExampleOutcome } from '#src/activities/example/example-types.js';

/**
 * What `plumbline test --json` writes. Figures are decimal texts, scores 0–1; expected ones stand as they were written,
 * scores 0–100. Every key is always there, `null` where there is nothing. Keys may be added, none is changed.
 */
export function exampleJson(outcomes: readonly ExampleOutcome[]) {
  const failed = outcomes.filter(({ differences }) => differences.length > 0).length;
  return {
    ok: failed === 0,
    passed: outcomes.length - failed,
    failed,
    examples: outcomes.map((outcome) => {
      const { example, measure, score, differences, value, rows, rejects, inputs } = outcome;
      return {
        name: example.name ?? null,
        measure,
        period: example.period.id,
        file: example.file,
        line: example.line,
        ok: differences.length === 0,
        differences,
        value: value ?? null,
        status: score.status,
        score: score.scored ? score.score : null,
        points: score.scored ? (score.points ?? null) : null,
        band: score.scored ? (score.band ?? null) : null,
        reason: score.scored ? null : score.reason,
        rows: rows ?? null,
        rejects: rejects.map(({ locator, column, raw, rule, message, remedy }) => ({
          locator,
          column: column ?? null,
          raw,
          rule,
          message,
          remedy,
        })),
        inputs: inputs ?? null,
      };
    }),
  };
}
