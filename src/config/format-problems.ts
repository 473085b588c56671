import type { ConfigProblem } from './types.js';

/** Problems as text for a terminal: a block each, and a line that counts them. */
export function formatProblems(problems: readonly ConfigProblem[]): string {
  const blocks = problems.map(
    ({ file, line, column, severity, code, rule, message, remedy }) =>
      `${file}:${line}:${column} ${severity} ${code}${rule === undefined ? '' : ` (${rule})`}  ${message}\n  → ${remedy}\n`,
  );
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return `${blocks.join('')}${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}\n`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
