import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, inferField } from '#connectors/sdk/discover/infer-fields.js';
import { createCellReader } from '#src/domain/value/read-cell.js';

const infer = (cells: readonly (string | null)[], declared?: string) => inferField('field', cells, declared);
const times = (count: number, text: string | null) => Array.from({ length: count }, () => text);

describe('the type of a field', () => {
  it.each([
    ['whole numbers', ['1', '-20', '300'], 'integer', {}],
    ['0 and 1', ['0', '1', '1'], 'integer', {}],
    ['machine decimals', ['1.5', '-20', '0.25'], 'decimal', {}],
    ['whole numbers written with a point', ['12.0', '13.0'], 'decimal', {}],
    ['German decimals', ['1.234,50', '7,5'], 'decimal', { locale: 'de-DE' }],
    ['English decimals with groups', ['1,234.50', '7.5'], 'decimal', { locale: 'en-US' }],
    ['French groups', ['1 234,5', '12 000 000,25'], 'decimal', { locale: 'fr-FR' }],
    ['Swiss groups', ['1’234.50', "2'000.10"], 'decimal', { locale: 'de-CH' }],
    ['Indian groups', ['12,34,567.5', '1,00,000.25'], 'decimal', { locale: 'en-IN' }],
    ['groups of thousands that no decimal can be', ['1,234,567', '2,000,000'], 'integer', { locale: 'en-US' }],
    ['ISO dates', ['2026-01-31', '1969-12-31'], 'date', {}],
    ['ISO date-times', ['2026-01-31T10:00:00Z', '2026-01-31 11:30:00'], 'datetime', {}],
    ['German dates', ['31.01.2026', '01.02.2026'], 'date', { pattern: 'dd.MM.yyyy' }],
    ['short German dates', ['31.1.2026', '1.2.2026'], 'date', { pattern: 'd.M.yyyy' }],
    ['days before months', ['31/01/2026', '01/02/2026'], 'date', { pattern: 'dd/MM/yyyy' }],
    ['months before days', ['01/31/2026', '02/01/2026'], 'date', { pattern: 'MM/dd/yyyy' }],
    ['months', ['2026-01', '2026-12'], 'date', { pattern: 'yyyy-MM' }],
    ['dates without separators', ['20260131', '20260201'], 'date', { pattern: 'yyyyMMdd' }],
    ['patterned date-times', ['31.01.2026 10:00', '01.02.2026 23:59'], 'datetime', { pattern: 'dd.MM.yyyy HH:mm' }],
    ['words', ['Yes', 'no', 'yes'], 'boolean', {}],
    ['one word of two', ['true', 'true'], 'boolean', {}],
    ['one letter that may be a code', ['N', 'N'], 'text', {}],
    ['names', ['Berlin', 'Oslo'], 'text', {}],
    ['percentages', ['12 %', '13 %'], 'text', {}],
  ])('of %s', (_, cells, type, settings) => {
    expect(infer(cells)).toMatchObject({ type, settings });
  });

  it('is text for digits with leading zeros: an identifier would lose them', () => {
    expect(infer(['00123', '12345', '99999'])).toMatchObject({
      type: 'text',
      evidence: "3 of 3 are digits, 1 with leading zeros such as '00123': identifiers",
    });
    expect(infer(['0', '10']).type).toBe('integer');
  });

  it('is text for more than 18 digits, whole for 18', () => {
    expect(infer(['1234567890123456789'])).toMatchObject({
      type: 'text',
      evidence: expect.stringContaining('more than 18 long'),
    });
    expect(infer(['123456789012345678']).type).toBe('integer');
  });
});

describe('what cannot be told from a sample', () => {
  it.each([
    ['1,234', '1234', '1.234'],
    ['1.234', '1.234', '1234'],
  ])('leaves %s as text and says what it could be', (cell, one, other) => {
    const { type, settings, evidence } = infer([cell, null]);
    expect({ type, settings }).toEqual({ type: 'text', settings: {} });
    expect(evidence).toMatch(/^ambiguous: 1 of 2 can be read in two ways/);
    expect(evidence).toContain(`'${cell}' is ${one} among`);
    expect(evidence).toContain(`and ${other} among`);
  });

  it('is settled by one value that only one locale writes', () => {
    expect(infer(['1,234', '5,678', '1,5'])).toMatchObject({ type: 'decimal', settings: { locale: 'de-DE' } });
    expect(infer(['1.234', '5.678', '0.5'])).toMatchObject({ type: 'decimal', settings: {} });
  });

  it('leaves days and months as text while no day is beyond 12, even where both orders give the same days', () => {
    for (const cells of [['01/02/2026', '03/04/2026'], ['02/02/2026'], ['1-2-2026 10:00']]) {
      const { type, evidence } = infer(cells);
      expect(type).toBe('text');
      expect(evidence).toMatch(/^ambiguous: .*(dd\/MM|d-M).*(MM\/dd|M-d)/);
    }
  });
});

