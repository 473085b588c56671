import { describe, expect, it } from 'vitest';
import { type EvidenceKind, isPast, type PullEvidence, sourceStand } from '#src/domain/freshness/evidence.js';
import { parsePeriodId } from '#src/domain/period/period.js';

const october = parsePeriodId('2026-10');

describe('sourceStand()', () => {
  const marked = (evidence: string): PullEvidence => ({
    watermark: { evidence, at: '2026-11-02T08:00:00Z' },
    newestDay: '2026-10-30',
  });

  it.each<readonly [EvidenceKind, string, string | undefined]>([
    ['newest_row', 'file', '2026-10-30'],
    ['file_time', 'file', '2026-11-02T08:00:00Z'],
    ['file_time', 'modified_time', '2026-11-02T08:00:00Z'],
    ['file_time', 'as_of_cell', undefined],
    ['watermark', 'column_maximum', '2026-11-02T08:00:00Z'],
    ['watermark', 'own', '2026-11-02T08:00:00Z'],
    ['watermark', 'file', undefined],
    ['as_of', 'as_of_cell', '2026-11-02T08:00:00Z'],
    ['as_of', 'as_of_name', '2026-11-02T08:00:00Z'],
    ['as_of', 'query', '2026-11-02T08:00:00Z'],
    ['as_of', 'file', undefined],
  ])('by %s of a source with the mark %s is %s', (kind, evidence, at) => {
    expect(sourceStand(kind, marked(evidence))?.at).toBe(at);
  });

  it('is not known of a mark that is no time, and without rows', () => {
    expect(sourceStand('watermark', { watermark: { evidence: 'query' } })).toBeUndefined();
    expect(sourceStand('newest_row', {})).toBeUndefined();
  });
});

describe('isPast()', () => {
  it.each<readonly [EvidenceKind, string, string, boolean]>([
    // Midnight of 1 November in Berlin is 23:00 in UTC.
    ['file_time', '2026-10-31T22:59:59Z', 'Europe/Berlin', false],
    ['file_time', '2026-10-31T23:00:00Z', 'Europe/Berlin', true],
    ['file_time', '2026-10-31T23:00:00Z', 'America/New_York', false],
    ['watermark', '2026-11-01T04:00:00Z', 'America/New_York', true],
    ['newest_row', '2026-10-31', 'Europe/Berlin', false],
    ['newest_row', '2026-11-01', 'Europe/Berlin', true],
    ['as_of', '2026-10-30', 'Europe/Berlin', false],
    ['as_of', '2026-10-31', 'Europe/Berlin', true],
  ])('of %s at %s in %s is %s', (by, at, timeZone, past) => {
    expect(isPast({ by, at }, october, timeZone)).toBe(past);
  });
});
