import type { ConfigProblem } from '#src/config/types.js';

/**
 * What `plumbline check --json` writes. Every key is always there, `null` where there is nothing; problems stand in
 * file order, top to bottom. Keys may be added, none is changed.
 *
 * @param ok whether the exit code is 0
 * @param revision of a configuration that can be used, though it may have warnings
 */
export function checkJson(ok: boolean, revision: string | undefined, problems: readonly ConfigProblem[]) {
  const count = (wanted: ConfigProblem['severity']): number =>
    problems.filter(({ severity }) => severity === wanted).length;
  return {
    ok,
    revision: revision ?? null,
    errors: count('error'),
    warnings: count('warning'),
    problems: problems.map(({ severity, code, rule, file, line, column, path, message, remedy }) => ({
      severity,
      code,
      rule: rule ?? null,
      file,
      line,
      column,
      path,
      message,
      remedy,
    })),
  };
}
