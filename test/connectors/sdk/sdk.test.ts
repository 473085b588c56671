import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assertBalance } from '#connectors/sdk/balance.js';
import { createBatchBuilder } from '#connectors/sdk/batch-builder.js';
import { locateColumns, nearestName, nearestNames } from '#connectors/sdk/columns.js';
import { sha256Hex } from '#connectors/sdk/digest.js';
import { guardRead } from '#connectors/sdk/limits.js';
import { oneCallEach } from '#connectors/sdk/plan.js';
import { shortened } from '#connectors/sdk/raw-text.js';
import { createRegistry } from '#connectors/sdk/registry.js';
import type { AnyConnector, Batch } from '#connectors/sdk/types.js';

const connector = (name: string): AnyConnector => ({
  name,
  summary: name,
  connectionSchema: z.strictObject({}),
  extractSchema: z.strictObject({}),
  capabilities: { filtersByTime: false, localizedText: false, aggregates: false },
  plan: oneCallEach,
  open: () => Promise.reject(new Error('not opened here')),
});

const batch = (change: Partial<Batch>): Batch => ({
  rows: [],
  rejects: [],
  skipped: {},
  seen: 0,
  locate: () => '',
  ...change,
});

describe('createRegistry()', () => {
  it('finds a connector by its exact name and lists all', () => {
    const registry = createRegistry([connector('csv'), connector('database')]);
    expect(registry.get('csv')?.name).toBe('csv');
    expect(registry.get('CSV')).toBeUndefined();
    expect(registry.get('toString')).toBeUndefined();
    expect(registry.names).toEqual(['csv', 'database']);
  });
  it('refuses two of one name', () => {
    expect(() => createRegistry([connector('csv'), connector('csv')])).toThrow(
      expect.objectContaining({ kind: 'defect', code: 'BUG_DUPLICATE_CONNECTOR' }),
    );
  });
});

describe('assertBalance()', () => {
  it('passes when rows, rejects and skips make up what was seen', () => {
    expect(() => assertBalance(batch({ rows: [['1']], skipped: { blank_line: 2 }, seen: 3 }))).not.toThrow();
  });
  it.each([
    { rows: [['1']], seen: 2 },
    { rows: [['1'], ['2']], seen: 1 },
    { skipped: { blank_line: -1 }, rows: [['1']], seen: 0 },
    { skipped: { blank_line: 0.5 }, seen: 0.5 },
  ])('is a defect when they do not: %j', (change) => {
    expect(() => assertBalance(batch(change), 'extract "x"')).toThrow(
      expect.objectContaining({ kind: 'defect', code: 'BUG_UNBALANCED_BATCH' }),
    );
  });
  it('holds for every batch a builder makes, and the builder starts anew', () => {
    const builder = createBatchBuilder((ordinal) => `row ${ordinal}`);
    builder.addRow(['a'], 7);
    builder.skip('blank_line');
    const first = builder.take();
    expect(first?.locate(0)).toBe('row 7');
    expect(first && assertBalance(first)).toBeUndefined();
    expect(builder.take()).toBeUndefined();
  });
});

describe('guardRead()', () => {
  const limits = { maxRows: 10, maxBytes: 100, timeoutMs: 60_000 };
  it('lets a read reach its limits and stops the one that passes them, naming limit and value', () => {
    const guard = guardRead('extract "x"', limits, new AbortController().signal);
    guard.addRows(10);
    guard.addBytes(100);
    expect(() => guard.addRows(1)).toThrow(
      expect.objectContaining({
        kind: 'data',
        code: 'SOURCE_LIMIT_EXCEEDED',
        message: expect.stringContaining('10 rows'),
      }),
    );
    expect(() => guard.addBytes(1)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('"megabytes"') }),
    );
    guard.close();
  });
  it('stops when the caller aborts, also before it began', () => {
    const controller = new AbortController();
    const guard = guardRead('extract "x"', limits, controller.signal);
    guard.checkpoint();
    controller.abort();
    expect(guard.signal.aborted).toBe(true);
    expect(() => guard.checkpoint()).toThrow(expect.objectContaining({ kind: 'cancelled' }));
    expect(guardRead('extract "x"', limits, controller.signal).stopped()).toMatchObject({ kind: 'cancelled' });
  });
  it('stops when the time is up, even if no timer could fire', () => {
    const guard = guardRead('extract "x"', { ...limits, timeoutMs: 5 }, new AbortController().signal);
    const from = performance.now();
    while (performance.now() - from < 10);
    expect(() => guard.checkpoint()).toThrow(expect.objectContaining({ kind: 'timeout', code: 'SOURCE_TIMEOUT' }));
  });
  it('says which stop came first', async () => {
    const controller = new AbortController();
    const guard = guardRead('extract "x"', { ...limits, timeoutMs: 5 }, controller.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort();
    expect(guard.stopped()?.kind).toBe('timeout');
  });
});

