import { describe, expect, it } from 'vitest';
import { createLogger, type LoggerOptions } from '#src/observability/logger.js';

function logging(level: LoggerOptions['level'] = 'info') {
  const lines: string[] = [];
  const logger = createLogger({ level, destination: { write: (line) => void lines.push(line) } });
  return { logger, entries: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('createLogger()', () => {
  it('writes a JSON line with time, level, message and fields', () => {
    const { logger, entries } = logging();
    logger.info({ runId: 'run-1', rows: 12 }, 'extract read');
    expect(entries()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        runId: 'run-1',
        rows: 12,
        msg: 'extract read',
      },
    ]);
  });

  it('leaves out what is below its level', () => {
    const { logger, entries } = logging('warn');
    logger.info('not this');
    logger.warn('this');
    expect(entries().map(({ msg }) => msg)).toEqual(['this']);
  });

  it('writes an error with its stack and cause under err', () => {
    const { logger, entries } = logging();
    logger.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'run failed');
    expect(entries()[0]?.['err']).toMatchObject({ type: 'Error', message: expect.stringContaining('inner') });
  });

  it('hides fields that hold secrets', () => {
    const { logger, entries } = logging();
    logger.info(
      { password: 'topsecret', options: { url: 'smtp://u:topsecret@h', token: 'topsecret' } },
      'channel opened',
    );
    expect(JSON.stringify(entries())).not.toContain('topsecret');
  });
});
