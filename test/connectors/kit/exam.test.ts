// The exam itself is examined: a good connector passes every check, and for each check there is one that is bad in just
// that way, and fails it.
import { describe, expect, it } from 'vitest';
import { ask, EXAM, ExamFailure, examineConnector } from '#connectors/kit/index.js';
import type { Allowance } from '#connectors/kit/types.js';
import { memorySubject } from './memory-connector.js';

const allowance: Allowance = { abortMs: 3_000, memoryBytes: 96 * 1024 * 1024 };

examineConnector(memorySubject(), { title: 'memory, without a flaw', allowance });

describe('a connector with one flaw', () => {
  it.each(EXAM.map((check) => ({ check })))('fails $check.name', async ({ check }) => {
    await expect(ask(check, memorySubject(check.name), allowance)).rejects.toThrow(ExamFailure);
  });

  it('passes when the subject says why a check does not apply, and fails when it gives no reason', async () => {
    const check = EXAM.find((each) => each.name === 'no-right-in-its-class');
    if (check === undefined) throw new RangeError('the check is gone');
    const subject = memorySubject();
    const saying = (notApplicable: string) => ({
      ...subject,
      faulty: { ...subject.faulty, no_right: { notApplicable } },
    });
    await expect(ask(check, saying('memory has no rights'), allowance)).resolves.toBeDefined();
    await expect(ask(check, saying(' '), allowance)).rejects.toThrow(/without a reason/);
  });

  it('is asked at least twenty questions, each of another name', () => {
    expect(EXAM.length).toBeGreaterThanOrEqual(20);
    expect(new Set(EXAM.map((check) => check.name)).size).toBe(EXAM.length);
  });
});