describe('locateColumns()', () => {
  it('prefers the exact name and falls back to a unique one without case only where allowed', () => {
    expect(locateColumns(['b', 'A', 'b'], ['a', 'A', 'B'], 'x', 'ignore-case-if-unique')).toEqual([2, 1, 2]);
    expect(() => locateColumns(['b'], ['B'], 'x', 'exact')).toThrow(/did you mean "B"/);
    expect(() => locateColumns(['ab'], ['aB', 'Ab'], 'x', 'ignore-case-if-unique')).toThrow(/"ab" is there 2 times/);
  });
  it('guesses what was meant only when it is near', () => {
    expect(() => locateColumns(['amount_eur', 'kind'], ['AmountEUR', 'zone'], 'x', 'exact')).toThrow(
      /"amount_eur" is not there \(did you mean "AmountEUR"\?\); "kind" is not there\. It has/,
    );
    expect(() => locateColumns(['a'], [], 'x', 'exact')).toThrow(/It has no columns/);
  });
  it('tells an ambiguous name from a missing one, with a remedy of its own, and both in one message', () => {
    expect(() => locateColumns(['a', 'b'], ['a', 'b', 'a'], 'x', 'exact')).toThrow(
      expect.objectContaining({
        kind: 'layout',
        code: 'SOURCE_COLUMN_AMBIGUOUS',
        message: expect.stringContaining('"a" is there 2 times (columns 1, 3)'),
        remedy: expect.stringMatching(/^Give columns of one name a name each/),
      }),
    );
    expect(() => locateColumns(['a', 'q'], ['a', 'b', 'a', 'zz'], 'x', 'exact')).toThrow(
      expect.objectContaining({
        code: 'SOURCE_COLUMN_MISSING',
        message: expect.stringMatching(/"q" is not there; "a" is there 2 times/),
        remedy: expect.stringMatching(/^Bring the column back.* Give columns of one name a name each/),
      }),
    );
  });
  it('names the only heading that nobody asked for as the likely new name of the only missing one', () => {
    const message = /"Umsatz" is not there \(is "Erlös" its new name\?/;
    expect(() => locateColumns(['Tag', 'Umsatz'], ['Tag', 'Erlös', ''], 'x', 'exact')).toThrow(message);
    const none = /"Umsatz" is not there[.;]/;
    expect(() => locateColumns(['Tag', 'Umsatz'], ['Tag', 'Erlös', 'Ort'], 'x', 'exact')).toThrow(none);
    expect(() => locateColumns(['Umsatz', 'Menge'], ['Tag'], 'x', 'exact')).toThrow(none);
    expect(() => locateColumns(['Umsatz', 'Menge'], ['Erlös', 'Ort'], 'x', 'exact')).toThrow(none);
  });
});

describe('nearestNames()', () => {
  it.each([
    ['Nettobetrag', ['Betrag brutto', 'Betrag netto'], ['Betrag netto']],
    ['Betrag netto', ['Nettobetrag', 'Bruttobetrag'], ['Nettobetrag']],
    ['net_amount', ['amount', 'AmountNet'], ['AmountNet', 'amount']],
    ['amount', ['Amount', 'amounts', 'discount'], ['Amount', 'amounts']],
    ['Betrag netto EUR', ['EUR netto', 'Ort'], ['EUR netto']],
    ['amount', ['Amount (EUR)', 'kind'], []],
    ['a', ['', '%', 'xyz'], []],
    ['total 1', ['total 2', 'total 3', 'total 4', 'total 5'], ['total 2', 'total 3', 'total 4']],
  ])('%s among %j: %j', (name, candidates, nearest) => {
    expect(nearestNames(name, candidates)).toEqual(nearest);
    expect(nearestName(name, candidates)).toBe(nearest[0]);
  });
  it('looks for headings that nobody asked for first', () => {
    expect(() => locateColumns(['amount', 'amounts_'], ['amount', 'amountz'], 'x', 'exact')).toThrow(
      /did you mean "amountz"\?/,
    );
    expect(() => locateColumns(['amount', 'amounts'], ['amount', 'kind'], 'x', 'exact')).toThrow(
      /did you mean "amount"\?/,
    );
  });
  it('takes no time for long headings of many words', () => {
    const long = 'a '.repeat(5000);
    expect(
      nearestNames(
        'a'.repeat(99),
        Array.from({ length: 50 }, () => long),
      ),
    ).toHaveLength(1);
  });
});

describe('texts of rejects', () => {
  it('are cut, never in the middle of a letter', () => {
    expect(shortened('abc', 3)).toBe('abc');
    expect(shortened(`ab\u{1F600}`, 3)).toBe('ab… (4 characters)');
  });
  it('are told apart by their digest', () => {
    expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