describe('the evidence', () => {
  it('counts blanks apart', () => {
    const field = infer([...times(198, '01.03.2026'), null, '  ']);
    expect(field).toMatchObject({ type: 'date', blanks: 2, evidence: '198 of 200 are dates dd.MM.yyyy, 2 blank' });
  });

  it('names the few that are not, and keeps the type of the many', () => {
    const field = infer([...times(190, '01.03.2026'), ...times(8, 'n/a'), null, null]);
    expect(field.evidence).toBe("190 of 200 are dates dd.MM.yyyy, 8 are not: 'n/a', 2 blank");
  });

  it('does not believe a type that fewer than 95 of 100 have', () => {
    const field = infer([...times(94, '1.5'), ...times(6, 'n/a')]);
    expect(field).toMatchObject({ type: 'text' });
    expect(field.evidence).toBe('only 94 of 100 are numbers in machine form, fewer than 95 %');
  });

  it('says what percent signs need: what they mean is nobody’s guess', () => {
    expect(infer(['12 %', '7,5%', null])).toMatchObject({
      type: 'text',
      evidence:
        "2 of 3 have a percent sign such as '12 %': a decimal once percent: points or percent: fraction is declared, 1 blank",
    });
  });

  it('says when there was nothing to see', () => {
    expect(infer([])).toMatchObject({ type: 'text', blanks: 0, sample: [], evidence: 'no rows were sampled' });
    expect(infer([null, ''])).toMatchObject({ type: 'text', blanks: 2, evidence: 'all 2 are blank' });
  });

  it('says that a zone must be declared where none is written', () => {
    expect(infer(['2026-01-31 11:30:00']).evidence).toContain('declare time_zone');
    expect(infer(['2026-01-31T11:30:00Z']).evidence).not.toContain('time_zone');
  });

  it('shows a few distinct values, shortened', () => {
    const { sample } = infer([...times(3, 'often'), ...'abcdefgh', 'x'.repeat(100)]);
    expect(sample).toHaveLength(5);
    expect(sample[0]).toBe('often');
    expect(infer(['x'.repeat(100)]).sample).toEqual([`${'x'.repeat(40)}… (100 characters)`]);
  });
});

describe("the source's own type", () => {
  it.each([
    ['decimal(10,2)', ['1.234'], 'decimal'],
    ['bigint unsigned', ['18446744073709551615'], 'integer'],
    ['timestamp with time zone', ['2026-01-31 11:30:00+02'], 'datetime'],
    ['date', [null], 'date'],
    ['boolean', ['t', 't'], 'boolean'],
    ['varchar(20)', ['1.5', '2'], 'decimal'],
    ['interval', ['3 days'], 'text'],
  ])('%s decides where the cells bear it out', (declared, cells, type) => {
    expect(infer(cells, declared)).toMatchObject({
      type,
      declared,
      evidence: expect.stringContaining(`declared ${declared}`),
    });
  });

  it('is not believed against the cells', () => {
    expect(infer(['a', 'b'], 'integer')).toMatchObject({ type: 'text', evidence: 'declared integer: 2 of 2 are text' });
  });
});

describe('any sample', () => {
  const anyCell = fc.oneof(
    fc.constantFrom(
      null,
      '',
      ' ',
      '0',
      '1',
      '1,234',
      '1.234',
      '01/02/2026',
      '31/01/2026',
      'n/a',
      'true',
      'no',
      '00123',
      '#N/A',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.integer().map(String),
    fc
      .date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2099-12-31') })
      .map((day) => day.toISOString().slice(0, 10)),
  );

  it('gives the same field in any order of its cells', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyCell, { maxLength: 30 })
          .chain((cells) => fc.tuple(fc.constant(cells), fc.shuffledSubarray(cells, { minLength: cells.length }))),
        ([cells, shuffled]) => {
          expect(infer(shuffled)).toEqual(infer(cells));
        },
      ),
    );
  });

  it('gives a type by which at least 95 of 100 values that are not blank read', () => {
    fc.assert(
      fc.property(fc.array(anyCell, { maxLength: 30 }), (cells) => {
        const { type, settings, blanks } = infer(cells);
        if (type === 'text') return;
        const spec = { name: 'f', sourceName: 'f', type, ...settings, timeZone: 'UTC', required: true };
        const read = createCellReader(spec);
        const readable = cells.filter((cell) => read(cell).ok).length;
        expect(readable * 100).toBeGreaterThanOrEqual((cells.length - blanks) * 95);
      }),
    );
  });
});

describe('fingerprintOf()', () => {
  const field = infer(['1']);

  it('changes with names, order and declared types, not with what the sample shows', () => {
    const layout = fingerprintOf([field, { ...field, name: 'other' }]);
    expect(fingerprintOf([infer(['text']), infer(['2']), field].slice(0, 1).concat({ ...field, name: 'other' }))).toBe(
      layout,
    );
    expect(fingerprintOf([{ ...field, name: 'other' }, field])).not.toBe(layout);
    expect(fingerprintOf([field])).not.toBe(layout);
    expect(
      fingerprintOf([
        { ...field, declared: 'int' },
        { ...field, name: 'other' },
      ]),
    ).not.toBe(layout);
  });
});
