import type { LintRule } from '#src/domain/lint/types.js';
import type { Example } from './examples.js';
import type { ResolvedConfig } from './resolved.js';

/** One thing wrong with a configuration. */
export interface ConfigProblem {
  readonly severity: 'error' | 'warning';
  /** Stable code: `CONFIG_UNKNOWN_OWNER`. */
  readonly code: string;
  /** Of CONFIG_LINT: the rule that found it. */
  readonly rule?: LintRule;
  /** Path relative to the folder. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Dotted path inside the file: `measures.2.owner`. */
  readonly path: string;
  /** What is wrong, with the value quoted. */
  readonly message: string;
  readonly remedy: string;
}

/** Outcome of reading a folder: a config only when there is no error; all problems, in file order, either way. */
export interface ConfigReading {
  readonly config?: ResolvedConfig;
  /** Of all scorecards, in file order; they are no part of the configuration and of its revision. */
  readonly examples: readonly Example[];
  readonly problems: readonly ConfigProblem[];
}
