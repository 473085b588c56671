import { type DestinationStream, destination, type Level, type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** The least level that is written. */
  readonly level: Level | 'silent';
  /** Where lines go; stderr when left out, because stdout belongs to data. */
  readonly destination?: DestinationStream;
}

/** Fields that must never reach a log, wherever they stand: a last line of defence, since nothing should pass them. */
const SECRET_FIELDS = ['password', 'secret', 'token', 'apiKey', 'authorization', 'url'];

/**
 * A logger of JSON lines: a static message, and what differs in fields.
 *
 *     logger.info({ runId, extract, rows }, 'extract read')
 *
 * Fields are ids and counts, never row contents. Level `error` means that somebody must act now.
 */
export function createLogger({ level, destination: given }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '***' },
    },
    // Synchronous, so that the lines before a crash are there.
    given ?? destination({ fd: 2, sync: true }),
  );
}
