import { PlumblineError } from '#src/domain/failure/plumbline-error.js';
import type { LoggerOptions } from '#src/observability/logger.js';

type LogLevel = LoggerOptions['level'];

const LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** `PLUMBLINE_LOG_LEVEL`, by default `info`. */
export function logLevelOf(env: Readonly<Record<string, string | undefined>>): LogLevel {
  const wanted = env['PLUMBLINE_LOG_LEVEL'] || 'info';
  const level = LEVELS.find((each) => each === wanted);
  if (level !== undefined) return level;
  throw new PlumblineError('config', 'CLI_BAD_LOG_LEVEL', `PLUMBLINE_LOG_LEVEL is "${wanted}".`, {
    remedy: `Use one of: ${LEVELS.join(', ')}.`,
  });
}
