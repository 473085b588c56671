import { describe, expect, it } from 'vitest';
import { storeClock } from '#src/cli/doctor/clock-health.js';

/** What the doctor says where this clock shows these times before and after the server has shown its own. */
const said = async (there: string | undefined, before: string, after = before) => {
  const times = [before, after];
  const findings = await storeClock({ serverTime: async () => there }, () => times.shift() ?? '');
  return findings.map(({ health, subject, says }) => `${health} ${subject}: ${says}`);
};
const NOON = '2026-11-20T12:00:00Z';

describe('the clock of the database server of the store', () => {
  it('is well within two minutes of this one, and on the limit', async () => {
    const well = ['ok store: This clock is within two minutes of it.'];
    expect(await said(NOON, NOON)).toEqual(well);
    expect(await said(NOON, '2026-11-20T12:02:00Z')).toEqual(well);
    expect(await said(NOON, '2026-11-20T11:58:00Z')).toEqual(well);
  });

  it('is named where this one is further away, with how far and which way', async () => {
    expect(await said(NOON, '2026-11-20T12:03:00Z')).toEqual([
      'fail store: This clock is at least 3 minutes ahead of it.',
    ]);
    expect(await said(NOON, '2026-11-20T11:00:00Z')).toEqual(['fail store: This clock is at least 1 hour behind it.']);
  });

  it('is not blamed for an answer that took long', async () => {
    expect(await said(NOON, '2026-11-20T11:50:00Z', '2026-11-20T12:10:00Z')).toHaveLength(1);
    expect((await said(NOON, '2026-11-20T11:50:00Z', '2026-11-20T12:10:00Z'))[0]).toMatch(/^ok /);
  });

  it('is none where the store is a file', async () => {
    expect(await said(undefined, NOON)).toEqual([]);
  });
});
