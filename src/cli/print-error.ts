import { FAILURE_KINDS } from '#src/domain/failure/failure-kind.js';
import { toFailure } from '#src/domain/failure/plumbline-error.js';
import type { CommandContext } from './context.js';

/** Tells a person what went wrong and what to do; returns the exit code of its kind. */
export function printError(context: Pick<CommandContext, 'stderr' | 'env'>, error: unknown): number {
  const { kind, code, message, remedy } = toFailure(error);
  context.stderr.write(`${code === 'CONFIG_INVALID' ? '' : `${code}: `}${message.trimEnd()}\n`);
  if (remedy !== undefined) context.stderr.write(`  → ${remedy}\n`);
  if (kind === 'defect') {
    context.stderr.write(`  → This is a fault of Plumbline; please report it with what follows.\n`);
    if (error instanceof Error) context.stderr.write(`${error.stack ?? ''}\n`);
  }
  return FAILURE_KINDS[kind].exitCode;
}
