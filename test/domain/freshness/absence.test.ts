import { describe, expect, it } from 'vitest';
import type { FailureKind } from '#src/domain/failure/failure-kind.js';
import { type Absence, absenceOf, type SourceKnown } from '#src/domain/freshness/absence.js';
import { absenceWords } from '#src/domain/freshness/absence-words.js';
import { whoCanAct } from '#src/domain/freshness/who-can-act.js';
import { parsePeriodId } from '#src/domain/period/period.js';

const period = parsePeriodId('2026-10');
const timeZone = 'Europe/Berlin';
const read = { logicalTime: '2026-11-09T05:30:00Z' };
const source = (known: Partial<SourceKnown> = {}): SourceKnown => ({
  extract: 'sales',
  pull: read,
  rejects: 0,
  ...known,
});
const failed = (kind: FailureKind): SourceKnown =>
  source({ pull: { ...read, failure: { kind, message: 'no answer' } } });
const newest = { by: 'newest_row', at: '2026-09-30' } as const;
const ahead = { by: 'as_of', at: '2026-10-31' } as const;
const reasonOf = (known: SourceKnown, hasReported = true): Absence =>
  absenceOf({ period, timeZone, hasReported, source: known });

const people: Readonly<Record<string, string>> = {
  olga: 'Olga Owner',
  carl: 'Carl Connection',
  kim: 'Kim Keeper',
  ines: 'Ines Input',
};
const nameOf = (id: string): string => people[id] ?? id;

describe('absenceOf()', () => {
  const cases: readonly (readonly [string, SourceKnown, boolean, Absence['reason'], string])[] = [
    ['a source that is gone', failed('not_found'), true, 'source_unreachable', 'carl'],
    ['a source that times out', failed('timeout'), true, 'source_unreachable', 'carl'],
    ['a source that answers too many requests', failed('rate_limited'), true, 'source_unreachable', 'carl'],
    ['a refused password', failed('auth'), true, 'credentials_refused', 'carl'],
    ['a right that is not granted', failed('permission'), true, 'credentials_refused', 'carl'],
    ['a column that is gone', failed('layout'), true, 'layout_changed', 'carl'],
    ['rows that are not believed', failed('data'), true, 'rows_rejected', 'carl'],
    ['a mistake in the configuration', failed('config'), true, 'not_read', 'carl'],
    ['a fault of ours', failed('defect'), true, 'not_read', 'carl'],
    ['no pull yet', { extract: 'sales', rejects: 0 }, false, 'not_read', 'carl'],
    ['rejected rows of the period', source({ rejects: 2, stand: ahead }), true, 'rows_rejected', 'carl'],
    ['a declared placeholder', source({ blank: { texts: ['0'] }, stand: ahead }), true, 'placeholder', 'carl'],
    ['a blank cell', source({ blank: { texts: [] } }), true, 'blank', 'carl'],
    ['a source that stands before', source({ stand: newest }), true, 'nothing_newer', 'carl'],
    ['a source that shows nothing', source(), true, 'nothing_newer', 'carl'],
    ['a source that is past the period', source({ stand: ahead }), true, 'none_of_period', 'olga'],
    ['a measure without any value', source({ stand: ahead }), false, 'never_reported', 'olga'],
  ];

  it.each(cases)('of %s names its reason and who can act', (_, known, hasReported, reason, person) => {
    const absence = reasonOf(known, hasReported);
    expect(absence.reason).toBe(reason);
    expect(whoCanAct(absence, { measure: 'olga', connection: 'carl' })).toBe(person);
  });

  it.each<readonly [string, Partial<SourceKnown>, Absence['reason']]>([
    ['nothing newer', { stand: newest }, 'human_absent'],
    ['a source past the period', { stand: ahead }, 'human_absent'],
    ['a blank cell', { blank: { texts: [] } }, 'human_absent'],
    ['a placeholder', { blank: { texts: ['-'] } }, 'placeholder'],
    ['rejected rows', { rejects: 1 }, 'rows_rejected'],
  ])('of figures that a person keeps turns to that person for %s', (_, known, reason) => {
    const absence = reasonOf(source({ ...known, keptBy: 'kim' }));
    expect(absence.reason).toBe(reason);
    expect(whoCanAct(absence, { measure: 'olga', connection: 'carl', keptBy: 'kim' })).toBe('kim');
  });

  it('of figures that a person keeps turns to the owner of the connection while that cannot be reached', () => {
    const { pull } = failed('transient');
    const absence = reasonOf(source({ keptBy: 'kim', ...(pull === undefined ? {} : { pull }) }));
    expect(whoCanAct(absence, { measure: 'olga', connection: 'carl', keptBy: 'kim' })).toBe('carl');
  });

  it('of a computed value names the inputs and turns to the owner of the first', () => {
    const inputs = [
      { address: 'company/orders', name: 'Orders', owner: 'ines' },
      { address: 'company/visits', name: 'Visits', owner: 'carl' },
    ];
    const absence = absenceOf({ period, timeZone, hasReported: true, inputs });
    expect(whoCanAct(absence, { measure: 'olga' })).toBe('ines');
    expect(absenceWords(absence, timeZone, nameOf)).toBe(
      'It is computed, and waits for Orders (Ines Input), Visits (Carl Connection).',
    );
    expect(whoCanAct(absenceOf({ period, timeZone, hasReported: true }), { measure: 'olga' })).toBe('olga');
  });
});

describe('absenceWords()', () => {
  it.each<readonly [Absence, string]>([
    [{ reason: 'source_unreachable', message: 'no answer' }, 'The source cannot be reached: no answer'],
    [{ reason: 'credentials_refused', message: 'no' }, 'The source refuses the account it is read with: no'],
    [
      { reason: 'layout_changed', message: 'no column "x"' },
      'The source has another layout than before: no column "x"',
    ],
    [{ reason: 'not_read' }, 'The source has not been read yet.'],
    [{ reason: 'not_read', message: 'no x' }, 'The source was not read, and it is not to blame: no x'],
    [
      { reason: 'rows_rejected', rows: 1 },
      'The source was read, and 1 row of the period, or perhaps of it, could not be used.',
    ],
    [
      { reason: 'rows_rejected', rows: 0, message: 'too many' },
      'The source was read, and its rows are not believed: too many',
    ],
    [
      { reason: 'placeholder', texts: ['0', '-'] },
      'The source has "0" or "-" in the period, which is declared to mean that nothing was reported, or leaves it blank.',
    ],
    [{ reason: 'blank' }, 'The source has the period, and leaves the value blank.'],
    [
      { reason: 'human_absent', keptBy: 'kim', stand: newest },
      'Kim Keeper keeps these figures by hand and has not entered this one; the source stands, by its newest row, at 2026-09-30.',
    ],
    [{ reason: 'never_reported' }, 'The source was read and never had a value for this measure.'],
    [
      { reason: 'none_of_period', stand: { by: 'file_time', at: '2026-11-02T08:15:30Z' } },
      'The source is past the period, by the time of its last change, at 2026-11-02 09:15, and has no value of it. None is made up.',
    ],
    [
      { reason: 'nothing_newer', stand: newest },
      'The source was read and has nothing newer: it stands, by its newest row, at 2026-09-30.',
    ],
    [
      { reason: 'nothing_newer' },
      'The source was read and has nothing of the period; it does not show how far it has come.',
    ],
    [{ reason: 'waiting_for_inputs', inputs: [] }, 'It is computed, and what it is made of gives no value.'],
  ])('says of $0.reason what somebody can do', (absence, words) => {
    expect(absenceWords(absence, timeZone, nameOf)).toBe(words);
  });
});
