import type { LintRule } from '#src/domain/lint/types.js';
import type { ConfigProblem } from './types.js';

/** Keys and list positions from the top of a file down to a value. */
export type Path = readonly (string | number)[];

/** A file of the folder, read as far as it could be. */
export interface SourceFile {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  /** Content as plain data: numbers are kept as the text that was written (see `yaml/plain-value.ts`). */
  readonly value: unknown;
  /** Line and column, from 1, of the value at a path or of its key; of the nearest parent where nothing is there. */
  locate(path: Path, at: 'key' | 'value'): { readonly line: number; readonly column: number };
}

/** Where a problem is. */
export interface Place {
  readonly file: SourceFile;
  readonly path: Path;
  /** Point at the key and not at its value. */
  readonly at?: 'key' | 'value';
}

/** A file that is not there: problems about it point at its first line. */
export function absentFile(name: string): SourceFile {
  return { name, value: undefined, locate: () => ({ line: 1, column: 1 }) };
}

/** A place below another one. */
export function below(place: Place, ...path: Path): Place {
  return { file: place.file, path: [...place.path, ...path] };
}

/**
 * Collects problems while a folder is read, so that all are told in one go.
 *
 * Positions are looked up only for what is reported: a clean folder pays nothing for them.
 */
export class ProblemList {
  readonly #problems: { readonly rank: number; readonly problem: ConfigProblem }[] = [];
  readonly #ranks = new Map<string, number>();
  #errors = 0;

  /** Fixes the order of files in the report; others come after, in the order of their first problem. */
  announce(files: readonly SourceFile[]): void {
    for (const file of files) this.#rank(file.name);
  }

  /** Whether any problem is an error. */
  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  error(code: string, place: Place, message: string, remedy: string): void {
    this.#errors += 1;
    this.#add('error', code, place, message, remedy);
  }

  /** A thing that is allowed and probably not meant. */
  warn(code: string, place: Place, message: string, remedy: string): void {
    this.#add('warning', code, place, message, remedy);
  }

  /** What a rule of practice has found, as gravely as its setting says. */
  lint(severity: ConfigProblem['severity'], rule: LintRule, place: Place, message: string, remedy: string): void {
    if (severity === 'error') this.#errors += 1;
    this.#add(severity, 'CONFIG_LINT', place, message, remedy, rule);
  }

  /** All problems in file order, top to bottom; equal ones once. */
  inOrder(): readonly ConfigProblem[] {
    const sorted = this.#problems.toSorted(
      (a, b) =>
        a.rank - b.rank ||
        a.problem.line - b.problem.line ||
        a.problem.column - b.problem.column ||
        (a.problem.code < b.problem.code ? -1 : a.problem.code > b.problem.code ? 1 : 0),
    );
    const seen = new Set<string>();
    return sorted
      .map(({ problem }) => problem)
      .filter((problem) => {
        const key = JSON.stringify(problem);
        return seen.has(key) ? false : seen.add(key);
      });
  }

  #add(
    severity: ConfigProblem['severity'],
    code: string,
    place: Place,
    message: string,
    remedy: string,
    rule?: LintRule,
  ): void {
    const { line, column } = place.file.locate(place.path, place.at ?? 'value');
    const path = place.path.join('.');
    this.#problems.push({
      rank: this.#rank(place.file.name),
      problem: {
        severity,
        code,
        ...(rule === undefined ? {} : { rule }),
        file: place.file.name,
        line,
        column,
        path,
        message,
        remedy,
      },
    });
  }

  #rank(name: string): number {
    const known = this.#ranks.get(name);
    if (known !== undefined) return known;
    const rank = this.#ranks.size;
    this.#ranks.set(name, rank);
    return rank;
  }
}
