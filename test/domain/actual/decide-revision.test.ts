import { describe, expect, it } from 'vitest';
import { decideRevision } from '#src/domain/actual/decide-revision.js';
import type { Aggregate } from '#src/domain/actual/types.js';

const computed = (value: string | undefined, more: Partial<Aggregate> = {}): Aggregate => ({
  ...(value === undefined ? { reason: 'no_rows' } : { value }),
  rowsUsed: 1,
  rowsFiltered: 0,
  rowsBlank: 0,
  ...more,
});

describe('decideRevision', () => {
  it('is first when nothing was reported yet, in an open period too', () => {
    const question = { current: undefined, computed: computed('5'), periodClosedAtCurrent: false };
    expect(decideRevision({ ...question, periodClosed: true })).toBe('first');
    expect(decideRevision({ ...question, periodClosed: false })).toBe('first');
  });

  it('is nothing when the value is the same number', () => {
    const question = { current: { value: '1.5' }, periodClosedAtCurrent: true, periodClosed: true };
    expect(decideRevision({ ...question, computed: computed('1.5') })).toBeUndefined();
    expect(decideRevision({ ...question, computed: computed('1.50') })).toBeUndefined();
  });

  it('is nothing when only the rows behind the same value changed', () => {
    const changed = computed('0.5', { rowsUsed: 400, numerator: '200', denominator: '400' });
    const question = { current: { value: '0.5' }, periodClosedAtCurrent: true, periodClosed: true };
    expect(decideRevision({ ...question, computed: changed })).toBeUndefined();
  });

  it('is a revision when the same value comes from more observations, where those are judged', () => {
    const question = { current: { value: '0.5' }, computed: computed('0.5'), periodClosedAtCurrent: true };
    const closed = { ...question, periodClosed: true };
    expect(decideRevision({ ...closed, sameEvidence: false })).toBe('restated');
    expect(decideRevision({ ...closed, sameEvidence: true })).toBeUndefined();
  });

  it('is updated when the current value was recorded while the period was open', () => {
    const question = { current: { value: '5' }, computed: computed('6'), periodClosedAtCurrent: false };
    expect(decideRevision({ ...question, periodClosed: false })).toBe('updated');
    expect(decideRevision({ ...question, periodClosed: true })).toBe('updated');
  });

  it('is restated when the value of a closed period changes, however little', () => {
    const question = { current: { value: '5' }, periodClosedAtCurrent: true, periodClosed: true };
    expect(decideRevision({ ...question, computed: computed('5.0000000000000000000001') })).toBe('restated');
    expect(decideRevision({ ...question, computed: computed('0') })).toBe('restated');
  });

  it('keeps what was reported when the period vanished from the source', () => {
    const question = { current: { value: '5' }, periodClosedAtCurrent: true, periodClosed: true };
    expect(decideRevision({ ...question, computed: computed(undefined) })).toBeUndefined();
  });

  it('is nothing when there never was a value', () => {
    const question = { current: undefined, periodClosedAtCurrent: false, periodClosed: true };
    expect(decideRevision({ ...question, computed: computed(undefined) })).toBeUndefined();
  });

  it('lets no run for an earlier time replace the value of a closed period', () => {
    const question = { current: { value: '5' }, computed: computed('2'), periodClosedAtCurrent: true };
    expect(decideRevision({ ...question, periodClosed: false })).toBeUndefined();
  });
});
